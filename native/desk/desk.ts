import type {
  CallError,
  CallOutput,
  Fault,
  SavedView,
  ShiftRow,
  StationEvent,
  StationView,
  StoreMode,
  SyncView,
} from '../../station/contract.ts';
import type { EventBody, WeighingBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { licencesAsked } from '../../station/limits/licenceConcerns.ts';
import { Lane } from '../../station/weighing/lane.ts';
import type { CameraSign, Cameras } from '../cameras/openCameras.ts';
import type { AdmittedPlate } from '../cameras/plateDoor.ts';
import type { Clock } from '../clock.ts';
import type { Copies } from '../copies/copies.ts';
import type { Witnesses } from '../copies/witnesses.ts';
import { ClockWatch } from './clockWatch.ts';
import { DeviceBoard } from './deviceBoard.ts';
import { makeHandlers } from './handlers.ts';
import { LiveWeight } from './liveWeight.ts';
import { openBooks } from './opening.ts';
import { plateArrived } from './plateArrived.ts';
import type { TransportState } from '../instruments/transport.ts';
import type { IndicatorListeners } from '../instruments/indicator.ts';
import { protocolOptions } from '../instruments/indicatorConfig.ts';
import type { PlateReader } from '../recognition/plateReader.ts';
import { registerPorts } from './lanePorts.ts';
import type { PaperDeskDeps } from './paperDesk.ts';
import { PaperDesk } from './paperDesk.ts';
import { Inspector } from '../inspection/inspector.ts';
import type { InstrumentSlot } from '../installer/instrumentSlot.ts';
import { loadingView } from '../loading/loadingView.ts';
import { openExits } from '../exits/exitList.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import type { Handlers, Peer } from '../peer.ts';
import { isVoided } from '../records/amend.ts';
import { unexplainedCount } from '../records/crossings.ts';
import type { PaperPrinter } from '../printers/printer.ts';
import { disagreementReasons, obstacleFault, stationObstacles } from './obstacles.ts';
import { recordCrossing, recordWeighing } from './recorder.ts';
import { scaleSettings } from './scaleSettings.ts';
import { LatePlates } from '../latePlates/latePlates.ts';
import { StoreWatch, withoutStore } from './storeWatch.ts';
import type { LiveView } from '../live/liveView.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';
import type { SnapshotDesk } from '../snapshots/snapshotDesk.ts';
import { slipRelease } from '../releases/releases.ts';
import type { RuleBook } from '../rules/ruleBook.ts';
import type { Settings } from '../settings.ts';
import type { BeamsLive } from '../yard/beams/beamDevice.ts';
import { beamOptions } from '../yard/beams/beamsOfLane.ts';
import type { BeamsSlot } from '../yard/beams/beamsSlot.ts';
import type { Stores } from '../store/stores.ts';

const recentRows = 8;
const silenceCheckMs = 200;
const dayMs = 86_400_000;

export interface DeskDeps {
  /** Where the store lies. */
  readonly dir: string;
  readonly settings: Settings;
  readonly settingsProblem: string | null;
  readonly mode: StoreMode;
  readonly version: string;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly rules: RuleBook;
  readonly keys: KeyRing;
  readonly witnesses: Witnesses;
  readonly keepPaper: PaperDeskDeps['keep'];
  readonly print: PaperPrinter | null;
  /** Where the installer's choice is written. */
  readonly settingsFile: string;
  /** Starts the station anew with the settings as they are in the file now. */
  readonly restart: () => void;
}

/** The scale house's desk: readings, plates and keys come in; records, papers and views go out. */
export class Desk {
  readonly handlers: Handlers;
  readonly papers: PaperDesk;
  readonly lane: Lane;
  readonly deps: DeskDeps;
  readonly inspector: Inspector;
  operator: string | null = null;
  /** What is served to browsers; put there by whoever serves it. */
  console: CallOutput<'console.get'>['console'] = null;
  /** Put there once they are open. */
  cameras: Cameras | null = null;
  /** Where the instrument is plugged in; put there once the desk stands. */
  instrument: InstrumentSlot | null = null;
  /** Where the light barriers are plugged in; put there once the desk stands. */
  beams: BeamsSlot | null = null;
  /** Who takes pictures of a weighing; put there once the desk stands. */
  snapshots: SnapshotDesk | null = null;
  /** The cameras that can be asked for pictures, and those of them that are shown live. */
  pictureCameras: readonly PictureCamera[] = [];
  live: LiveView | null = null;
  /** Who reads plates in pictures; put there where a camera's pictures are to be read. */
  plateReader: PlateReader | null = null;
  /** Anchors and backups; put there once the desk stands. */
  copies: Copies | null = null;
  readonly latePlates = new LatePlates(this);
  readonly #watchers = new Set<Peer>();
  readonly #devices: DeviceBoard;
  readonly #clockWatch: ClockWatch;
  readonly #weight: LiveWeight;
  readonly #faults = new Map<Fault['code'], Fault>();
  readonly #written: (() => void)[] = [];
  readonly #shiftClosed: ((shift: ShiftRow) => void)[] = [];
  readonly #storeWatch = new StoreWatch(this);
  /** What screens were told last. */
  #shown: StationView | null = null;
  #sync: SyncView;
  #viewDue = false;
  #ended = false;
  #watchdog: NodeJS.Timeout | null = null;

  constructor(deps: DeskDeps) {
    const { settings, clock, stores } = deps;
    this.deps = deps;
    this.#devices = new DeviceBoard(clock);
    this.#clockWatch = new ClockWatch(clock);
    this.#sync = {
      state: settings.platform === null ? 'off' : 'sending',
      waiting: 0,
      setAside: 0,
      lastDeliveredAtMs: stores.outbox.lastDeliveredMs(),
      lastError: null,
    };
    this.papers = new PaperDesk({
      ledger: stores.ledger,
      passages: stores.passages,
      stationName: settings.station.name,
      drill: deps.mode === 'drill',
      form: settings.papers.form,
      printerName: settings.papers.printer,
      keep: deps.keepPaper,
      print: deps.print,
      operator: () => this.operator,
      release: (number) => slipRelease(stores, number),
      validHours: settings.papers.validHours,
      signer: () => (deps.keys.trouble(stores) === null ? deps.keys.signer : null),
      voided: (number) => isVoided(stores, number),
    });
    this.lane = new Lane(
      {
        name: settings.lane.name,
        scale: scaleSettings(settings),
        tareValidDays: settings.lane.weighing.tareValidDays,
        tareRequired: settings.lane.weighing.tareRequired,
        plateAheadMs: settings.lane.weighing.plateAheadMs,
        curve: settings.lane.weighing.curve,
        beams: beamOptions(settings.beams),
      },
      {
        ...registerPorts(deps),
        obstacles: () => [...stationObstacles(deps), ...disagreementReasons(this.#weight.disagrees)],
        record: (draft, curveText) => {
          const recorded = this.#wrote(recordWeighing(stores, draft, this.#around(), curveText));
          this.latePlates.settle();
          return recorded;
        },
        crossingBegun: (body) => {
          this.note({ type: 'crossing-begun', body });
        },
        crossingClosed: (closed, curveText) => {
          this.#wrote(recordCrossing(stores, { ...closed, operator: this.operator }, curveText));
          this.latePlates.settle();
        },
      },
    );
    this.#weight = new LiveWeight({
      settings,
      clock,
      lane: this.lane,
      tell: (weight) => {
        this.#tell({ event: 'weight', weight });
      },
      changed: () => {
        this.changed();
      },
      fault: (fault) => {
        this.fault(fault);
      },
      clearFault: (code) => {
        this.clearFault(code);
      },
    });
    this.inspector = new Inspector(this, deps.dir);
    this.handlers = makeHandlers(this);
  }

  begin(): void {
    openBooks(this);
    this.watchExits();
    this.#devices.expect(this.deps.settings);
    this.#watchdog = setInterval(() => {
      this.guard(() => {
        this.#weight.watchSilence();
      });
      const byMs = this.#clockWatch.steppedMs();
      if (byMs !== 0) this.note({ type: 'clock-stepped', body: { byMs } });
      this.#storeWatch.look();
    }, silenceCheckMs);
  }

  async end(): Promise<void> {
    await this.papers.idle();
    await this.snapshots?.idle();
    await this.inspector.stop();
    // A run that never began has no end to write down.
    if (this.#watchdog !== null) {
      clearInterval(this.#watchdog);
      this.append({ type: 'program-stopped', body: {} });
    }
    this.#ended = true;
    this.#watchers.clear();
  }

  /** Appends to the ledger; a store that refuses is a fault everyone sees, never a crash. */
  append(body: EventBody): Result<null, CallError> {
    const appended = this.deps.stores.ledger.append(() => body);
    if (!appended.ok) {
      this.fault({ code: 'store-failed', detail: appended.error.detail });
      return err({ code: 'store-failed', detail: appended.error.detail });
    }
    return this.#wrote(ok(null));
  }

  /** Writes down what has happened; what the disk refuses is kept and written once it takes it. */
  note(body: EventBody): void {
    const noted = this.deps.stores.ledger.appendOrKeep(() => body);
    this.#wrote(noted.ok ? ok(null) : err({ code: 'store-failed', detail: noted.error.detail }));
  }

  /** All of them or none. */
  appendAll(bodies: readonly EventBody[]): Result<null, CallError> {
    const appended = this.deps.stores.ledger.appendAll(bodies);
    if (appended.ok) return this.#wrote(ok(null));
    return this.#wrote(err({ code: 'store-failed', detail: appended.error.detail }));
  }

  /** For what reads the store when nobody asked: one that cannot be read is a fault everyone sees, never a crash. */
  guard(work: () => void): void {
    this.#storeWatch.guard(work, () => undefined);
  }

  onWritten(tell: () => void): void {
    this.#written.push(tell);
  }

  /** For whoever lays the chain's head down outside when a shift ends. */
  onShiftClosed(tell: (shift: ShiftRow) => void): void {
    this.#shiftClosed.push(tell);
  }

  shiftClosed(shift: ShiftRow): void {
    for (const tell of this.#shiftClosed) tell(shift);
  }

  /** After the answer is on its way: whoever asked should hear that it worked. */
  restart(): void {
    setImmediate(this.deps.restart);
  }

  wakeSync(): void {
    this.#wrote(ok(null));
  }

  watch(peer: Peer): () => void {
    this.#watchers.add(peer);
    this.#tellView([peer]);
    peer.post({ event: 'weight', weight: this.#weight.view });
    return () => {
      this.#watchers.delete(peer);
    };
  }

  /** What to do when the indicator says something. */
  indicatorListeners(): IndicatorListeners {
    const { listeners } = this.#weight;
    return {
      ...listeners,
      onReading: (reading) => {
        this.guard(() => {
          listeners.onReading(reading);
        });
      },
      onState: (state) => {
        listeners.onState(state);
        this.#devices.indicator(this.deps.settings.instrument?.profile ?? '', state);
        this.changed();
      },
    };
  }

  onNeighbour(name: string, state: TransportState): void {
    this.#devices.neighbour(name, state);
    this.changed();
  }

  onBeams(live: BeamsLive, atMs: number): void {
    this.lane.onBeams(live.beams, atMs);
    this.#devices.beams(live);
    this.changed();
  }

  onPlate(admitted: AdmittedPlate): void {
    this.guard(() => {
      plateArrived(this, admitted);
    });
  }

  onCamera(cameraId: string, sign: CameraSign): void {
    const label = this.deps.settings.cameras.find((camera) => camera.id === cameraId)?.label ?? '';
    if (this.#devices.camera(cameraId, label, sign)) this.changed();
  }

  onSync(state: Pick<SyncView, 'state' | 'lastError' | 'lastDeliveredAtMs'>): void {
    this.#sync = { ...this.#sync, ...state };
    this.changed();
  }

  /** Saves and, when the stored decision permits a paper, prints it. The record stands either way. */
  async save(crossingId: string): Promise<Result<SavedView, CallError>> {
    const before = this.lane.view().saved;
    const saved = this.lane.save(crossingId);
    if (!saved.ok) return saved;
    if (before === null) this.snapshots?.take(saved.value.number, crossingId);
    if (before === null && saved.value.paper !== null) await this.print(saved.value.number);
    this.changed();
    return saved;
  }

  async print(number: number): Promise<Result<{ copy: number }, CallError>> {
    const issued = await this.papers.issue(number);
    this.#wrote(ok(null));
    if (!issued.ok) {
      if (issued.error.code === 'store-failed')
        this.fault({ code: 'paper-not-printed', detail: issued.error.detail });
      return issued;
    }
    if (issued.value.failure !== null) {
      this.fault({ code: 'paper-not-printed', detail: issued.value.failure });
      return err({ code: 'print-failed', detail: issued.value.failure });
    }
    this.#faults.delete('paper-not-printed');
    this.changed();
    return ok({ copy: issued.value.copy });
  }

  clearFault(code: Fault['code']): void {
    if (this.#faults.delete(code)) this.changed();
  }

  fault(fault: Fault): void {
    this.#faults.set(fault.code, fault);
    this.changed();
  }

  /** Tells every screen, once for everything that changed in this turn. */
  changed(): void {
    if (this.#viewDue) return;
    this.#viewDue = true;
    setImmediate(() => {
      if (this.#ended) return;
      this.#viewDue = false;
      this.guard(() => {
        this.plateReader?.look(this.lane.view());
      });
      this.#tellView([...this.#watchers]);
    });
  }

  view(): StationView {
    const { settings, mode, version, stores } = this.deps;
    return {
      station: settings.station,
      mode,
      version,
      operator: this.operator,
      lane: this.lane.view(),
      devices: [...this.#devices.views()],
      sync: { ...this.#sync, waiting: stores.outbox.waitingCount(), setAside: stores.outbox.setAsideCount() },
      faults: [...stationObstacles(this.deps).map(obstacleFault), ...this.#faults.values()],
      recent: stores.passages.list({ beforeNumber: null, limit: recentRows, plate: null, outcome: null })
        .rows,
      paperForm: settings.papers.form,
      printer: settings.papers.printer,
      releases: settings.releases.enabled,
      licencesAsked: licencesAsked(settings.decision),
      live: (this.live?.cameras ?? []).map(({ camera, label, view }) => ({ camera, label, view })),
      unexplained: unexplainedCount(stores),
    };
  }

  /** Shown for a day or until somebody explains it, and listed for ever. */
  watchExits(): void {
    const { stores, clock } = this.deps;
    const count = openExits(stores.db, clock.nowMs() - dayMs);
    if (count > 0) this.fault({ code: 'left-without-leave', detail: String(count) });
    else this.clearFault('left-without-leave');
  }

  #around(): Pick<WeighingBody, 'instrument' | 'operator'> {
    const { instrument } = this.deps.settings;
    if (instrument === null) throw new Error('A weighing without an instrument');
    const { minKg, maxKg } = scaleSettings(this.deps.settings);
    return {
      instrument: {
        profile: instrument.profile,
        options: JSON.stringify(protocolOptions(instrument)),
        unit: instrument.unit,
        divisionKg: instrument.divisionKg,
        minKg,
        maxKg,
        verificationExpires: instrument.verificationExpires ?? null,
      },
      operator: this.operator,
    };
  }

  #wrote<T>(result: Result<T, CallError>): Result<T, CallError> {
    if (result.ok) {
      if (this.deps.stores.ledger.refusal === null) this.#faults.delete('store-failed');
      for (const tell of this.#written) tell();
    } else if (result.error.code === 'store-failed') {
      this.fault({ code: 'store-failed', detail: result.error.detail });
    }
    this.changed();
    return result;
  }

  #tellView(peers: readonly Peer[]): void {
    this.#shown = this.#storeWatch.guard<StationView | null>(
      () => this.view(),
      () => withoutStore(this.#shown, [...this.#faults.values()]),
    );
    // The view goes first: a window that hears of loading alone takes itself for a loader's telephone.
    if (this.#shown !== null) for (const peer of peers) peer.post({ event: 'view', view: this.#shown });
    this.guard(() => {
      const loading = loadingView(this);
      for (const peer of peers) peer.post({ event: 'loading', loading });
    });
  }

  #tell(event: StationEvent): void {
    for (const peer of this.#watchers) peer.post(event);
  }
}
