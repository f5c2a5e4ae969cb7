import { unknownFacts } from '../vehicles/facts.ts';
import { noLoad } from '../vehicles/load.ts';
import type { WeighingBody } from './event.ts';

/** A weighing with the least in it, for tests and benches that need one and do not care which. */
export function sampleWeighing(change: Partial<WeighingBody> = {}): WeighingBody {
  return {
    number: 1,
    crossingId: 'crossing-1',
    lane: '1',
    kind: 'tare',
    plate: '晋C12345',
    colour: 'yellow',
    plateSource: 'operator',
    cameraPlate: null,
    facts: unknownFacts,
    factsSource: 'register',
    weighedKg: 15_000,
    grossKg: null,
    tareKg: 15_000,
    tareNumber: null,
    netKg: null,
    decision: null,
    case: null,
    trailerPlate: null,
    load: noLoad,
    attempt: null,
    curveFlags: [],
    moments: [],
    pictures: [],
    frames: ['022b30313530303030313e03'],
    curveSha256: null,
    instrument: {
      profile: 'yaohua-continuous',
      options: '{"unit":"kg"}',
      unit: 'kg',
      divisionKg: 20,
      minKg: 400,
      maxKg: 100_000,
      verificationExpires: null,
    },
    operator: null,
    ...change,
  };
}
