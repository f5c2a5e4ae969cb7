import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../native/clock.ts';
import type { Station, StationOptions } from '../../native/host.ts';
import { openStation } from '../../native/host.ts';
import type { Settings } from '../../native/settings.ts';
import { Settings as SettingsSchema } from '../../native/settings.ts';
import type { StatedPapers, VehicleFacts } from '../../station/contract.ts';
import { noPapers, unknownFacts } from '../../station/contract.ts';
import type { SavedView, StationView } from '../../station/contract.ts';
import type { Reply } from './screen.ts';
import { Screen } from './screen.ts';
import type { TestScale } from './scale.ts';
import { startScale } from './scale.ts';

export const sixAxles: VehicleFacts = {
  ...unknownFacts,
  axles: 6,
  vehicleClass: 'articulated',
  layout: '1+2+3',
  driveAxles: 2,
};

/** 行驶证 and 道路运输证 that no test outlives, of a truck that may carry more than any here does. */
export const papersInOrder: StatedPapers = {
  ...noPapers,
  licenceExpires: '2099-12-31',
  permitExpires: '2099-12-31',
  licenceLoadKg: 40_000,
};

export interface TestYard {
  readonly dir: string;
  readonly scale: TestScale;
  station: Station;
  screen: Screen;
  /** Closes the station and opens it again on the same store. */
  readonly restart: () => Promise<void>;
  /** Opens it on the files as they are now, after it was closed by hand. */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A real station on a temporary store, its indicator on a real TCP line. Weighs faster than a yard would. */
export async function openYard(
  change: (settings: Record<string, unknown>) => void = () => undefined,
  clock?: Clock,
  more: Partial<StationOptions> = {},
): Promise<TestYard> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-yard-'));
  const scale = await startScale();
  const raw: Record<string, unknown> = {
    station: { id: 'YQ-7', name: '阳泉测试煤场' },
    lane: { weighing: { stableWindowMs: 500, zeroFrames: 3 } },
    instrument: {
      profile: 'yaohua-continuous',
      transport: { kind: 'tcp', host: '127.0.0.1', port: scale.port },
      divisionKg: 20,
      maxKg: 100_000,
    },
    cameras: [{ id: 'entry', kind: 'vzenith-push', allowFrom: ['127.0.0.1'] }],
    cameraListener: { host: '127.0.0.1', port: 0 },
  };
  change(raw);
  const settings: Settings = SettingsSchema.parse(raw);
  const open = (): Promise<Station> =>
    openStation({ dataDir: dir, settings, ...(clock === undefined ? {} : { clock }), ...more });
  const station = await open();
  const yard: TestYard = {
    dir,
    scale,
    station,
    screen: new Screen(station.connect),
    restart: async () => {
      yard.screen.close();
      await yard.station.close();
      await yard.reopen();
    },
    reopen: async () => {
      yard.station = await open();
      yard.screen = new Screen(yard.station.connect);
    },
    close: async () => {
      yard.screen.close();
      await yard.station.close();
      await scale.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return yard;
}

/** Waits until the station has seen the scale at zero: what comes next counts. */
export async function emptyScale({ screen }: TestYard): Promise<void> {
  // What it said of the scale before a clock was moved says nothing of now.
  const enough = screen.weights.length + 5;
  await screen.until('empty scale', (view, weight) => {
    return screen.weights.length >= enough && view.lane.next === 'wait-for-truck' && weight.kind === 'live';
  });
}

/** Drives a truck on: weight on the deck, plate typed, facts in the register. Ends when it can be saved. */
export async function driveOn(
  yard: TestYard,
  truck: {
    readonly plate: string;
    readonly kg: number;
    readonly facts?: VehicleFacts;
    readonly papers?: StatedPapers;
    readonly kind?: 'tare' | 'gross';
  },
): Promise<StationView> {
  const { screen, scale } = yard;
  await emptyScale(yard);
  if (truck.facts !== undefined) {
    await screen.call('vehicle.state', {
      plate: truck.plate,
      colour: 'yellow',
      facts: truck.facts,
      papers: truck.papers ?? papersInOrder,
    });
  }
  scale.put(truck.kg);
  const on = await screen.until('truck on the scale', (view) => view.lane.crossingId !== null);
  const crossingId = on.lane.crossingId ?? '';
  await screen.call('plate.enter', { crossingId, plate: truck.plate, colour: 'yellow' });
  if (truck.kind !== undefined) await screen.call('kind.choose', { crossingId, kind: truck.kind });
  return screen.until(
    'identified',
    (view) => view.lane.phase === 'identified' && view.lane.stableKg === truck.kg,
  );
}

/**
 * Presses the one key; once more where a busy machine heard no frame of the scale for a while, so that its weight had
 * to stand again.
 */
export async function pressSave(screen: Screen): Promise<Reply<'weighing.save'>> {
  for (;;) {
    const on = await screen.until('a weight that stands', ({ lane }) => lane.stableKg !== null);
    const saved = await screen.call('weighing.save', { crossingId: on.lane.crossingId ?? '' });
    if (saved.ok || saved.error.code !== 'not-stable') return saved;
    const heard = screen.weights.length;
    await screen.until('another frame', () => screen.weights.length > heard);
  }
}

export async function save({ screen }: TestYard): Promise<SavedView> {
  const saved = await pressSave(screen);
  if (!saved.ok) throw new Error(`${saved.error.code} ${saved.error.detail}`);
  return saved.value;
}

export async function driveOff(yard: TestYard): Promise<void> {
  yard.scale.put(0);
  await yard.screen.until('scale empty again', (view) => view.lane.phase === 'zero');
}
