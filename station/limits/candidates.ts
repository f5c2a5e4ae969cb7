import type { VehicleClass, VehicleFacts } from '../vehicles/facts.ts';
import type { LimitRow, RuleSet } from './ruleSet.ts';

/** The rows a vehicle might fall under, given what is stated of it. */
export interface Candidates {
  readonly rows: readonly LimitRow[];
  /** The stated layout stands in no row of a class the vehicle may have. */
  readonly layoutUnlisted: boolean;
}

export function rowsOfAxles(set: RuleSet, axles: number): readonly LimitRow[] {
  return set.rows.filter((row) => row.axles === axles || (row.andMore === true && axles > row.axles));
}

/**
 * A stated and listed layout leaves its own rows. An unstated one leaves every row of the class; so does one
 * that is not listed, because the tables do not say it may carry more than the strictest they list.
 */
export function candidatesFor(facts: VehicleFacts, set: RuleSet): Candidates {
  const { axles, layout, driveAxles, vehicleClass } = facts;
  const fitting = (axles === null ? set.rows : rowsOfAxles(set, axles)).filter(
    (row) => driveAxles === null || row.driveAxles === undefined || row.driveAxles === driveAxles,
  );
  const classes = vehicleClass === null ? classesOf(fitting) : [vehicleClass];
  const rows = new Set<LimitRow>();
  let listed = false;
  for (const each of classes) {
    const ofClass = fitting.filter((row) => row.classes.includes(each));
    const ofLayout = layout === null ? [] : ofClass.filter((row) => row.layout === layout);
    if (ofLayout.length > 0) listed = true;
    for (const row of ofLayout.length > 0 ? ofLayout : ofClass) rows.add(row);
  }
  return { rows: [...rows], layoutUnlisted: layout !== null && rows.size > 0 && !listed };
}

function classesOf(rows: readonly LimitRow[]): readonly VehicleClass[] {
  return [...new Set(rows.flatMap(({ classes }) => classes))];
}
