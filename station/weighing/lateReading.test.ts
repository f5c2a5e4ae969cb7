import { describe, expect, it } from 'vitest';
import type { LateCandidate, LateReading } from './lateReading.ts';
import { agreeingWeighing, lateSays, unreadWeighing } from './lateReading.ts';

const rules = { aheadMs: 120_000, isKnown: (plate: string) => plate === '晋C88888' };
const typed = '晋C12845';

/** It stood there from 100 s to 200 s, still from 110 s on, and its plate was typed. */
function weighing(change: Partial<LateCandidate> = {}): LateCandidate {
  return {
    ...{ number: 7, plates: [typed], said: { front: [], rear: [] } },
    ...{ begunMs: 100_000, stableMs: 110_000, closedMs: 200_000 },
    ...change,
  };
}

function reading(plate: string | null, seenMs: number, change: Partial<LateReading> = {}): LateReading {
  return {
    ...{ plate, seenMs, colour: 'yellow', characterPercents: [], rearPlate: null, end: 'front' },
    ...change,
  };
}

describe('a late reading of the plate a record bears', () => {
  it.each([
    ['while it came', 50_000],
    ['while it stood there', 190_000],
  ])('%s is of that record', (_, seenMs) => {
    expect(agreeingWeighing(reading(typed, seenMs), [weighing()], rules)).toEqual({ number: 7, told: false });
  });

  it('from before it came, or after it left, is of none', () => {
    for (const seenMs of [-50_000, 210_000])
      expect(agreeingWeighing(reading(typed, seenMs), [weighing()], rules)).toBeNull();
  });

  it('is of it also read badly, unless the register knows a vehicle of just the plate read', () => {
    expect(agreeingWeighing(reading('晋C12B45', 150_000), [weighing()], rules)?.number).toBe(7);
    const near = weighing({ plates: ['晋C8B888'] });
    expect(agreeingWeighing(reading('晋C88888', 150_000), [near], rules)).toBeNull();
  });

  it('says nothing new where a camera said it in time', () => {
    const said = weighing({ said: { front: [typed], rear: [] } });
    expect(agreeingWeighing(reading(typed, 150_000), [said], rules)).toEqual({ number: 7, told: true });
    // What the other end adds is new.
    const both = reading(typed, 150_000, { rearPlate: '晋C1234挂' });
    expect(agreeingWeighing(both, [said], rules)).toEqual({ number: 7, told: false });
  });

  it('is of the nearest of two weighings of one truck', () => {
    const later = weighing({ number: 8, begunMs: 300_000, stableMs: null, closedMs: 400_000 });
    expect(agreeingWeighing(reading(typed, 190_000), [later, weighing()], rules)?.number).toBe(7);
    expect(agreeingWeighing(reading(typed, 290_000), [later, weighing()], rules)?.number).toBe(8);
  });
});

describe('a late reading of another plate, or of none', () => {
  const other = '晋C77777';

  it('is of who stood there then, where no camera had read it', () => {
    expect(unreadWeighing(reading(other, 112_000), [weighing()], rules)?.number).toBe(7);
    expect(unreadWeighing(reading(null, 112_000), [weighing()], rules)?.number).toBe(7);
  });

  it('is not of one a camera had read, nor of one that had long stood still: it may be of the queue', () => {
    const said = weighing({ said: { front: [typed], rear: [] } });
    expect(unreadWeighing(reading(other, 112_000), [said], rules)).toBeNull();
    expect(unreadWeighing(reading(other, 150_000), [weighing()], rules)).toBeNull();
  });

  it('seen while a read one stood there is of the next; a rear camera sees nobody who is yet to come', () => {
    const said = weighing({ said: { front: [typed], rear: [] } });
    const next = weighing({ number: 8, begunMs: 220_000, stableMs: null, closedMs: null });
    expect(unreadWeighing(reading(other, 150_000), [said, next], rules)?.number).toBe(8);
    const rear = reading(other, 150_000, { end: 'rear' });
    expect(unreadWeighing(rear, [{ ...said, said: { front: [], rear: [other] } }, next], rules)).toBeNull();
  });
});

it('says whether every plate read is one of the record', () => {
  const names = [typed, '晋C1234挂'];
  expect(lateSays({ plate: typed, rearPlate: '晋C1234挂' }, names)).toBe('same');
  expect(lateSays({ plate: typed, rearPlate: '晋C9999挂' }, names)).toBe('other');
  expect(lateSays({ plate: '晋C12B45', rearPlate: null }, names)).toBe('other');
  expect(lateSays({ plate: null, rearPlate: null }, names)).toBe('unread');
});
