import type { CallError, LanePhase, LaneView, SavedView, WeighingKind } from '../contract.ts';
import type { CrossingOutcome } from '../ledger/event.ts';
import type { DecisionCase } from '../limits/case.ts';
import type { Decision, Reason } from '../limits/decision.ts';
import { judge } from '../limits/judge.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import type { Load } from '../vehicles/load.ts';
import { readPlate } from '../vehicles/plate.ts';
import { nextStep, statedWhere } from './assess.ts';
import type { AxleLoads } from './axleLoads.ts';
import { checkAxleLoads } from './axleLoads.ts';
import type { BeamView } from './beams.ts';
import { Beams } from './beams.ts';
import { buildCase } from './buildCase.ts';
import type { StatedNow } from './currentVisit.ts';
import { CurrentVisit } from './currentVisit.ts';
import { Curve } from './curve.ts';
import type { CurveFlag } from './curveFlags.ts';
import { curveFlags } from './curveFlags.ts';
import { truckView } from './laneView.ts';
import { momentsAfter } from './moments.ts';
import type { LaneOptions, LanePorts, OpenCrossing } from './ports.ts';
import type { Crossing, EndedCrossing, Rest, Scale } from './scale.ts';
import { emptyScale, forgetZero, loseWeight, restsOffZero, stepScale } from './scale.ts';
import type { Reading } from './stability.ts';
import type { Identity, PlateOffer, RecognisedPlate } from './visit.ts';
import { isUnplated, unplatedMark } from './visit.ts';

/** A truck cannot leave the deck and another stand on it within this time of silence. */
const swapTimeMs = 15_000;
const framesBetweenFlags = 50;
/** A line that comes and goes is told so often in one crossing. */
const mostBreaks = 5;
/** A beam that flickers leaves room for what else happens. */
const mostBeamMoments = 12;
const mostFlags = 20;

/** One lane: from the first kilogram to the empty scale. Weights kg, reading times monotonic ms. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #ports: LanePorts;
  #scale: Scale = emptyScale;
  readonly #visit: CurrentVisit;
  #curve = new Curve();
  #savedDecision: Decision | null = null;
  #flagged: { readonly frames: number; readonly flags: readonly CurveFlag[] } = { frames: 0, flags: [] };
  #live = false;
  readonly #beams: Beams;
  /** When the last frame came. */
  #heardAtMs: number | null = null;
  /** Whether the crossing under way is written down as begun. */
  #begun = false;

  constructor(options: LaneOptions, ports: LanePorts) {
    this.#options = options;
    this.#ports = ports;
    this.#visit = new CurrentVisit(options, ports);
    this.#beams = new Beams(options.beams);
  }

  /**
   * Takes up a crossing the program stopped in: one that was weighed is not weighed twice, one that was not is
   * closed unexplained when the scale turns out empty.
   */
  resume(open: OpenCrossing, atMs: number): void {
    const { crossingId, stored, peakKg } = open;
    this.#scale = {
      ...emptyScale,
      crossing: { id: crossingId, startedAtMs: atMs, from: 'unknown', peakKg },
      motion: 'settling',
    };
    this.#begun = true;
    this.#visit.note({ interrupted: true });
    if (stored === null) return;
    const { saved, identity, facts } = stored;
    this.#visit.note({ saved, identity, facts });
    this.#savedDecision = stored.decision;
  }

  /** Returns true when more than the weight itself changed. */
  onReading(reading: Reading): boolean {
    const before = {
      ...this.#scale,
      live: this.#live,
      kg: this.#scale.window.at(-1)?.kg,
      empty: this.#emptyShown(),
    };
    if (
      this.#heardAtMs !== null &&
      reading.atMs - this.#heardAtMs > swapTimeMs &&
      this.#visit.now.saved === null
    ) {
      this.#scale = forgetZero(this.#scale);
      this.#visit.clear(reading.atMs);
      this.#visit.note({ interrupted: true });
    }
    this.#heardAtMs = reading.atMs;
    if (!this.#live) this.#noteBreak('line-back', reading.atMs);
    this.#live = true;
    const empty = this.#scale.crossing === null ? this.#scale.window : [];
    const step = stepScale(this.#scale, reading, this.#options.scale, this.#ports.newId);
    this.#scale = step.scale;
    if (step.closed !== null) {
      if (step.closed.to === 'zero') this.#curve.add(reading);
      this.#close(step.closed, reading);
    }
    if (step.started !== null) this.#begin(reading, empty);
    if (this.#scale.crossing !== null) this.#curve.add(reading);
    this.#noteBegun();
    if (before.motion !== 'stable' && this.#scale.motion === 'stable') {
      this.#visit.moment('stable', reading.atMs, `${String(reading.kg)} kg`);
    }
    return (
      !before.live ||
      before.crossing?.id !== this.#scale.crossing?.id ||
      before.motion !== this.#scale.motion ||
      before.crossing?.from !== this.#scale.crossing?.from ||
      before.empty !== this.#emptyShown() ||
      (this.#scale.motion === 'stable' && before.kg !== reading.kg)
    );
  }

  /** The scale fell silent: there is no weight, and no stable one either. */
  onSilence(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#noteBreak('line-lost', this.#nowMs());
    this.#scale = loseWeight(this.#scale);
    if (this.#scale.crossing !== null) this.#visit.note({ interrupted: true });
  }

  /** What the light barriers across the deck say now. Time monotonic ms. Returns whether anything changed. */
  onBeams(beams: readonly BeamView[], atMs: number): boolean {
    const changes = this.#beams.see(beams, atMs);
    for (const { what, place } of changes) {
      const told = this.#visit.now.moments.filter((moment) => moment.what.startsWith('beam-')).length;
      if (this.#scale.crossing !== null && told < mostBeamMoments) this.#visit.moment(what, atMs, place);
    }
    return changes.length > 0;
  }

  onPlate(offer: PlateOffer): void {
    this.#visit.offer(offer, this.#scale.crossing !== null);
  }

  /** Whether what a camera saw then is of who stands there now or comes next. Monotonic ms. */
  isOfNow(seen: Pick<PlateOffer, 'atMs' | 'late'>): boolean {
    return this.#visit.isOfNow(seen);
  }

  /** Whether a plate that comes so late would be put to a person. Monotonic ms. */
  wantsLate(atMs: number): boolean {
    return this.#visit.wantsLate(atMs);
  }

  /** A plate read in a picture of the vehicle of this crossing; of another one it is nothing. */
  onRecognised(crossingId: string, read: RecognisedPlate): void {
    if (this.#scale.crossing?.id === crossingId) this.#visit.recognised(read);
  }

  enterPlate(
    crossingId: string,
    identity: Pick<Identity, 'plate' | 'colour' | 'wellFormed'>,
  ): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    if (!identity.wellFormed) return err({ code: 'plate-malformed', detail: identity.plate });
    this.#visit.identify({ ...identity, source: 'operator' });
    this.#visit.moment('entered', this.#nowMs(), identity.plate);
    return ok(null);
  }

  /** A person states that the vehicle carries no plate at all: it can be recorded, and refused. */
  stateUnplated(crossingId: string): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    this.#visit.identify({ plate: unplatedMark, colour: 'other', wellFormed: false, source: 'operator' });
    return ok(null);
  }

  /** The trailer behind the tractor on the scale; an empty plate takes it away. */
  enterTrailer(crossingId: string, typed: string): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    const read = readPlate(typed);
    if (read !== null && !read.wellFormed) return err({ code: 'plate-malformed', detail: typed });
    this.#visit.stateTrailer(read?.text ?? null);
    return ok(null);
  }

  /** The plate a person sees at the rear; an empty one leaves it to the camera again. */
  enterRear(crossingId: string, typed: string): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    const read = readPlate(typed);
    if (read !== null && !read.wellFormed) return err({ code: 'plate-malformed', detail: typed });
    this.#visit.note({ rearStated: read?.text ?? null });
    if (read !== null) this.#visit.moment('entered', this.#nowMs(), read.text);
    return ok(null);
  }

  /** What its axles were weighed at; null takes that back. */
  stateAxleLoads(crossingId: string, stated: AxleLoads | null): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    const checked =
      stated === null
        ? ok(null)
        : checkAxleLoads(stated, this.#visit.now.facts?.axles ?? null, this.#stable()?.kg ?? null);
    if (!checked.ok) return checked;
    this.#visit.note({ axleLoads: checked.value });
    return ok(null);
  }

  stateLoad(crossingId: string, load: Load): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    this.#visit.note({ load, loadConfirmed: true });
    return ok(null);
  }

  /** What stands there is not a truck to weigh: test weights, a loader crossing, cleaning. `note` says which. */
  stateMaintenance(crossingId: string, note: string): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    this.#visit.note({ maintenance: note });
    return ok(null);
  }

  chooseKind(crossingId: string, kind: WeighingKind): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    this.#visit.note({ chosenKind: kind });
    return ok(null);
  }

  /** The register changed: the vehicle on the scale may be known now, or known otherwise. */
  registerChanged(statedNow: StatedNow | null): void {
    this.#visit.registerChanged(statedNow);
  }

  /**
   * The one key: the stable weight of the identified vehicle becomes a stored weighing.
   * Pressed again in the same crossing it returns the same record and writes nothing.
   */
  save(crossingId: string): Result<SavedView, CallError> {
    const { crossing, window } = this.#scale;
    if (crossing?.id !== crossingId) return err({ code: 'crossing-is-over', detail: crossingId });
    const visit = this.#visit.now;
    if (visit.saved !== null) return ok(visit.saved);
    const reading = this.#stable();
    if (reading === null) return err({ code: this.#live ? 'not-stable' : 'scale-not-ready', detail: '' });
    const { identity } = visit;
    if (identity === null) return err({ code: 'plate-missing', detail: '' });
    const kind = this.#kind();
    const ask = this.#visit.ask();
    if (kind === 'gross' && ask.length > 0) return err({ code: 'vehicle-unknown', detail: ask.join(', ') });
    const [obstacle] = this.#obstacles(reading, crossing);
    if (kind === 'tare' && obstacle !== undefined)
      return err({ code: 'scale-not-ready', detail: obstacle.code });
    if (visit.maintenance !== null)
      return err({ code: 'crossing-is-maintenance', detail: visit.maintenance });
    if (kind === 'tare' && isUnplated(identity)) return err({ code: 'plate-missing', detail: '' });
    const tare = this.#visit.tare();
    const usable = kind === 'gross' && tare?.valid === true ? tare : null;
    const flags = this.#flags(crossing, true);
    const case_ = kind === 'gross' ? this.#case(reading, identity, crossing) : null;
    const decision = case_ === null ? null : judge(case_, this.#ports.ruleSets());
    const recorded = this.#ports.record(
      {
        crossingId,
        lane: this.#options.name,
        kind,
        plate: identity.plate,
        colour: identity.colour,
        plateSource: identity.source,
        cameraPlate: visit.cameraPlate,
        facts: visit.facts ?? unknownFacts,
        factsSource: visit.factsSource,
        weighedKg: reading.kg,
        grossKg: kind === 'gross' ? reading.kg : null,
        tareKg: kind === 'tare' ? reading.kg : (usable?.kg ?? null),
        tareNumber: usable?.number ?? null,
        netKg: usable === null ? null : reading.kg - usable.kg,
        decision,
        case: case_,
        trailerPlate: visit.trailerPlate,
        load: visit.load,
        attempt: kind === 'gross' ? visit.attempt : null,
        curveFlags: [...flags],
        moments: momentsAfter(
          [...visit.moments, { what: 'saved', atMs: reading.atMs, detail: `${String(reading.kg)} kg` }],
          crossing.startedAtMs,
        ),
        pictures: visit.pictures,
        frames: window.map(({ raw }) => raw),
      },
      this.#curve.text(crossing.startedAtMs),
    );
    if (!recorded.ok) return recorded;
    const outcome = decision?.outcome ?? null;
    const paper = outcome === 'allow' ? 'slip' : outcome === 'refuse' ? 'refusal' : null;
    const saved: SavedView = { number: recorded.value, kind, outcome, paper };
    this.#visit.note({ saved, chosenKind: kind });
    this.#savedDecision = decision;
    return ok(saved);
  }

  get stable(): boolean {
    return this.#stable() !== null;
  }

  view(): LaneView {
    const { crossing } = this.#scale;
    const visit = this.#visit.now;
    const reading = this.#stable();
    const kind = this.#kind();
    const ask = this.#visit.ask();
    const { identity } = visit;
    const previews = crossing !== null && reading !== null && kind === 'gross' && ask.length === 0;
    const decision =
      visit.saved !== null
        ? this.#savedDecision
        : previews && identity !== null
          ? judge(this.#case(reading, identity, crossing), this.#ports.ruleSets())
          : null;
    return {
      name: this.#options.name,
      phase: this.#phase(kind, ask.length > 0),
      crossingId: crossing?.id ?? null,
      stableKg: reading?.kg ?? null,
      truck:
        identity === null ? null : truckView(identity, visit, ask, this.#visit.tare(), this.#drift(identity)),
      suggestion: visit.saved === null ? visit.suggestion : null,
      kind,
      kindChosenBy: visit.chosenKind === null ? 'station' : 'operator',
      decision,
      saved: visit.saved,
      next: nextStep({
        weightLive: this.#live,
        onScale: crossing !== null,
        rest: crossing?.from ?? this.#scale.rest,
        restsOffZero: restsOffZero(this.#scale, this.#options.scale),
        stable: reading !== null,
        saved: visit.saved !== null,
        maintenance: visit.maintenance !== null,
        plateKnown: identity !== null && (identity.wellFormed || isUnplated(identity)),
        ask,
        kind,
        outcome: decision?.outcome ?? null,
        statedWhere: statedWhere(decision),
      }),
      maintenance: visit.maintenance,
      beams: this.#beams.now,
      divisionKg: this.#options.scale.divisionKg,
      maxKg: this.#options.scale.maxKg,
      minKg: this.#options.scale.minKg,
    };
  }

  #noteBegun(): void {
    const { crossing } = this.#scale;
    if (this.#begun || crossing === null || crossing.peakKg < this.#options.scale.minKg) return;
    this.#begun = true;
    this.#ports.crossingBegun({
      crossingId: crossing.id,
      lane: this.#options.name,
      kg: crossing.peakKg,
      from: crossing.from,
    });
  }

  /** `empty`: the scale as it was seen before. */
  #begin(reading: Reading, empty: readonly Reading[]): void {
    this.#begun = false;
    this.#curve = new Curve();
    for (const before of empty.slice(-this.#options.scale.zeroFrames)) this.#curve.add(before);
    this.#flagged = { frames: 0, flags: [] };
    this.#visit.begin(reading.atMs);
    this.#beams.begin(reading.atMs);
    this.#savedDecision = null;
  }

  #close(crossing: EndedCrossing, reading: Reading): void {
    const { saved, identity, interrupted, maintenance } = this.#visit.now;
    if (crossing.peakKg >= this.#options.scale.minKg) {
      const closed = {
        crossingId: crossing.id,
        outcome: crossingOutcome(saved, maintenance),
        number: saved?.number ?? null,
        plate: identity?.plate ?? null,
        peakKg: crossing.peakKg,
        durationMs: Math.round(reading.atMs - crossing.startedAtMs),
        interrupted,
        from: crossing.from,
        to: crossing.to,
        note: saved === null ? maintenance : null,
      };
      this.#ports.crossingClosed(closed, this.#curve.text(crossing.startedAtMs));
    }
    this.#visit.clear(reading.atMs);
    this.#beams.end(reading.atMs);
    this.#savedDecision = null;
  }

  /** What a decision on the weight standing there would rest on; null while it can't be made. */
  caseNow(): DecisionCase | null {
    const { crossing } = this.#scale;
    const { identity } = this.#visit.now;
    const reading = this.#stable();
    return crossing === null || identity === null || reading === null
      ? null
      : this.#case(reading, identity, crossing);
  }

  #openCrossing(crossingId: string): Result<null, CallError> {
    if (this.#scale.crossing?.id !== crossingId) return err({ code: 'crossing-is-over', detail: crossingId });
    const { saved } = this.#visit.now;
    if (saved !== null) return err({ code: 'already-saved', detail: String(saved.number) });
    return ok(null);
  }

  #noteBreak(what: 'line-lost' | 'line-back', atMs: number): void {
    const told = this.#visit.now.moments.filter((moment) => moment.what === what).length;
    if (this.#scale.crossing !== null && told < mostBreaks) this.#visit.moment(what, atMs);
  }

  /** What an empty scale shows, as far as the screen says something else for it. */
  #emptyShown(): Rest | 'rests-off-zero' {
    return restsOffZero(this.#scale, this.#options.scale) ? 'rests-off-zero' : this.#scale.rest;
  }

  #stable(): Reading | null {
    return this.#live && this.#scale.motion === 'stable' ? (this.#scale.window.at(-1) ?? null) : null;
  }

  #kind(): WeighingKind {
    return this.#visit.kind(this.#stable()?.kg ?? this.#scale.crossing?.peakKg ?? 0);
  }

  /** Of the tare about to be taken, or of the last one when it is the gross that stands there. */
  #drift({ plate, colour }: Identity): number | null {
    const newestKg =
      this.#visit.now.saved === null && this.#kind() === 'tare' ? (this.#stable()?.kg ?? null) : null;
    return this.#ports.tareDrift(plate, colour, this.#visit.now.trailerPlate, newestKg).driftKg;
  }

  /** The lane's own time is that of its last frame: it has no clock. */
  #nowMs(): number {
    return this.#scale.window.at(-1)?.atMs ?? this.#scale.crossing?.startedAtMs ?? 0;
  }

  /** Looked at anew for a record, and every so many frames for the screen. */
  #flags(crossing: Crossing, forRecord: boolean): readonly CurveFlag[] {
    const readings = this.#curve.readings();
    if (forRecord || readings.length - this.#flagged.frames >= framesBetweenFlags) {
      const flags = curveFlags(readings, {
        settings: this.#options.curve,
        divisionKg: this.#options.scale.divisionKg,
        startedAtMs: crossing.startedAtMs,
        beamAtMs: this.#beams.seenAtMs,
      });
      this.#flagged = { frames: readings.length, flags };
    }
    const last = readings.at(-1);
    // The edges are looked at as they are now: every truck breaks a beam while it drives on.
    const edges = last === undefined ? [] : this.#beams.flags(last.kg, last.atMs - crossing.startedAtMs);
    return [...this.#flagged.flags.slice(0, mostFlags - edges.length), ...edges];
  }

  #obstacles(reading: Reading, crossing: Crossing): readonly Reason[] {
    const { maxKg, divisionKg } = this.#options.scale;
    const own: Reason[] = [];
    if (crossing.from === 'off-zero') own.push({ code: 'not-from-zero', detail: '' });
    if (crossing.from === 'unknown') own.push({ code: 'zero-not-seen', detail: '' });
    // OIML R 76: no indication above Max + 9 e is a weight; the continuous protocol cannot say so itself.
    if (reading.kg > maxKg + 9 * divisionKg)
      own.push({ code: 'above-maximum', detail: `${String(maxKg)} kg` });
    return [...this.#ports.obstacles(), ...own, ...this.#beams.obstacles()];
  }

  #case(reading: Reading, identity: Identity, crossing: Crossing): DecisionCase {
    return buildCase(
      {
        grossKg: reading.kg,
        identity,
        visit: this.#visit.now,
        tare: this.#visit.tare(),
        curveFlags: this.#flags(crossing, false),
        obstacles: this.#obstacles(reading, crossing),
      },
      this.#options,
      this.#ports,
    );
  }

  #phase(kind: WeighingKind, asks: boolean): LanePhase {
    const { crossing, motion } = this.#scale;
    if (crossing === null) return 'zero';
    if (motion === 'leaving') return 'leaving';
    const { saved, identity } = this.#visit.now;
    if (saved !== null) return motion === 'arriving' ? 'leaving' : 'decided';
    if (motion !== 'stable') return motion;
    const named = identity !== null && (identity.wellFormed || isUnplated(identity));
    return named && (kind === 'tare' || !asks) ? 'identified' : 'stable';
  }
}

function crossingOutcome(saved: SavedView | null, maintenance: string | null): CrossingOutcome {
  if (saved === null) return maintenance === null ? 'unexplained' : 'maintenance';
  if (saved.kind === 'tare') return 'tare';
  if (saved.outcome === 'allow') return 'slip';
  return saved.outcome === 'refuse' ? 'refusal' : 'cannot-decide';
}
