import { chineseDate } from '../chineseTime.ts';
import type { CallError, LanePhase, LaneView, SavedView, WeighingKind } from '../contract.ts';
import type { CrossingOutcome, WeighingBody } from '../ledger/event.ts';
import { decide } from '../limits/decide.ts';
import type { Decision } from '../limits/decision.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import { requiredFacts } from '../vehicles/requiredFacts.ts';
import type { Obstacle } from './assess.ts';
import { narrowDecision, nextStep, suggestKind } from './assess.ts';
import { Curve } from './curve.ts';
import type { Crossing, Scale } from './scale.ts';
import { emptyScale, loseWeight, stepScale } from './scale.ts';
import type { ScaleSettings } from './settings.ts';
import type { Reading } from './stability.ts';
import type { StoredTare } from './tareBook.ts';
import { tareAt } from './tareBook.ts';
import type { Identity, PlateOffer, Visit } from './visit.ts';
import { emptyVisit, takeOffer } from './visit.ts';

/** A truck cannot leave the deck and another stand on it within this time of silence. */
const swapTimeMs = 15_000;

export interface ClosedCrossing {
  readonly crossingId: string;
  readonly outcome: CrossingOutcome;
  readonly number: number | null;
  readonly plate: string | null;
  readonly peakKg: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
}

/** A weighing as the lane knows it; the store adds its number. */
export type WeighingDraft = Omit<WeighingBody, 'number' | 'curveSha256' | 'instrument' | 'operator'>;

/** What a lane needs from outside; all of it is given, nothing is reached for. */
export interface LanePorts {
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly facts: (plate: string, colour: PlateColour) => VehicleFacts | null;
  readonly tare: (plate: string, colour: PlateColour) => StoredTare | null;
  /** Reasons of the station itself why nothing may be decided now. */
  readonly obstacles: () => readonly Obstacle[];
  /** Stores the weighing, reads it back, and returns its number. */
  readonly record: (draft: WeighingDraft, curveText: string) => Result<number, CallError>;
  readonly crossingClosed: (closed: ClosedCrossing) => void;
}

export interface LaneOptions {
  readonly name: string;
  readonly scale: ScaleSettings;
  readonly tareValidDays: number;
  readonly tareRequired: boolean;
  readonly plateAheadMs: number;
}

/** A crossing whose weighing is stored and whose vehicle was not seen to leave. */
export interface OpenCrossing {
  readonly crossingId: string;
  readonly saved: SavedView;
  readonly decision: Decision | null;
  readonly identity: Identity;
  readonly facts: VehicleFacts;
  readonly peakKg: number;
}

/** One lane: from the first kilogram to the empty scale. Weights kg, reading times monotonic ms. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #ports: LanePorts;
  #scale: Scale = emptyScale;
  #visit: Visit = emptyVisit;
  #curve = new Curve();
  /** Plates seen before their vehicle's wheels touched the scale. */
  #ahead: readonly PlateOffer[] = [];
  #savedDecision: Decision | null = null;
  #live = false;
  #lostAtMs: number | null = null;

  constructor(options: LaneOptions, ports: LanePorts) {
    this.#options = options;
    this.#ports = ports;
  }

  /** Takes up a crossing whose weighing was stored before the program stopped: it is not weighed twice. */
  resume(open: OpenCrossing, atMs: number): void {
    const { crossingId, saved, identity, facts, peakKg } = open;
    this.#scale = {
      ...emptyScale,
      crossing: { id: crossingId, startedAtMs: atMs, from: 'unknown', peakKg },
      motion: 'settling',
    };
    this.#visit = { ...emptyVisit, saved, identity, facts, interrupted: true };
    this.#savedDecision = open.decision;
  }

  /** Returns true when more than the weight itself changed. */
  onReading(reading: Reading): boolean {
    const before = { ...this.#scale, live: this.#live, kg: this.#scale.window.at(-1)?.kg };
    if (this.#lostAtMs !== null && reading.atMs - this.#lostAtMs > swapTimeMs && this.#visit.saved === null) {
      this.#visit = { ...emptyVisit, interrupted: true };
    }
    this.#lostAtMs = null;
    this.#live = true;
    const step = stepScale(this.#scale, reading, this.#options.scale, this.#ports.newId);
    this.#scale = step.scale;
    if (step.started !== null) this.#begin(reading);
    if (this.#scale.crossing !== null) this.#curve.add(reading);
    if (step.closed !== null) this.#close(step.closed, reading);
    return (
      !before.live ||
      before.crossing?.id !== this.#scale.crossing?.id ||
      before.motion !== this.#scale.motion ||
      (this.#scale.motion === 'stable' && before.kg !== reading.kg)
    );
  }

  /** The scale fell silent: there is no weight, and no stable one either. */
  onSilence(atMs: number): void {
    if (!this.#live && this.#lostAtMs !== null) return;
    this.#live = false;
    this.#lostAtMs = atMs;
    this.#scale = loseWeight(this.#scale);
    if (this.#scale.crossing !== null) this.#visit = { ...this.#visit, interrupted: true };
  }

  onPlate(offer: PlateOffer): void {
    const waitsForNext = this.#scale.crossing === null || this.#visit.saved !== null;
    if (waitsForNext && offer.plate !== this.#visit.identity?.plate) {
      this.#ahead = [...this.#freshOffers(offer.atMs), offer].slice(-4);
      return;
    }
    this.#visit = takeOffer(this.#visit, offer);
    this.#lookUp();
  }

  enterPlate(
    crossingId: string,
    identity: Pick<Identity, 'plate' | 'colour' | 'wellFormed'>,
  ): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    if (!identity.wellFormed) return err({ code: 'plate-malformed', detail: identity.plate });
    this.#visit = { ...this.#visit, identity: { ...identity, source: 'operator' }, chosenKind: null };
    this.#lookUp();
    return ok(null);
  }

  chooseKind(crossingId: string, kind: WeighingKind): Result<null, CallError> {
    const open = this.#openCrossing(crossingId);
    if (!open.ok) return open;
    this.#visit = { ...this.#visit, chosenKind: kind };
    return ok(null);
  }

  /** The register changed: the vehicle on the scale may be known now. */
  vehicleStated(plate: string, colour: PlateColour, facts: VehicleFacts): void {
    const { identity, saved } = this.#visit;
    if (saved === null && identity?.plate === plate && identity.colour === colour) {
      this.#visit = { ...this.#visit, facts, factsSource: 'operator' };
    }
  }

  /**
   * The one key: the stable weight of the identified vehicle becomes a stored weighing.
   * Pressed again in the same crossing it returns the same record and writes nothing.
   */
  save(crossingId: string): Result<SavedView, CallError> {
    const { crossing, window } = this.#scale;
    if (crossing?.id !== crossingId) return err({ code: 'crossing-is-over', detail: crossingId });
    if (this.#visit.saved !== null) return ok(this.#visit.saved);
    const reading = this.#stable();
    if (reading === null) return err({ code: this.#live ? 'not-stable' : 'scale-not-ready', detail: '' });
    const { identity } = this.#visit;
    if (identity === null) return err({ code: 'plate-missing', detail: '' });
    const kind = this.#kind();
    const facts = this.#visit.facts ?? unknownFacts;
    if (kind === 'gross' && requiredFacts(facts).length > 0) {
      return err({ code: 'vehicle-unknown', detail: requiredFacts(facts).join(', ') });
    }
    const obstacles = this.#obstacles(reading, crossing);
    const [obstacle] = obstacles;
    if (kind === 'tare' && obstacle !== undefined)
      return err({ code: 'scale-not-ready', detail: obstacle.code });
    const tare = this.#tare();
    const usable = kind === 'gross' && tare?.valid === true ? tare : null;
    const decision = kind === 'gross' ? this.#decision(reading, facts, crossing) : null;
    const recorded = this.#ports.record(
      {
        crossingId,
        lane: this.#options.name,
        kind,
        plate: identity.plate,
        colour: identity.colour,
        plateSource: identity.source,
        cameraPlate: this.#visit.cameraPlate,
        facts,
        factsSource: this.#visit.factsSource,
        weighedKg: reading.kg,
        grossKg: kind === 'gross' ? reading.kg : null,
        tareKg: kind === 'tare' ? reading.kg : (usable?.kg ?? null),
        tareNumber: usable?.number ?? null,
        netKg: usable === null ? null : reading.kg - usable.kg,
        decision,
        pictures: this.#visit.pictures,
        frames: window.map(({ raw }) => raw),
      },
      this.#curve.text(crossing.startedAtMs),
    );
    if (!recorded.ok) return recorded;
    const outcome = decision?.outcome ?? null;
    const paper = outcome === 'allow' ? 'slip' : outcome === 'refuse' ? 'refusal' : null;
    const saved: SavedView = { number: recorded.value, kind, outcome, paper };
    this.#visit = { ...this.#visit, saved, chosenKind: kind };
    this.#savedDecision = decision;
    return ok(saved);
  }

  get stable(): boolean {
    return this.#stable() !== null;
  }

  view(): LaneView {
    const { crossing } = this.#scale;
    const visit = this.#visit;
    const reading = this.#stable();
    const kind = this.#kind();
    const facts = visit.facts ?? unknownFacts;
    const ask = requiredFacts(facts);
    const previews = crossing !== null && reading !== null && visit.identity !== null && kind === 'gross';
    const decision =
      visit.saved !== null
        ? this.#savedDecision
        : previews && ask.length === 0
          ? this.#decision(reading, facts, crossing)
          : null;
    return {
      name: this.#options.name,
      phase: this.#phase(kind, ask.length > 0),
      crossingId: crossing?.id ?? null,
      stableKg: reading?.kg ?? null,
      truck:
        visit.identity === null
          ? null
          : {
              plate: visit.identity.plate,
              colour: visit.identity.colour,
              plateSource: visit.identity.source,
              cameraPlate: visit.cameraPlate,
              plateWellFormed: visit.identity.wellFormed,
              pictureSha256: [...visit.pictures],
              facts,
              known: ask.length === 0,
              ask,
              tare: this.#tare(),
            },
      kind,
      kindChosenBy: visit.chosenKind === null ? 'station' : 'operator',
      decision,
      saved: visit.saved,
      next: nextStep({
        weightLive: this.#live,
        onScale: crossing !== null,
        stable: reading !== null,
        saved: visit.saved !== null,
        plateKnown: visit.identity?.wellFormed === true,
        askFacts: ask.length > 0,
        kind,
        outcome: decision?.outcome ?? null,
      }),
      divisionKg: this.#options.scale.divisionKg,
      maxKg: this.#options.scale.maxKg,
      minKg: this.#options.scale.minKg,
    };
  }

  #begin(reading: Reading): void {
    this.#curve = new Curve();
    this.#visit = emptyVisit;
    this.#savedDecision = null;
    for (const offer of this.#freshOffers(reading.atMs)) this.#visit = takeOffer(this.#visit, offer);
    this.#ahead = [];
    this.#lookUp();
  }

  #close(crossing: Crossing, reading: Reading): void {
    const { saved, identity, interrupted } = this.#visit;
    if (crossing.peakKg >= this.#options.scale.minKg) {
      this.#ports.crossingClosed({
        crossingId: crossing.id,
        outcome: crossingOutcome(saved),
        number: saved?.number ?? null,
        plate: identity?.plate ?? null,
        peakKg: crossing.peakKg,
        durationMs: Math.round(reading.atMs - crossing.startedAtMs),
        interrupted,
      });
    }
    this.#visit = emptyVisit;
    this.#savedDecision = null;
  }

  #freshOffers(atMs: number): readonly PlateOffer[] {
    return this.#ahead.filter((offer) => atMs - offer.atMs <= this.#options.plateAheadMs);
  }

  #lookUp(): void {
    const { identity } = this.#visit;
    if (identity === null || this.#visit.saved !== null) return;
    this.#visit = {
      ...this.#visit,
      facts: this.#ports.facts(identity.plate, identity.colour),
      factsSource: 'register',
    };
  }

  #openCrossing(crossingId: string): Result<null, CallError> {
    if (this.#scale.crossing?.id !== crossingId) return err({ code: 'crossing-is-over', detail: crossingId });
    if (this.#visit.saved !== null)
      return err({ code: 'already-saved', detail: String(this.#visit.saved.number) });
    return ok(null);
  }

  #stable(): Reading | null {
    return this.#live && this.#scale.motion === 'stable' ? (this.#scale.window.at(-1) ?? null) : null;
  }

  #tare(): ReturnType<typeof tareAt> | null {
    const { identity } = this.#visit;
    if (identity === null) return null;
    const tare = this.#ports.tare(identity.plate, identity.colour);
    return tare === null ? null : tareAt(tare, this.#ports.nowMs(), this.#options.tareValidDays);
  }

  #kind(): WeighingKind {
    if (this.#visit.chosenKind !== null) return this.#visit.chosenKind;
    const kg = this.#stable()?.kg ?? this.#scale.crossing?.peakKg ?? 0;
    const facts = this.#visit.facts;
    const limitKg =
      facts === null ? null : decide({ facts, grossKg: kg, date: chineseDate(this.#ports.nowMs()) }).limitKg;
    return suggestKind(kg, this.#tare(), limitKg);
  }

  #obstacles(reading: Reading, crossing: Crossing): readonly Obstacle[] {
    const { maxKg, divisionKg } = this.#options.scale;
    const own: Obstacle[] = [];
    if (crossing.from === 'off-zero') own.push({ code: 'not-from-zero', detail: '' });
    // OIML R 76: no indication above Max + 9 e is a weight; the continuous protocol cannot say so itself.
    if (reading.kg > maxKg + 9 * divisionKg)
      own.push({ code: 'above-maximum', detail: `${String(maxKg)} kg` });
    return [...this.#ports.obstacles(), ...own];
  }

  #decision(reading: Reading, facts: VehicleFacts, crossing: Crossing): Decision {
    const date = chineseDate(this.#ports.nowMs());
    return narrowDecision(decide({ facts, grossKg: reading.kg, date }), {
      obstacles: this.#obstacles(reading, crossing),
      grossKg: reading.kg,
      tare: this.#tare(),
      tareRequired: this.#options.tareRequired,
      twoAxles: facts.axles === 2,
    });
  }

  #phase(kind: WeighingKind, asks: boolean): LanePhase {
    const { crossing, motion } = this.#scale;
    if (crossing === null) return 'zero';
    if (motion === 'leaving') return 'leaving';
    if (this.#visit.saved !== null) return motion === 'arriving' ? 'leaving' : 'decided';
    if (motion !== 'stable') return motion;
    return this.#visit.identity?.wellFormed === true && (kind === 'tare' || !asks) ? 'identified' : 'stable';
  }
}

function crossingOutcome(saved: SavedView | null): CrossingOutcome {
  if (saved === null) return 'unexplained';
  if (saved.kind === 'tare') return 'tare';
  if (saved.outcome === 'allow') return 'slip';
  return saved.outcome === 'refuse' ? 'refusal' : 'cannot-decide';
}
