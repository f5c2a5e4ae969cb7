import { unknownFacts } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import type { DecisionCase } from './case.ts';
import { weightOnly } from './policy.ts';

/** A six-axle articulated truck that may leave, for tests and benches. */
export function sampleCase(
  change: Partial<DecisionCase> = {},
  facts: Partial<VehicleFacts> = {},
): DecisionCase {
  return {
    version: 4,
    date: '2026-03-02',
    grossKg: 40_000,
    facts: {
      ...unknownFacts,
      axles: 6,
      vehicleClass: 'articulated',
      layout: '1+2+3',
      driveAxles: 2,
      ...facts,
    },
    sources: { axles: 'register' },
    axleLoadsKg: null,
    axleLoadsBy: null,
    counted: null,
    plates: { front: '晋C12345', rear: null, trailer: null },
    rearStated: null,
    tare: null,
    tareRequired: false,
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
    obstacles: [],
    policy: weightOnly,
    ...change,
  };
}
