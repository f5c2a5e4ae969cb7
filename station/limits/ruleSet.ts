import * as z from 'zod';
import { Day } from '../vehicles/credentials.ts';
import { Layout, VehicleClass, VehiclePurpose } from '../vehicles/facts.ts';
import { Clause } from './decision.ts';

const RuleId = z.string().regex(/^[a-z0-9+-]+$/);
const Axles = z.int().min(1).max(20);
const Kg = z.int().min(1);
const ClauseIds = z.array(RuleId).min(1).readonly();

/** One permitted gross: for these classes with this many axles, and this layout when it names one. */
const LimitRow = z
  .object({
    id: RuleId,
    axles: Axles,
    /** Also any greater number of axles. */
    andMore: z.boolean().optional(),
    classes: z.array(VehicleClass).min(1).readonly(),
    /** Null for the general rule of article 3. */
    layout: Layout.nullable(),
    /** Only for a tractor with this many drive axles; unset: whatever it has. */
    driveAxles: z.union([z.literal(1), z.literal(2)]).optional(),
    limitKg: Kg,
    /** False where only one secondary source gives the number. */
    confirmed: z.boolean().optional(),
    clauses: ClauseIds,
  })
  .readonly();
export type LimitRow = z.infer<typeof LimitRow>;

/** A condition that lifts a limit; every part of it has to be stated. */
const Raise = z
  .object({
    id: RuleId,
    class: VehicleClass,
    axles: Axles,
    airSuspension: z.literal(true),
    /** The drive axle has to be dual-tyred, which wide single tyres are not. */
    dualTyredDriveAxle: z.literal(true),
    minTrailerAxleSpacingMm: z.int().min(1).optional(),
    raiseKg: Kg,
    clauses: ClauseIds,
  })
  .readonly();
export type Raise = z.infer<typeof Raise>;

const AxleStep = z
  .object({
    /** Axle spacing from this on, mm. */
    fromMm: z.int().min(0),
    kg: Kg,
    airDriveKg: Kg.optional(),
    trailerOnly: z.boolean().optional(),
  })
  .readonly();

/** By spacing, the narrowest first, from 0 on and for every vehicle. */
const AxleSteps = z
  .tuple([AxleStep], AxleStep)
  .readonly()
  .refine(
    (steps) =>
      steps[0].fromMm === 0 &&
      steps[0].trailerOnly !== true &&
      steps.every(({ fromMm }, at) => fromMm > (steps[at - 1]?.fromMm ?? -1)),
    { message: 'spacings must rise from 0' },
  );

/** GB 1589-2016 permitted axle loads; looked at only where axles were weighed. */
const AxleLoadRules = z
  .object({
    /** False until an official copy was compared. */
    confirmed: z.boolean(),
    singleTyredKg: Kg,
    dualTyredKg: Kg,
    driveKg: Kg,
    tandem: AxleSteps,
    tridem: AxleSteps,
    clauses: ClauseIds,
  })
  .readonly();
export type AxleLoadRules = z.infer<typeof AxleLoadRules>;

/** One state of the law, from a day on. Every number a decision uses is in here. */
export const RuleSet = z
  .object({
    id: RuleId,
    version: z.int().min(1),
    title: z.string(),
    effectiveFrom: z
      .object({
        date: Day,
        /** False until an official copy was compared. */
        confirmed: z.boolean(),
      })
      .readonly(),
    sources: z
      .array(
        z
          .object({
            title: z.string(),
            document: z.string(),
            /** Whether the clauses' wording was compared with an official copy; the numbers were sourced apart. */
            wordingConfirmed: z.boolean(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    rows: z.array(LimitRow).min(1).readonly(),
    singleTyred: z
      .object({ reductionKgPerAxle: Kg, clauses: ClauseIds, wideTyreClauses: ClauseIds })
      .readonly(),
    raises: z.array(Raise).readonly(),
    /** Vehicles whose licence gross is a limit too. */
    licenceGross: z.object({ class: VehicleClass, axles: Axles, clauses: ClauseIds }).readonly(),
    /** Vehicles the table does not hold for: their licence gross is the limit. */
    licenceOnly: z
      .array(z.object({ purpose: VehiclePurpose, clauses: ClauseIds }).readonly())
      .readonly()
      .default([]),
    axleLoads: AxleLoadRules.nullable().default(null),
    /** From this many axles on a layout is part of what the law asks for. */
    layoutFromAxles: Axles,
    /** Cited where a layout is in no row. */
    unlistedLayout: z.object({ clauses: ClauseIds }).readonly(),
    /** Cited where something unstated made the limit stricter. */
    stricterValue: z.object({ clauses: ClauseIds }).readonly(),
    clauses: z.array(Clause).readonly(),
  })
  .readonly()
  .superRefine((set, context) => {
    const known = new Set(set.clauses.map(({ id }) => id));
    if (known.size !== set.clauses.length) context.addIssue('a clause id stands twice');
    const rowIds = set.rows.map(({ id }) => id);
    if (new Set(rowIds).size !== rowIds.length) context.addIssue('a row id stands twice');
    const cited = [
      ...set.rows.flatMap(({ clauses }) => clauses),
      ...set.raises.flatMap(({ clauses }) => clauses),
      ...set.singleTyred.clauses,
      ...set.singleTyred.wideTyreClauses,
      ...set.licenceGross.clauses,
      ...set.licenceOnly.flatMap(({ clauses }) => clauses),
      ...(set.axleLoads?.clauses ?? []),
      ...set.unlistedLayout.clauses,
      ...set.stricterValue.clauses,
    ];
    for (const id of cited) if (!known.has(id)) context.addIssue(`clause ${id} is cited and not given`);
    for (const row of set.rows) {
      if (row.layout !== null && axlesOfLayout(row.layout) !== row.axles)
        context.addIssue(`row ${row.id}: layout and axles disagree`);
      if (isAboveGeneral(row, set.rows))
        context.addIssue(`row ${row.id}: permits more than the general limit of its class and axles`);
    }
  });
export type RuleSet = z.infer<typeof RuleSet>;

/** A listed layout narrows the general rule of article 3; one that widens it is a slip of the pen. */
function isAboveGeneral(row: LimitRow, rows: readonly LimitRow[]): boolean {
  if (row.layout === null) return false;
  const general = rows.filter(
    (each) =>
      each.layout === null &&
      (each.axles === row.axles || (each.andMore === true && row.axles > each.axles)) &&
      row.classes.every((vehicleClass) => each.classes.includes(vehicleClass)) &&
      (row.driveAxles === undefined || each.driveAxles === undefined || each.driveAxles === row.driveAxles),
  );
  return general.length > 0 && general.every(({ limitKg }) => limitKg < row.limitKg);
}

/** `1+2+3` has six axles. */
export function axlesOfLayout(layout: string): number {
  return layout.split('+').reduce((sum, group) => sum + Number(group), 0);
}
