import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handClock } from '../../native/handClock.ts';
import type { Station } from '../../native/host.ts';
import { openStation } from '../../native/host.ts';
import { Settings } from '../../native/settings.ts';
import type { BeamState } from '../../station/contract.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import { frame } from '../support/scale.ts';
import { papersInOrder, sixAxles } from '../support/yard.ts';

const plate = '晋C12345';
let dir: string;
let station: Station;
let clock: ReturnType<typeof handClock>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-curve-'));
  clock = handClock();
});
afterEach(async () => {
  await station.close();
  rmSync(dir, { recursive: true, force: true });
});

async function open(refusing: readonly string[], beamsRefuse = false): Promise<void> {
  const settings = Settings.parse({
    station: { id: 'CURVE-1', name: '曲线测试' },
    decision: { curve: refusing },
    beams: {
      protocol: 'modbus-tcp',
      transport: { kind: 'tcp', host: '127.0.0.1', port: 1 },
      entry: { address: 0 },
      exit: { address: 1 },
      refuse: beamsRefuse,
    },
    // Nobody is there: readings come from below.
    instrument: {
      profile: 'yaohua-continuous',
      transport: { kind: 'tcp', host: '127.0.0.1', port: 1 },
      divisionKg: 20,
      maxKg: 100_000,
    },
  });
  station = await openStation({ dataDir: dir, settings, clock });
  await station.desk.beams?.release();
  beams('clear', 'clear');
  await station.desk.handlers['vehicle.state']({
    ...{ plate, colour: 'yellow', facts: sixAxles, papers: papersInOrder },
  });
}

/** Ten frames a second of the live line. */
function shows(kgs: readonly number[]): void {
  const line = station.desk.indicatorListeners();
  for (const kg of kgs) {
    clock.advance(100);
    line.onReading({ kg, atMs: clock.monotonicMs(), raw: frame(kg).toString('hex') });
  }
}

/** What the module of the beams last said. */
function beams(entry: BeamState, exit: BeamState): void {
  const views = [
    { place: 'entry' as const, state: entry },
    { place: 'exit' as const, state: exit },
  ];
  const heard = { state: 'ok' as const, trouble: null, beams: views, inputs: [], asked: 1, answered: 1 };
  station.desk.onBeams(heard, clock.monotonicMs());
}

/** A truck's nose, then its tail, through the entry. */
function passesEntry(): void {
  beams('broken', 'clear');
  beams('clear', 'clear');
}

const times = (count: number, kg: number): number[] => Array.from({ length: count }, () => kg);
/** An axle after the other, as a truck drives on. */
const ramp = Array.from({ length: 40 }, (_, at) => Math.round(at / 2) * 2000);

/** The truck is weighed as it stands; the record as it was written. */
async function weighed(): Promise<WeighingBody> {
  const { lane, handlers, deps } = station.desk;
  const crossingId = lane.view().crossingId ?? '';
  await handlers['plate.enter']({ crossingId, plate, colour: 'yellow' });
  await handlers['kind.choose']({ crossingId, kind: 'gross' });
  const saved = await handlers['weighing.save']({ crossingId });
  if (!saved.ok) throw new Error(`${saved.error.code} ${saved.error.detail}`);
  const link = deps.stores.ledger.linkOfNumber(saved.value.number);
  return (JSON.parse(link?.text ?? '{}') as { body: WeighingBody }).body;
}

/** What each shape is on the line. */
const shapes: Readonly<Record<string, () => void>> = {
  'fast-step': () => {
    shows([...times(10, 0), 2000, 36_000, ...times(60, 40_000)]);
  },
  'jump-standing': () => {
    shows([...times(10, 0), ...ramp, ...times(60, 40_000), ...times(60, 39_000)]);
  },
  drift: () => {
    const creep = Array.from({ length: 120 }, (_, at) => 40_000 - Math.floor(at / 5) * 20);
    shows([...times(10, 0), ...ramp, ...times(60, 40_000), ...creep, ...times(60, 39_520)]);
  },
  'before-beams': () => {
    passesEntry();
    shows([...times(10, 0), ...ramp, ...times(60, 40_000), ...ramp.toReversed(), ...times(320, 0)]);
    shows([...ramp, ...times(60, 40_000)]);
  },
  'beam-broken': () => {
    shows(times(10, 0));
    beams('broken', 'clear');
    shows([...ramp, ...times(60, 40_000)]);
  },
  'beam-unknown': () => {
    shows(times(10, 0));
    passesEntry();
    shows([...ramp, ...times(60, 40_000)]);
    beams('clear', 'unknown');
  },
};

describe('a shape no truck makes, from the live line to the record', () => {
  it.each(Object.entries(shapes))(
    '%s: warns and is recorded; it keeps the truck only where set',
    async (code, play) => {
      for (const refusing of [[], [code]]) {
        await open(refusing);
        play();
        const { curveFlags, decision } = await weighed();
        expect(curveFlags.map((flag) => flag.code)).toContain(code);
        expect(decision?.outcome).toBe(refusing.length === 0 ? 'allow' : 'cannot-decide');
        if (refusing.length > 0) {
          expect(decision?.reasons.map((reason) => reason.code)).toEqual(
            expect.arrayContaining(['curve-suspicious']),
          );
          break;
        }
        await station.close();
        rmSync(dir, { recursive: true, force: true });
      }
    },
  );

  it('a truck as trucks are, seen by the beam first, has none', async () => {
    await open(Object.keys(shapes));
    shows(times(10, 0));
    passesEntry();
    shows([...ramp, ...times(60, 40_000)]);
    expect(await weighed()).toMatchObject({ curveFlags: [], decision: { outcome: 'allow' } });
  });

  it('half on the deck it gets no paper and no tare, until both beams are free', async () => {
    await open([], true);
    shows(times(10, 0));
    beams('broken', 'clear');
    shows([...ramp, ...times(60, 40_000)]);
    const { lane, handlers } = station.desk;
    const crossingId = lane.view().crossingId ?? '';
    await handlers['plate.enter']({ crossingId, plate, colour: 'yellow' });
    await handlers['kind.choose']({ crossingId, kind: 'tare' });
    expect(await handlers['weighing.save']({ crossingId })).toMatchObject({
      error: { code: 'scale-not-ready', detail: 'beam-broken' },
    });
    await handlers['kind.choose']({ crossingId, kind: 'gross' });
    const reasons = (): unknown => lane.view().decision?.reasons;
    expect(reasons()).toEqual([{ code: 'beam-broken', detail: 'entry' }]);
    beams('clear', 'unknown');
    expect(reasons()).toEqual([{ code: 'beam-unknown', detail: 'exit' }]);
    beams('clear', 'clear');
    const { decision, curveFlags, moments } = await weighed();
    expect(decision?.outcome).toBe('allow');
    expect(curveFlags).toEqual([]);
    expect(
      moments.filter(({ what }) => what.startsWith('beam-')).map(({ what, detail }) => `${what} ${detail}`),
    ).toEqual(['beam-clear entry', 'beam-lost exit', 'beam-clear exit']);
  });

  it('a line that broke in between is told with the record, and where', async () => {
    await open([]);
    shows([...times(10, 0), ...ramp, ...times(60, 40_000)]);
    const { lane } = station.desk;
    lane.onSilence();
    clock.advance(3000);
    shows(times(60, 40_000));
    const { moments, decision } = await weighed();
    const seen = moments.filter(({ what }) => what.startsWith('line'));
    expect(seen.map(({ what }) => what)).toEqual(['line-lost', 'line-back']);
    expect((seen[1]?.afterMs ?? 0) - (seen[0]?.afterMs ?? 0)).toBe(3100);
    expect(decision?.outcome).toBe('allow');
  });
});
