import type {
  CallError,
  CallOutput,
  DeviceView,
  Disagreement,
  Fault,
  SavedView,
  ShiftRow,
  StationEvent,
  StationView,
  StoreMode,
  SyncView,
  WeightView,
} from '../../station/contract.ts';
import type { EventBody, WeighingBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { Lane } from '../../station/weighing/lane.ts';
import type { Reading } from '../../station/weighing/stability.ts';
import type { CameraSign, Cameras } from '../cameras/openCameras.ts';
import type { AdmittedPlate } from '../cameras/plateDoor.ts';
import { plateOffers } from '../cameras/plateOffers.ts';
import type { Clock } from '../clock.ts';
import type { Copies } from '../copies/copies.ts';
import type { Witnesses } from '../copies/witnesses.ts';
import { makeHandlers } from './handlers.ts';
import type { TransportState } from '../instruments/transport.ts';
import type { IndicatorListeners } from '../instruments/indicator.ts';
import { protocolOptions } from '../instruments/indicatorConfig.ts';
import type { PlateReader } from '../recognition/plateReader.ts';
import { registerPorts } from './lanePorts.ts';
import { openCrossingOf } from './openCrossing.ts';
import type { PaperDeskDeps } from './paperDesk.ts';
import { PaperDesk } from './paperDesk.ts';
import { Inspector } from '../inspection/inspector.ts';
import type { InstrumentSlot } from '../installer/instrumentSlot.ts';
import { loadingView } from '../loading/loadingView.ts';
import { openExits } from '../exits/exitList.ts';
import { seenAtExit } from '../exits/exitWatch.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import type { Handlers, Peer } from '../peer.ts';
import { isVoided } from '../records/amend.ts';
import { unexplainedCount } from '../records/crossings.ts';
import type { PaperPrinter } from '../printers/printer.ts';
import { disagreementReasons, obstacleFault, stationObstacles } from './obstacles.ts';
import { recordCrossing, recordWeighing } from './recorder.ts';
import { scaleSettings } from './scaleSettings.ts';
import type { LiveView } from '../live/liveView.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';
import { leftOpen } from '../snapshots/leftOpen.ts';
import type { SnapshotDesk } from '../snapshots/snapshotDesk.ts';
import { slipRelease } from '../releases/releases.ts';
import type { RuleBook } from '../rules/ruleBook.ts';
import type { Settings } from '../settings.ts';
import type { Stores } from '../store/stores.ts';

const recentRows = 8;
const checkedTail = 1000;
const silenceCheckMs = 200;
const steppedMs = 1000;
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

/** Who keeps the clock, and how far it has moved against the one that cannot be set. */
function clockDevice(clock: Clock): DeviceView {
  const source = clock.source();
  const driftMs = Math.round(clock.driftMs());
  return {
    id: 'clock',
    kind: 'clock',
    label: source,
    state: source === 'ntp' ? 'ok' : 'waiting',
    detail: `${source}, ${driftMs < 0 ? '−' : '+'}${String(Math.abs(driftMs))} ms`,
    retryInMs: null,
  };
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
  /** Who takes pictures of a weighing; put there once the desk stands. */
  snapshots: SnapshotDesk | null = null;
  /** The cameras that can be asked for pictures, and those of them that are shown live. */
  pictureCameras: readonly PictureCamera[] = [];
  live: LiveView | null = null;
  /** Who reads plates in pictures; put there where a camera's pictures are to be read. */
  plateReader: PlateReader | null = null;
  /** Anchors and backups; put there once the desk stands. */
  copies: Copies | null = null;
  readonly #watchers = new Set<Peer>();
  readonly #devices = new Map<string, DeviceView>();
  readonly #faults = new Map<Fault['code'], Fault>();
  readonly #written: (() => void)[] = [];
  readonly #shiftClosed: ((shift: ShiftRow) => void)[] = [];
  #weight: WeightView;
  #lastReadingMs: number | null = null;
  #connected = false;
  #sync: SyncView;
  #viewDue = false;
  #ended = false;
  #watchdog: NodeJS.Timeout | null = null;
  #driftMs = 0;
  /** What the indicator shows that is not what was set up. */
  #disagrees: Disagreement | null = null;

  constructor(deps: DeskDeps) {
    const { settings, clock, stores } = deps;
    this.deps = deps;
    this.#weight = {
      kind: 'none',
      why: settings.instrument === null ? 'not-configured' : 'not-connected',
      atMs: clock.nowMs(),
    };
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
      },
      {
        ...registerPorts(deps),
        obstacles: () => [...stationObstacles(deps), ...disagreementReasons(this.#disagrees)],
        record: (draft, curveText) => this.#wrote(recordWeighing(stores, draft, this.#around(), curveText)),
        crossingBegun: (body) => {
          this.append({ type: 'crossing-begun', body });
        },
        crossingClosed: (closed, curveText) => {
          this.#wrote(recordCrossing(stores, { ...closed, operator: this.operator }, curveText));
        },
      },
    );
    this.inspector = new Inspector(this, deps.dir);
    this.handlers = makeHandlers(this);
  }

  /** Checks the chain's end, writes the start into the ledger, takes up what the last run left open. */
  begin(): void {
    const { stores, settings, settingsProblem, version, clock, keys } = this.deps;
    const broken = stores.ledger.checkTail(checkedTail);
    if (broken !== null) {
      this.fault({ code: 'chain-broken', detail: `${broken.kind} ${String(broken.sequence)}` });
    }
    const isNew = stores.ledger.head.sequence === 0;
    // The key comes first: what it signs can be checked from the first event on.
    const introduced = keys.introduceFirst(stores);
    if (!introduced.ok) this.fault({ code: 'store-failed', detail: introduced.error });
    // A key the ledger does not know must not sign: better no signature than one that cannot be checked.
    stores.ledger.signWith(keys.trouble(stores) === null ? keys.signer : null);
    if (isNew) {
      this.append({ type: 'store-created', body: { stationName: settings.station.name, program: version } });
    }
    for (const own of this.deps.rules.unwritten(version)) this.append(own);
    this.deps.rules.refresh();
    const unwritten = leftOpen(stores, this.snapshots?.cameras ?? []);
    const open = openCrossingOf(stores);
    if (open !== null) this.lane.resume(open, clock.monotonicMs());
    this.append({ type: 'program-started', body: { program: version } });
    this.append({
      type: 'settings-loaded',
      body: {
        settings: settingsProblem === null ? JSON.stringify(settings).slice(0, 20_000) : null,
        problem: settingsProblem?.slice(0, 2000) ?? null,
      },
    });
    for (const taken of unwritten) this.append(taken);
    this.watchExits();
    if (settings.instrument === null) this.#device('indicator', 'indicator', 'off', '');
    for (const { id, label } of settings.cameras) {
      if (!this.#devices.has(id)) this.#device(id, 'camera', 'waiting', '', label);
    }
    this.#device(
      'printer',
      'printer',
      settings.papers.printer === null ? 'off' : 'ok',
      settings.papers.printer ?? 'PDF',
    );
    this.#driftMs = clock.driftMs();
    this.#watchdog = setInterval(() => {
      this.#watchSilence();
    }, silenceCheckMs);
  }

  async end(): Promise<void> {
    if (this.#watchdog !== null) clearInterval(this.#watchdog);
    await this.papers.idle();
    await this.snapshots?.idle();
    await this.inspector.stop();
    this.append({ type: 'program-stopped', body: {} });
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

  /** All of them or none. */
  appendAll(bodies: readonly EventBody[]): Result<null, CallError> {
    const appended = this.deps.stores.ledger.appendAll(bodies);
    if (appended.ok) return this.#wrote(ok(null));
    return this.#wrote(err({ code: 'store-failed', detail: appended.error.detail }));
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
    peer.post({ event: 'view', view: this.view() });
    peer.post({ event: 'weight', weight: this.#weight });
    peer.post({ event: 'loading', loading: loadingView(this) });
    return () => {
      this.#watchers.delete(peer);
    };
  }

  /** What to do when the indicator says something. */
  indicatorListeners(): IndicatorListeners {
    const { instrument } = this.deps.settings;
    const label = instrument === null ? '' : instrument.profile;
    return {
      onReading: (reading) => {
        this.#onReading(reading);
      },
      onState: (state) => {
        this.#connected = state.kind === 'open';
        const retryInMs = state.kind === 'down' ? state.retryInMs : null;
        const detail = state.kind === 'down' ? state.error : state.kind === 'open' ? state.detail : '';
        const shown = state.kind === 'open' ? 'ok' : state.kind === 'down' ? 'down' : 'waiting';
        this.#device('indicator', 'indicator', shown, detail, label, retryInMs);
        this.changed();
      },
      onFault: (disagrees) => {
        if (this.#disagrees !== null) this.clearFault(`indicator-${this.#disagrees.kind}`);
        this.#disagrees = disagrees;
        if (disagrees !== null) this.fault({ code: `indicator-${disagrees.kind}`, detail: disagrees.detail });
      },
      onRange: (range) => {
        // It speaks, so it is not silent; it shows no weight.
        this.#lastReadingMs = this.deps.clock.monotonicMs();
        this.#loseWeight(range === 'over' ? 'over-range' : 'under-range');
      },
    };
  }

  /** Another indicator on the lane's cable: a device of its own, and no trouble of this scale's. */
  onNeighbour(name: string, state: TransportState): void {
    const shown = state.kind === 'open' ? 'ok' : state.kind === 'down' ? 'down' : 'waiting';
    const detail = state.kind === 'down' ? state.error : state.kind === 'open' ? state.detail : '';
    const retryInMs = state.kind === 'down' ? state.retryInMs : null;
    this.#device(`neighbour ${name}`, 'neighbour', shown, detail, name, retryInMs);
    this.changed();
  }

  onPlate(admitted: AdmittedPlate): void {
    const { mode, stores, clock, settings } = this.deps;
    const { event, cameraId } = admitted;
    // A drill camera's truck must not reach a real record, nor a real truck a drill's.
    if (event.drill !== (mode === 'drill')) return;
    const camera = settings.cameras.find(({ id }) => id === cameraId);
    if (camera?.place === 'exit') {
      seenAtExit(this, admitted);
      this.watchExits();
      return;
    }
    const { late, agoMs } = admitted;
    const atMs = clock.monotonicMs() - (agoMs ?? 0);
    // History that is of nobody who stands there: counted at the camera, and that is all.
    if (late && (agoMs === null || event.plate === null || !this.lane.wantsLate(atMs))) return;
    const isOfNow = this.lane.isOfNow({ atMs, late });
    const pictures: string[] = [];
    for (const { role, bytes } of event.pictures) {
      try {
        const sha256 = stores.pictures.keep(bytes);
        pictures.push(sha256);
        const crossing = isOfNow ? this.#unnamedCrossing(event) : null;
        if (role === 'full') this.snapshots?.saw(cameraId, sha256, crossing);
      } catch (problem) {
        this.fault({ code: 'pictures-not-stored', detail: problem instanceof Error ? problem.message : '' });
      }
    }
    const [unread] = event.pictures;
    if (camera?.recognise === true && isOfNow && event.plate === null && unread !== undefined) {
      void this.plateReader?.picture(cameraId, unread.bytes);
    }
    const end = camera?.end ?? 'front';
    for (const offer of plateOffers(event, { end, pictures, atMs, late })) {
      this.lane.onPlate(offer);
    }
    this.changed();
  }

  onCamera(cameraId: string, sign: CameraSign): void {
    const label = this.deps.settings.cameras.find((camera) => camera.id === cameraId)?.label;
    const shown = shownSign(sign);
    const before = this.#devices.get(cameraId);
    // A stream that is open and silent is no news.
    if (before?.state === shown.state && before.detail === shown.detail) return;
    this.#device(cameraId, 'camera', shown.state, shown.detail, label, shown.retryInMs);
    this.changed();
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
      this.plateReader?.look(this.lane.view());
      this.#tell({ event: 'view', view: this.view() });
      this.#tell({ event: 'loading', loading: loadingView(this) });
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
      devices: [...this.#devices.values(), clockDevice(this.deps.clock)],
      sync: { ...this.#sync, waiting: stores.outbox.waitingCount(), setAside: stores.outbox.setAsideCount() },
      faults: [...stationObstacles(this.deps).map(obstacleFault), ...this.#faults.values()],
      recent: stores.passages.list({ beforeNumber: null, limit: recentRows, plate: null, outcome: null })
        .rows,
      paperForm: settings.papers.form,
      printer: settings.papers.printer,
      releases: settings.releases.enabled,
      live: (this.live?.cameras ?? []).map(({ camera, label, view }) => ({ camera, label, view })),
      unexplained: unexplainedCount(stores),
    };
  }

  #onReading(reading: Reading): void {
    this.#lastReadingMs = reading.atMs;
    const changed = this.lane.onReading(reading);
    const stable = this.lane.stable;
    this.#weight = { kind: 'live', kg: reading.kg, stable, atMs: this.deps.clock.nowMs() };
    this.#tell({ event: 'weight', weight: this.#weight });
    if (changed) this.changed();
  }

  /** Without a good frame within the stale time there is no weight: none on screen, none to save. */
  #watchSilence(): void {
    const { settings, clock } = this.deps;
    this.#watchClock();
    const { instrument } = settings;
    if (instrument === null) return;
    const now = clock.monotonicMs();
    if (this.#lastReadingMs !== null && now - this.#lastReadingMs <= instrument.staleMs) return;
    this.#loseWeight(this.#connected ? 'stale' : 'not-connected');
  }

  /** The crossing of a vehicle that nobody has named yet, when a camera could not read its plate either. */
  #unnamedCrossing({ plate, rearPlate }: AdmittedPlate['event']): string | null {
    if (plate !== null || rearPlate !== null) return null;
    const { truck, saved, crossingId } = this.lane.view();
    return truck === null && saved === null ? crossingId : null;
  }

  /** Shown for a day or until somebody explains it, and listed for ever. */
  watchExits(): void {
    const { stores, clock } = this.deps;
    const count = openExits(stores.db, clock.nowMs() - dayMs);
    if (count > 0) this.fault({ code: 'left-without-leave', detail: String(count) });
    else this.clearFault('left-without-leave');
  }

  /** The wall clock jumped against the one that cannot: written down at once, whoever moved it. */
  #watchClock(): void {
    const { clock } = this.deps;
    const byMs = Math.round(clock.driftMs() - this.#driftMs);
    // A clock that is only slewed moves by far less between two looks.
    this.#driftMs = clock.driftMs();
    if (Math.abs(byMs) > steppedMs) this.append({ type: 'clock-stepped', body: { byMs } });
  }

  #loseWeight(why: Extract<WeightView, { kind: 'none' }>['why']): void {
    const { clock } = this.deps;
    if (this.#weight.kind === 'none' && this.#weight.why === why) return;
    this.lane.onSilence();
    this.#weight = { kind: 'none', why, atMs: clock.nowMs() };
    this.#tell({ event: 'weight', weight: this.#weight });
    this.changed();
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
      for (const tell of this.#written) tell();
    } else if (result.error.code === 'store-failed') {
      this.fault({ code: 'store-failed', detail: result.error.detail });
    }
    this.changed();
    return result;
  }

  #device(
    id: string,
    kind: DeviceView['kind'],
    state: DeviceView['state'],
    detail: string,
    label = '',
    retryInMs: number | null = null,
  ): void {
    this.#devices.set(id, { id, kind, state, detail, label, retryInMs });
  }

  #tell(event: StationEvent): void {
    for (const peer of this.#watchers) peer.post(event);
  }
}

function shownSign(sign: CameraSign): Pick<DeviceView, 'state' | 'detail' | 'retryInMs'> {
  if (sign.kind === 'down') return { state: 'down', detail: sign.detail, retryInMs: sign.retryInMs };
  const trouble = sign.kind === 'heard' ? sign.trouble : null;
  return { state: trouble === null ? 'ok' : 'waiting', detail: trouble ?? '', retryInMs: null };
}
