import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { handClock } from '../handClock.ts';
import { CameraSettings } from './cameraSettings.ts';
import type { PlateEvent } from './plateEvent.ts';
import { emptyEvent, seenPlate } from './plateEvent.ts';
import type { AdmittedPlate } from './plateDoor.ts';
import { PlateDoor } from './plateDoor.ts';

const minute = 60_000;
const hour = 60 * minute;
let clock: ReturnType<typeof handClock>;
let admitted: AdmittedPlate[];
/** What names nobody on the scale: told late. */
let history: AdmittedPlate[];
let lines: string[];

beforeEach(() => {
  clock = handClock();
  admitted = [];
  history = [];
  lines = [];
});

function open(more: Record<string, unknown> = {}, drill = false): PlateDoor {
  const camera = CameraSettings.parse({ id: 'entry', kind: 'json-push', allowFrom: ['10.0.0.1'], ...more });
  return new PlateDoor({
    camera,
    drill,
    onPlate: (plate) => (plate.late && camera.place === 'scale' ? history : admitted).push(plate),
    onSign: () => undefined,
    log: (line) => lines.push(line),
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
  });
}

let nth = 0;
function event(more: Partial<PlateEvent> = {}): PlateEvent {
  nth += 1;
  return { ...emptyEvent, eventId: String(nth), plate: seenPlate('晋C12845', 'yellow'), ...more };
}

function hear(door: PlateDoor, more: Partial<PlateEvent> = {}): void {
  door.hear({ kind: 'plate', event: event(more), flaws: [] });
}

describe('what does not reach the scale', () => {
  it('the same event again, the camera’s own word that it is late, another camera’s serial number', () => {
    const door = open({ serialNumbers: ['S1'] });
    hear(door, { serialNumber: 'S1', eventId: 'a' });
    hear(door, { serialNumber: 'S1', eventId: 'a' });
    hear(door, { serialNumber: 'S1', late: true });
    hear(door, { serialNumber: 'S2\n\u001b[31mforged line' });
    expect(admitted).toHaveLength(1);
    expect(door.tally.counts).toMatchObject({ plates: 1, repeated: 1, late: 1, bad: 1 });
    // One line, and none that a camera could forge.
    expect(lines).toEqual(['camera entry: wrong-serial-number S2 [31mforged line']);
  });

  it('a simulated truck in a real station, and a real one in a drill', () => {
    const [real, drill] = [open(), open({}, true)];
    hear(real, { drill: true });
    hear(drill, { drill: false });
    expect(admitted).toEqual([]);
    hear(drill, { drill: true });
    expect(admitted).toHaveLength(1);
  });

  it('who drives away, where only those that come are heard', () => {
    hear(open({ hears: 'approaching' }), { direction: 'leaving' });
    expect(admitted).toEqual([]);
    hear(open(), { direction: 'leaving' });
    expect(admitted).toHaveLength(1);
  });

  it('a flood of nonsense is counted whole and written down twenty times a minute', () => {
    const door = open();
    for (let count = 0; count < 500; count += 1) door.hear({ kind: 'bad', fault: 'not-json', detail: '' });
    expect(door.tally.counts.bad).toBe(500);
    expect(lines).toHaveLength(20);
    clock.advance(minute);
    door.hear({ kind: 'bad', fault: 'not-json', detail: '' });
    expect(lines).toHaveLength(21);
  });
});

describe('a camera whose clock is wrong', () => {
  it.each([
    ['right', 0],
    ['eight years ahead', 8 * 365 * 24 * hour],
    ['of 1970', -clock_1970()],
    ['eight hours ahead, local time sent as UTC', 8 * hour],
  ])('%s: the truck of now is heard at once', (_, aheadMs) => {
    hear(open(), { deviceTimeMs: clock.nowMs() + aheadMs });
    expect(admitted).toHaveLength(1);
    expect(admitted[0]).toMatchObject({ clockAheadMs: aheadMs });
  });

  it('some hours behind: after its heartbeat, or with its second truck', () => {
    const behind = open();
    hear(behind, { deviceTimeMs: clock.nowMs() - 3 * hour });
    expect(behind.tally.counts.late).toBe(1);
    clock.advance(minute);
    hear(behind, { deviceTimeMs: clock.nowMs() - 3 * hour });
    expect(admitted).toHaveLength(1);
    const beating = open();
    beating.hear({ kind: 'alive', deviceTimeMs: clock.nowMs() - 3 * hour });
    hear(beating, { deviceTimeMs: clock.nowMs() - 3 * hour });
    expect(admitted).toHaveLength(2);
  });

  it('set right while it runs, it is heard on', () => {
    const door = open();
    for (const aheadMs of [8 * hour, 8 * hour, 0, 0]) {
      clock.advance(minute);
      hear(door, { deviceTimeMs: clock.nowMs() + aheadMs });
    }
    expect(admitted).toHaveLength(4);
  });
});

describe('at the exit a buffer told after a break', () => {
  const exit = { place: 'exit' };
  it('is heard, at the time it happened, by a clock that is wrong in a known way', () => {
    const door = open(exit);
    const aheadMs = 3 * hour;
    door.hear({ kind: 'alive', deviceTimeMs: clock.nowMs() + aheadMs });
    clock.advance(minute);
    hear(door, { deviceTimeMs: clock.nowMs() - 40 * minute + aheadMs });
    expect(admitted).toMatchObject([{ late: true, seenAtMs: clock.nowMs() - 40 * minute }]);
    expect(door.tally.counts).toMatchObject({ late: 1, plates: 0 });
    hear(door, { deviceTimeMs: clock.nowMs() + aheadMs });
    expect(admitted.at(-1)).toMatchObject({ late: false, seenAtMs: clock.nowMs() });
  });

  it('by its own word is of its own time; without a time anybody can believe, of when it came', () => {
    const door = open(exit);
    hear(door, { late: true, deviceTimeMs: clock.nowMs() - hour });
    hear(door, { late: true, deviceTimeMs: clock.nowMs() - 900 * hour });
    hear(door, { late: true, deviceTimeMs: null });
    hear(door, { deviceTimeMs: clock.nowMs() - 5 * hour });
    expect(admitted.map(({ seenAtMs }) => clock.nowMs() - seenAtMs)).toEqual([hour, 0, 0, 0]);
  });

  it('twice is heard once', () => {
    const door = open(exit);
    const again = { late: true, eventId: 'kept-1', deviceTimeMs: clock.nowMs() - hour };
    for (let nth = 0; nth < 2; nth += 1) hear(door, again);
    expect(admitted).toHaveLength(1);
  });
});

describe('a slow camera', () => {
  it('tells how long ago it saw a truck, by how far behind it usually is', () => {
    const door = open();
    const behindMs = 20 * 1000;
    door.hear({ kind: 'alive', deviceTimeMs: clock.nowMs() - behindMs });
    for (const slowMs of [0, 45_000, 500]) {
      clock.advance(minute / 2);
      hear(door, { deviceTimeMs: clock.nowMs() - behindMs - slowMs });
    }
    expect(admitted.map(({ agoMs }) => agoMs)).toEqual([0, 45_000, 500]);
  });

  it('whose usual lag nobody knows yet names nobody with what may be half a minute old', () => {
    const door = open();
    hear(door, { deviceTimeMs: clock.nowMs() - 30_000 });
    expect(admitted).toEqual([]);
    expect(history).toMatchObject([{ late: true, agoMs: 30_000 }]);
  });

  it('that tells it kept a plate back says when it saw it; without a time anybody can believe, nothing', () => {
    const door = open();
    for (const deviceTimeMs of [clock.nowMs() - hour, clock.nowMs() - 900 * hour, clock.nowMs() + hour, null])
      hear(door, { late: true, deviceTimeMs });
    expect(history.map(({ agoMs }) => agoMs)).toEqual([hour, null, null, null]);
    expect(admitted).toEqual([]);
  });

  it('that numbers nothing and tells the same plate of the same instant twice is heard once', () => {
    const door = open();
    const again = { eventId: null, deviceTimeMs: clock.nowMs() };
    for (let count = 0; count < 3; count += 1) hear(door, again);
    expect(admitted).toHaveLength(1);
    expect(door.tally.counts.repeated).toBe(2);
  });
});

describe('a buffer told after a break', () => {
  it('names no truck that stands there now, at whatever clock', () => {
    const ages = fc.array(fc.integer({ min: 5 * minute, max: 48 * hour }), { minLength: 1, maxLength: 30 });
    const offset = fc.integer({ min: -48 * hour, max: 10 * 365 * 24 * hour });
    fc.assert(
      fc.property(ages, offset, (minutesAgo, aheadMs) => {
        admitted = [];
        const door = open();
        door.hear({ kind: 'alive', deviceTimeMs: clock.nowMs() + aheadMs });
        // Oldest first, at once, as a camera does when the line is back.
        for (const age of minutesAgo.sort((one, other) => other - one)) {
          clock.advance(200);
          hear(door, { deviceTimeMs: clock.nowMs() - age + aheadMs });
        }
        expect(admitted).toEqual([]);
        hear(door, { deviceTimeMs: clock.nowMs() + aheadMs });
        expect(admitted).toHaveLength(1);
      }),
    );
  });

  it('is not taken for now when the station has just started and knows no clock yet', () => {
    const door = open();
    for (const age of [50, 40, 30, 20, 10]) hear(door, { deviceTimeMs: clock.nowMs() - age * minute });
    expect(admitted).toEqual([]);
    hear(door, { deviceTimeMs: clock.nowMs() - 1000 });
    expect(admitted).toHaveLength(1);
  });
});

function clock_1970(): number {
  return handClock().nowMs();
}
