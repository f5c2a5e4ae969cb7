import type { DecisionCase } from '../station/limits/case.ts';
import { judge } from '../station/limits/judge.ts';
import { Policy } from '../station/limits/policy.ts';
import { latestRuleSet } from '../station/limits/ruleSets/index.ts';
import { sampleCase } from '../station/limits/sampleCase.ts';
import { percentile, report } from './figures.ts';

const rounds = 9;
const decisions = 20_000;

/** Every row of the law by weights around its limit, with what refuses besides weight asked of each. */
function makeCases(): readonly DecisionCase[] {
  const policy = Policy.parse({ minimumEmission: '6', yardLimitKg: 60_000 });
  const credentials = (['vehicle-licence', 'transport-permit'] as const).map((kind) => ({
    kind,
    of: '晋C12345',
    expires: '2030-01-01',
  }));
  const rows = latestRuleSet.rows.flatMap((row) =>
    row.classes.flatMap((vehicleClass) =>
      [-1_000, 0, 1, 1_000].map((aboveKg) => {
        const { axles, layout, driveAxles = 1, limitKg } = row;
        return sampleCase(
          { grossKg: limitKg + aboveKg, policy, credentials, emission: '6' },
          { axles, vehicleClass, layout, driveAxles, registeredGrossKg: 90_000 },
        );
      }),
    ),
  );
  return Array.from({ length: decisions }, (_, at) => rows[at % rows.length] ?? sampleCase());
}

/** The limit by class, layout, axles and drive axles out of a map, and one comparison: what a table alone would take. */
function bareTable(): (each: DecisionCase) => boolean {
  const table = new Map<string, number>();
  for (const { classes, layout, axles, driveAxles, limitKg } of latestRuleSet.rows) {
    for (const each of classes) {
      for (const drive of driveAxles === undefined ? [1, 2] : [driveAxles]) {
        table.set(`${each} ${layout ?? ''} ${String(axles)} ${String(drive)}`, limitKg);
      }
    }
  }
  return ({ facts, grossKg }) => {
    const { vehicleClass, layout, axles, driveAxles } = facts;
    const key = `${vehicleClass ?? ''} ${layout ?? ''} ${String(axles)} ${String(driveAxles)}`;
    return grossKg <= (table.get(key) ?? 0);
  };
}

/** Whole decisions a second, with every limit, clause and reason, against a bare look into a table. */
export function benchDecide(): void {
  const cases = makeCases();
  const allowed = bareTable();
  const [own, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const [ownStart, ownAllowed] = [
      performance.now(),
      count(cases, (each) => judge(each).outcome === 'allow'),
    ];
    own.push(decisions / ((performance.now() - ownStart) / 1000));
    const [bareStart, bareAllowed] = [performance.now(), count(cases, allowed)];
    bare.push(decisions / ((performance.now() - bareStart) / 1000));
    if (ownAllowed === 0 || bareAllowed === 0) throw new Error('nothing was decided');
  }
  const [ours, theirs] = [percentile(own, 0.5), percentile(bare, 0.5)];
  report('decisions with clauses and reasons', perSecond(ours), perSecond(theirs), ours / theirs);
}

function count(cases: readonly DecisionCase[], isAllowed: (each: DecisionCase) => boolean): number {
  let allowed = 0;
  for (const each of cases) if (isAllowed(each)) allowed += 1;
  return allowed;
}

function perSecond(figure: number): string {
  return `${Math.round(figure / 1000).toString()} k/s`;
}
