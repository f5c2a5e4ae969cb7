/** The only place where the parts are put together: configuration in, running station out. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreMode } from '../station/contract.ts';
import { listenForPushes } from './cameras/pushListener.ts';
import type { Timers } from './city/timers.ts';
import { systemTimers } from './city/timers.ts';
import { createPlatformClient } from './city/platformClient.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { watchClockSource } from './clockSource.ts';
import { Copies } from './copies/copies.ts';
import { platformHeadOf } from './copies/platformHead.ts';
import { Witnesses } from './copies/witnesses.ts';
import { Desk } from './desk/desk.ts';
import { InstrumentSlot } from './installer/instrumentSlot.ts';
import { KeyRing } from './keys/keyRing.ts';
import { keySecret } from './keys/keySecret.ts';
import type { Connection, Peer } from './peer.ts';
import { answerPeer } from './peer.ts';
import type { PaperPrinter } from './printers/printer.ts';
import { paperKeeper } from './printers/filePrinter.ts';
import { lpPrinter } from './printers/lpPrinter.ts';
import { watchRules } from './rules/fetchRules.ts';
import { loadRules } from './rules/loadRules.ts';
import { RuleBook } from './rules/ruleBook.ts';
import type { Settings } from './settings.ts';
import { defaultSettings, readSettings } from './settings.ts';
import { openStores } from './store/stores.ts';

export const programVersion = '0.1.0';

export interface StationOptions {
  /** Holds `yuanheng.db`, `pictures/` and `papers/`; a drill keeps all of it under `drill/`. */
  readonly dataDir: string;
  readonly configFile?: string;
  readonly mode?: StoreMode;
  /** Settings made by the caller, for a drill whose devices are simulated. */
  readonly settings?: Settings;
  /** The desktop's system printing; without it papers go to CUPS. */
  readonly printer?: PaperPrinter;
  readonly clock?: Clock;
  /** What anchors and backups wait with. */
  readonly timers?: Timers;
  /** What the station's key is encrypted with; without one it comes from the account this runs under. */
  readonly keySecret?: string;
  /** Settings were written that need a new start; whoever opened the station opens it again. */
  readonly onRestart?: () => void;
}

export interface Station {
  readonly connect: (peer: Peer) => Connection;
  /** Where cameras push to, when any is configured. */
  readonly cameraPort: number | null;
  readonly settings: Settings;
  /** Null when the settings file parsed. */
  readonly settingsProblem: string | null;
  readonly desk: Desk;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store and starts the devices. A settings file that does not parse starts the station all
 * the same, where it decides nothing and says why.
 * Throws when the store can't be opened: without a ledger there is no station.
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const timeService = options.clock === undefined ? watchClockSource() : null;
  const clock = options.clock ?? systemClock(timeService?.source);
  const mode = options.mode ?? 'real';
  const settingsFile = options.configFile ?? join(options.dataDir, 'config.json');
  // Named or not: what the installer saved beside the records is what the station runs on.
  const named = options.configFile !== undefined || existsSync(settingsFile);
  const read = options.settings === undefined && named ? readSettings(settingsFile) : null;
  const settings = options.settings ?? (read?.ok === true ? read.value : defaultSettings);
  const settingsProblem = read !== null && !read.ok ? read.error : null;
  const dir = mode === 'drill' ? join(options.dataDir, 'drill') : options.dataDir;

  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keys = new KeyRing(dir, options.keySecret ?? keySecret(), settings.station.id);
  const stores = openStores(dir, { station: settings.station.id, mode }, clock, settings.platform !== null);
  keys.signFor(stores);
  const witnesses = new Witnesses(stores, { station: settings.station.id, mode });
  const print: PaperPrinter | null =
    settings.papers.printer === null ? null : (options.printer ?? lpPrinter());
  const desk = new Desk({
    settings,
    settingsProblem,
    mode,
    version: programVersion,
    clock,
    stores,
    rules: new RuleBook(stores.ruleSets),
    keys,
    witnesses,
    keepPaper: paperKeeper(join(dir, 'papers')),
    print,
    settingsFile,
    restart: options.onRestart ?? (() => undefined),
  });

  const instrument = new InstrumentSlot(settings.instrument, desk.indicatorListeners(), clock);
  desk.instrument = instrument;
  instrument.startOwn();
  const pushes =
    settings.cameras.length === 0
      ? null
      : await listenForPushes({
          ...settings.cameraListener,
          cameras: settings.cameras,
          onEvent: ({ cameraId, event }) => {
            desk.onPlate(cameraId, event);
          },
          onHeard: (cameraId, what) => {
            desk.onCameraHeard(cameraId, what);
          },
          monotonicMs: clock.monotonicMs,
        });
  const { platform } = settings;
  const copies = new Copies({
    desk,
    dir,
    timers: options.timers ?? systemTimers,
    platformHead:
      platform === null
        ? null
        : platformHeadOf(
            { baseUrl: platform.url, stationId: settings.station.id, token: tokenOf(platform) },
            systemTimers,
          ),
  });
  desk.copies = copies;
  const client =
    platform === null
      ? null
      : createPlatformClient({
          baseUrl: platform.url,
          stationId: settings.station.id,
          token: tokenOf(platform),
          outbox: stores.outbox,
          nowMs: clock.nowMs,
          lastDeliveredAtMs: stores.outbox.lastDeliveredMs(),
          onState: (state) => {
            desk.onSync(state);
          },
        });
  const rulesWatch =
    platform?.rules === true
      ? watchRules({ baseUrl: platform.url, token: tokenOf(platform) }, (text) =>
          loadRules(desk, text, 'platform'),
        )
      : null;
  desk.onWritten(() => client?.wake());
  timeService?.start();
  await copies.hear();
  desk.begin();
  copies.start();

  return {
    connect: (peer) => {
      const connection = answerPeer(desk.handlers, peer);
      const leave = desk.watch(peer);
      return {
        receive: connection.receive,
        close: () => {
          leave();
          connection.close();
        },
      };
    },
    cameraPort: pushes?.port ?? null,
    settings,
    settingsProblem,
    desk,
    close: async () => {
      timeService?.stop();
      await instrument.release();
      await pushes?.close();
      rulesWatch?.stop();
      await client?.stop();
      await desk.end();
      await copies.close();
      stores.close();
    },
  };
}

/** The token is in the environment, and nowhere else. */
function tokenOf(platform: NonNullable<Settings['platform']>): string | null {
  return platform.tokenVariable === null ? null : (process.env[platform.tokenVariable] ?? null);
}
