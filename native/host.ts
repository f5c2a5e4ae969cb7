/** The only place where the parts are put together: configuration in, running station out. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreMode } from '../station/contract.ts';
import { CameraLogins } from './cameras/http/login.ts';
import { openCameras } from './cameras/openCameras.ts';
import { openPlatformLinks, tokenOf } from './city/platformLinks.ts';
import type { Timers } from './city/timers.ts';
import { systemTimers } from './city/timers.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { inspectorLine } from './console/inspectorLine.ts';
import { watchClockSource } from './clockSource.ts';
import { Copies } from './copies/copies.ts';
import { platformHeadOf } from './copies/platformHead.ts';
import { Witnesses } from './copies/witnesses.ts';
import { Desk } from './desk/desk.ts';
import { neighboursOf } from './instruments/bus/lineNeighbour.ts';
import { InstrumentSlot } from './installer/instrumentSlot.ts';
import { KeyRing } from './keys/keyRing.ts';
import type { KeySecret } from './keys/keySecret.ts';
import { stationSecret } from './keys/keySecret.ts';
import { LiveView } from './live/liveView.ts';
import { Opened } from './opened.ts';
import type { Connection, Peer } from './peer.ts';
import { answerPeer } from './peer.ts';
import { pictureCameras, unaskedCameras } from './snapshots/pictureSources.ts';
import { SnapshotDesk } from './snapshots/snapshotDesk.ts';
import { keepRetention } from './pictures/keepRetention.ts';
import { PlateReader } from './recognition/plateReader.ts';
import { openRecogniser } from './recognition/recogniser.ts';
import type { PaperPrinter } from './printers/printer.ts';
import { paperKeeper } from './printers/filePrinter.ts';
import { lpPrinter } from './printers/lpPrinter.ts';
import { RuleBook } from './rules/ruleBook.ts';
import type { Settings } from './settings.ts';
import { defaultSettings, readSettings } from './settings.ts';
import { BeamsSlot } from './yard/beams/beamsSlot.ts';
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
  readonly keySecret?: KeySecret;
  /** Makes another secret when a person starts a new key while the old secret is out of reach. */
  readonly newKeySecret?: () => Promise<KeySecret>;
  /** Settings were written that need a new start; whoever opened the station opens it again. */
  readonly onRestart?: () => void;
  /** One line for whatever a camera sent wrong. */
  readonly log?: (line: string) => void;
  /** Passwords by the name of their variable; the environment unless a drill brings its own. */
  readonly secret?: (variable: string) => string | null;
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
  const opened = new Opened();
  try {
    return await openParts(options, opened);
  } catch (problem) {
    await opened.close().catch(() => undefined);
    throw problem;
  }
}

async function openParts(options: StationOptions, opened: Opened): Promise<Station> {
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
  // A drill shares the station's secret, and may not take its place.
  const renew = mode === 'real' ? (options.newKeySecret ?? null) : null;
  const keys = new KeyRing(
    dir,
    options.keySecret ?? stationSecret(options.dataDir),
    settings.station.id,
    renew,
  );
  const stores = openStores(dir, { station: settings.station.id, mode }, clock, settings.platform !== null);
  opened.push(() => {
    stores.close();
  });
  keys.signFor(stores);
  const witnesses = new Witnesses(stores, { station: settings.station.id, mode });
  const print: PaperPrinter | null =
    settings.papers.printer === null ? null : (options.printer ?? lpPrinter());
  const desk = new Desk({
    dir,
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

  // The last word of a run comes after everything that could still say something.
  opened.push(() => desk.copies?.close());
  opened.push(() => desk.end());
  const neighbours = neighboursOf(settings.instrument, settings.lineNeighbours);
  const instrument = new InstrumentSlot(
    settings.instrument,
    desk.indicatorListeners(),
    clock,
    neighbours.ok ? neighbours.value : [],
    (name, state) => {
      desk.onNeighbour(name, state);
    },
  );
  desk.instrument = instrument;
  opened.push(() => instrument.release());
  const beams = new BeamsSlot(
    settings.beams,
    (live, atMs) => {
      desk.onBeams(live, atMs);
    },
    clock,
  );
  desk.beams = beams;
  opened.push(() => beams.release());
  const secret = options.secret ?? ((variable: string) => process.env[variable] ?? null);
  const logins = new CameraLogins({ secret, monotonicMs: clock.monotonicMs });
  const cameras = await openCameras({
    cameras: settings.cameras,
    logins,
    listener: settings.cameraListener,
    drill: mode === 'drill',
    onPlate: (plate) => {
      desk.onPlate(plate);
    },
    onState: (cameraId, sign) => {
      desk.onCamera(cameraId, sign);
    },
    log: options.log ?? (() => undefined),
    secret,
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
  });
  desk.cameras = cameras;
  opened.push(() => cameras.close());
  const asked = pictureCameras(cameras.list, {
    logins,
    onAsked: (id, trouble) => {
      desk.onCamera(id, { kind: 'heard', trouble });
    },
  });
  const live = new LiveView({
    cameras: asked,
    settings: settings.live,
    timers: systemTimers,
    monotonicMs: clock.monotonicMs,
    log: options.log ?? (() => undefined),
  });
  desk.pictureCameras = asked;
  desk.live = live;
  opened.push(() => {
    live.close();
  });
  desk.snapshots = new SnapshotDesk(
    desk,
    asked.filter(({ place }) => place === 'scale'),
    unaskedCameras(cameras.list),
  );
  const reads = new Set(settings.cameras.filter(({ recognise }) => recognise).map(({ id }) => id));
  const plateReader =
    reads.size === 0
      ? null
      : new PlateReader({
          desk,
          cameras: asked.filter(({ camera, place }) => place === 'scale' && reads.has(camera)),
          recogniser: openRecogniser({ timers: systemTimers }),
          timers: systemTimers,
          log: options.log ?? (() => undefined),
        });
  desk.plateReader = plateReader;
  opened.push(() => plateReader?.close());
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
  openPlatformLinks(desk, opened);
  timeService?.start();
  opened.push(() => timeService?.stop());
  await copies.hear();
  desk.begin();
  // Not before: a reading is of the crossing that the last run left open, or of none.
  beams.startOwn();
  instrument.startOwn();
  copies.start();
  const retention = keepRetention(desk);
  opened.push(() => retention.stop());

  const open = (peer: Peer): Connection => {
    const connection = answerPeer(desk.handlers, peer);
    const leave = desk.watch(peer);
    return {
      receive: connection.receive,
      close: () => {
        leave();
        connection.close();
      },
    };
  };
  return {
    connect: inspectorLine(open, 'when-asked'),
    get cameraPort() {
      return cameras.pushPort();
    },
    settings,
    settingsProblem,
    desk,
    close: () => opened.close(),
  };
}
