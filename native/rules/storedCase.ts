import type { WeighingBody } from '../../station/ledger/event.ts';
import type { DecisionCase } from '../../station/limits/case.ts';
import { reasonEffects } from '../../station/limits/decision.ts';
import { weightOnly } from '../../station/limits/policy.ts';
import { sourcesOf } from '../../station/weighing/buildCase.ts';
import { unplatedMark } from '../../station/weighing/visit.ts';

/**
 * What a stored decision rests on; null for a tare. Records of program 0.1 kept no case: theirs is put together
 * from what they did keep, and only weight decided then.
 */
export function caseOf(body: WeighingBody): DecisionCase | null {
  if (body.case !== null) return body.case;
  const { decision, grossKg, facts, tareKg, tareNumber } = body;
  if (decision === null || grossKg === null) return null;
  return {
    version: 1,
    date: decision.date,
    grossKg,
    facts,
    sources: sourcesOf(facts, body.factsSource),
    axleLoadsKg: null,
    axleLoadsBy: null,
    counted: null,
    plates: { front: body.plate === unplatedMark ? null : body.plate, rear: null, trailer: null },
    rearStated: null,
    tare: tareKg === null || tareNumber === null ? null : { number: tareNumber, kg: tareKg, valid: true },
    tareRequired: decision.reasons.some(({ code }) => code === 'tare-missing'),
    tareDriftKg: null,
    credentials: [],
    listed: null,
    emission: null,
    licenceLoadKg: null,
    goods: null,
    loadConfirmed: false,
    destination: null,
    routesKnown: false,
    route: null,
    contract: null,
    driver: null,
    driversKnown: false,
    quotaLeftKg: null,
    curveFlags: [],
    obstacles: decision.reasons.filter(({ code }) => reasonEffects[code] === 'obstacle'),
    policy: weightOnly,
  };
}
