import { expect, it } from 'vitest';
import type { EventBody } from './event.ts';
import { picturesOf } from './picturesOf.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import { noPapers } from '../vehicles/register/entries.ts';
import { sampleWeighing } from './sampleWeighing.ts';

const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;
const shot = (sha256: string | null) => ({
  ...{ camera: 'front', view: 'front' as const, sha256, missed: sha256 === null ? 'dark' : null, afterMs: 9 },
  ...{ origin: 'asked' as const, seenMs: null },
});

function of(body: EventBody): ReturnType<typeof picturesOf> {
  const { number, pictures } = picturesOf({
    ...{ v: 1, station: 'YQ-1', mode: 'real', sequence: 1, timeMs: 1, bootId: 'b', monotonicMs: 1 },
    ...{ clockSource: 'system', driftMs: null },
    ...body,
  });
  return { number, pictures };
}

it('an event names the pictures of its plate, its cameras, its exit and its papers, each of its weighing', () => {
  expect(of({ type: 'weighing', body: { ...sampleWeighing({ pictures: [a, b] }), number: 7 } })).toEqual({
    number: 7,
    pictures: [a, b],
  });
  expect(
    of({
      type: 'pictures-taken',
      body: { number: 7, crossingId: 'x', shots: [shot(a), shot(null), shot(b)] },
    }),
  ).toEqual({ number: 7, pictures: [a, b] });
  const seen = {
    ...{ camera: 'exit', plate: '晋C10001', colour: 'yellow' as const, rearPlate: null },
    found: 'slip' as const,
    ...{ probably: false, seenMs: 1, late: false, again: null, settles: null, doubts: null },
    pictures: [c],
  };
  const times = { deviceMs: null, seenMs: 1, receivedMs: 2, lateMs: 1 };
  const told = { number: 7, eventKey: 'k', end: 'front' as const, percent: null, ...times };
  const { camera, plate, colour, rearPlate, pictures } = seen;
  const late = { ...told, camera, plate, colour, rearPlate, pictures };
  expect(of({ type: 'plate-told-late', body: late })).toEqual({ number: 7, pictures: [c] });
  for (const number of [7, null])
    expect(of({ type: 'exit-seen', body: { ...seen, number } })).toEqual({ number, pictures: [c] });
  expect(of({ type: 'manual-pictures-taken', body: { manualNumber: 2, shots: [shot(b)] } })).toEqual({
    number: null,
    pictures: [b],
  });
  expect(of({ type: 'program-stopped', body: {} })).toEqual({ number: null, pictures: [] });
});

it('a paper in the register is a picture of no weighing', () => {
  const entry = {
    ...{ name: '王师傅', phone: null, licenceNumber: null, licenceExpires: null, licencePicture: a },
    ...{ qualificationNumber: null, qualificationExpires: null, qualificationPicture: null },
    ...{ fleet: null, note: null },
  };
  const changed = { key: '王师傅', reason: '', operator: null, importId: null };
  expect(
    of({ type: 'register-changed', body: { ...changed, kind: 'driver', now: { kind: 'driver', entry } } }),
  ).toEqual({ number: null, pictures: [a] });
  expect(of({ type: 'register-changed', body: { ...changed, kind: 'driver', now: null } })).toEqual({
    number: null,
    pictures: [],
  });
});

it('the papers pictured at the scale, of the vehicle and of its trailer, are pictures of no weighing', () => {
  const stated = {
    ...{ plate: '晋C70001', colour: 'yellow' as const, unit: 'tractor' as const },
    ...{ facts: unknownFacts, operator: '张三' },
    papers: { ...noPapers, licencePicture: a },
  };
  expect(of({ type: 'vehicle-stated', body: { ...stated, trailer: null } })).toEqual({
    number: null,
    pictures: [a],
  });
  const papers = { ...noPapers, licencePicture: b, permitPicture: c };
  const trailer = { plate: '晋C1234挂', colour: 'yellow', papers } as const;
  expect(of({ type: 'vehicle-stated', body: { ...stated, trailer } }).pictures).toEqual([a, b, c]);
});
