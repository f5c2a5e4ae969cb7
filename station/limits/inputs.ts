import type { Explanation } from '../contract.ts';
import { permittedGroups } from './axleLoads.ts';
import type { DecisionCase } from './case.ts';
import type { RuleSet } from './ruleSet.ts';

type Input = Explanation['inputs'][number];

/** Everything else a decision rests on besides the vehicle's facts, with where it came from; front to rear of a case. */
export function inputsOf(each: DecisionCase): readonly Input[] {
  const { sources, counted, tare, listed, route, contract, plates } = each;
  const kg = (value: number): string => `${String(value)} kg`;
  // Before version 4 nobody wrote down where these came from.
  const input = (name: string, value: string | null): Input => ({
    name,
    value,
    source: sources[name] ?? null,
  });
  const there = (name: string, value: string | null): readonly Input[] =>
    value === null ? [] : [input(name, value)];
  return [
    input('plate', plates.front),
    ...there('rearPlate', each.rearStated ?? plates.rear),
    ...there('trailer', plates.trailer),
    input('gross', kg(each.grossKg)),
    ...there('tare', tare?.valid === true ? `${kg(tare.kg)} · ${String(tare.number)}` : null),
    ...(counted === null
      ? []
      : [{ name: 'countedAxles', value: String(counted.axles), source: counted.source }]),
    ...each.credentials.map(({ kind, of, expires }) => input(`${kind} ${of}`, expires)),
    input('licenceLoad', each.licenceLoadKg === null ? null : kg(each.licenceLoadKg)),
    input('emission', each.emission),
    ...there('listed', listed === null ? null : `${listed.reason} (${listed.by})`),
    ...there('goods', each.goods?.name ?? null),
    ...there('destination', each.destination?.name ?? null),
    ...there('route', route === null ? null : `${route.name} ${kg(route.limitKg)}`),
    ...there('contract', contract?.number ?? null),
    ...there('quotaLeft', each.quotaLeftKg === null ? null : kg(each.quotaLeftKg)),
    ...there('driver', each.driver?.name ?? null),
  ];
}

/**
 * Measured axle groups beside what GB 1589 lets each carry, kg. Art. 3 counts only the sum of them, so that a group above
 * its own is a warning and decides nothing.
 */
export function groupLoads(
  { axleLoadsKg, facts }: DecisionCase,
  set: RuleSet | null,
): Explanation['axleGroups'] {
  const rules = set?.axleLoads ?? null;
  if (rules === null || axleLoadsKg?.length !== facts.axles) return [];
  const groups = permittedGroups(facts, rules) ?? [];
  let from = 0;
  return groups.map(({ axles, spacingMm, kg }) => {
    const own = axleLoadsKg.slice(from, from + axles);
    from += axles;
    return { axles, spacingMm, measuredKg: own.reduce((sum, each) => sum + each, 0), limitKg: kg };
  });
}
