import { chineseDate } from '../chineseTime.ts';
import type { TareView, WeighingKind } from '../contract.ts';
import { decide, ruleSetOn } from '../limits/decide.ts';
import type { FactName } from '../vehicles/facts.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import { noLoad } from '../vehicles/load.ts';
import { plateKind } from '../vehicles/plate.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import { noPapers } from '../vehicles/register/entries.ts';
import { requiredFacts } from '../vehicles/requiredFacts.ts';
import type { ReadPlate } from '../vehicles/suggestPlate.ts';
import { isMisreading, suggestFromPicture, suggestLate, suggestPlate } from '../vehicles/suggestPlate.ts';
import { suggestKind } from './assess.ts';
import type { SeenMoment } from './moments.ts';
import { addMoment } from './moments.ts';
import type { LaneOptions, LanePorts } from './ports.ts';
import { tareAt } from './tareBook.ts';
import type { Identity, PlateOffer, RecognisedPlate, Visit } from './visit.ts';
import { emptyVisit, isUnplated, rearPlateOf, takeLate, takeOffer, takeRecognised } from './visit.ts';

/** A vehicle whose facts a person just stated, and the trailer named with it. */
export interface StatedNow {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly trailerPlate: string | null;
}

/** So long after it left, a vehicle may still be seen on its way out. */
const exitSightMs = 60_000;
/** A camera is a little slower now than then; that alone makes no plate late. */
const jitterMs = 3000;
/** A plate seen first when the vehicle stood still for so long may be of the next one in the queue. */
const standsMs = 15_000;

/** Who stands on the scale: from the plates seen ahead of it to what its register entry says. */
export class CurrentVisit {
  readonly #options: Pick<LaneOptions, 'plateAheadMs' | 'tareValidDays'>;
  readonly #ports: LanePorts;
  #visit: Visit = emptyVisit;
  /** Plates seen before their vehicle's wheels touched the scale. */
  #ahead: readonly PlateOffer[] = [];
  /** Who stood here last: a camera that looks at the exit sees it again. */
  #left: { readonly plate: string; readonly atMs: number } | null = null;

  /** Plates told late while nobody stood there. */
  #lateAhead: PlateOffer | null = null;
  /** Since when the vehicle before is gone, and the one now there has been. */
  #freeSinceMs: number | null = null;
  #beganAtMs: number | null = null;

  constructor(options: Pick<LaneOptions, 'plateAheadMs' | 'tareValidDays'>, ports: LanePorts) {
    this.#options = options;
    this.#ports = ports;
  }

  get now(): Visit {
    return this.#visit;
  }

  /** Another vehicle comes, or none: what is known of the last one no longer holds. */
  clear(atMs: number): void {
    const { identity } = this.#visit;
    this.#left = identity === null ? null : { plate: identity.plate, atMs };
    this.#freeSinceMs = atMs;
    this.#beganAtMs = null;
    this.#visit = emptyVisit;
  }

  note(
    change: Partial<
      Pick<
        Visit,
        | 'saved'
        | 'identity'
        | 'facts'
        | 'chosenKind'
        | 'interrupted'
        | 'maintenance'
        | 'load'
        | 'loadConfirmed'
        | 'rearStated'
        | 'axleLoads'
      >
    >,
  ): void {
    this.#visit = { ...this.#visit, ...change };
  }

  moment(what: SeenMoment['what'], atMs: number, detail = ''): void {
    this.#visit = {
      ...this.#visit,
      moments: addMoment(this.#visit.moments, { what, atMs, detail }),
    };
  }

  begin(atMs: number): void {
    this.#visit = emptyVisit;
    this.#beganAtMs = atMs;
    for (const offer of this.#forNext(this.#fresh(atMs))) this.#visit = takeOffer(this.#visit, offer);
    this.#ahead = [];
    if (this.#lateAhead !== null) this.#takeLate(this.#lateAhead);
    this.#lateAhead = null;
    this.#lookUp();
    this.#suggest();
  }

  /** `onScale`: whether a vehicle stands there now. */
  offer(offer: PlateOffer, onScale: boolean): void {
    if (!this.isOfNow(offer) || this.#mayBeOfQueue(offer, onScale)) {
      this.#offerLate(offer, onScale);
      return;
    }
    const waitsForNext = !onScale || this.#visit.saved !== null;
    if (waitsForNext && offer.plate !== this.#visit.identity?.plate) {
      // What a rear camera sees then is the vehicle that just left: it is not the next one's plate.
      if (offer.end === 'front' && !this.#isMisread(offer, this.#visit.identity?.plate))
        this.#ahead = [...this.#fresh(offer.atMs), offer].slice(-4);
      return;
    }
    this.#visit = takeOffer(this.#visit, offer);
    this.#lookUp();
    this.#suggest();
  }

  /** Whether what was seen then is of who stands there now, or of who comes next; not of who left. */
  isOfNow({ atMs, late = false }: Pick<PlateOffer, 'atMs' | 'late'>): boolean {
    return !late && (this.#freeSinceMs === null || atMs + jitterMs >= this.#freeSinceMs);
  }

  /** Whether a person would be asked about a plate that comes so late. */
  wantsLate(atMs: number): boolean {
    const { identity, saved } = this.#visit;
    return identity === null && saved === null && this.#isNear(atMs);
  }

  recognised(read: RecognisedPlate): void {
    this.#visit = takeRecognised(this.#visit, read);
    this.#suggest();
  }

  /** A person names the vehicle: whatever was known of another one is forgotten, what cameras saw is kept. */
  identify(identity: Identity): void {
    const { rearPlates, rearStated, countedAxles, axleLoads, interrupted, moments } = this.#visit;
    const { late, suggestion } = this.#visit;
    const takesLate = late !== null && [late.plate, suggestion?.plate].includes(identity.plate);
    const cameraPlate = this.#visit.cameraPlate ?? (takesLate ? late.plate : null);
    const pictures = [...this.#visit.pictures, ...(takesLate ? late.pictures : [])];
    this.#visit = {
      ...emptyVisit,
      identity,
      cameraPlate,
      rearPlates,
      rearStated,
      countedAxles,
      axleLoads,
      pictures,
      interrupted,
      moments,
    };
    this.#lookUp();
  }

  /** Null takes a stated trailer away; the register's coupling holds again. */
  stateTrailer(plate: string | null): void {
    this.#visit = { ...this.#visit, trailerPlate: plate, trailerStated: plate !== null };
    this.#lookUp();
  }

  registerChanged(statedNow: StatedNow | null): void {
    const { identity, saved } = this.#visit;
    if (saved !== null || identity === null) return;
    const stated = identity.plate === statedNow?.plate && identity.colour === statedNow.colour;
    if (stated && statedNow.trailerPlate !== null)
      this.#visit = { ...this.#visit, trailerPlate: statedNow.trailerPlate, trailerStated: true };
    this.#lookUp();
    if (stated) this.#visit = { ...this.#visit, factsSource: 'operator' };
    if (stated && statedNow.trailerPlate !== null)
      this.#visit = { ...this.#visit, trailerSource: 'operator' };
    this.#suggest();
  }

  tare(): TareView | null {
    const { identity, trailerPlate } = this.#visit;
    const tare = identity === null ? null : this.#ports.tare(identity.plate, identity.colour, trailerPlate);
    return tare === null ? null : tareAt(tare, this.#ports.nowMs(), this.#options.tareValidDays);
  }

  kind(weighedKg: number): WeighingKind {
    const { facts, identity, chosenKind } = this.#visit;
    if (chosenKind !== null) return chosenKind;
    // A vehicle without a plate has no tare to keep: all there is to record is that it came and may not leave.
    if (identity !== null && isUnplated(identity)) return 'gross';
    const ruleSets = this.#ports.ruleSets();
    const date = chineseDate(this.#ports.nowMs());
    const limitKg = facts === null ? null : decide({ facts, grossKg: weighedKg, date, ruleSets }).limitKg;
    return suggestKind(weighedKg, this.tare(), limitKg);
  }

  /** Facts a person must state first; a vehicle that is refused for its missing plate is asked nothing. */
  ask(): readonly FactName[] {
    const { identity, unit, trailerPlate, facts } = this.#visit;
    if (identity !== null && isUnplated(identity)) return [];
    const set = ruleSetOn(chineseDate(this.#ports.nowMs()), this.#ports.ruleSets());
    const required = set === null ? [] : requiredFacts(facts ?? unknownFacts, set);
    return unit === 'tractor' && trailerPlate === null ? ['trailer', ...required] : required;
  }

  #mayBeOfQueue({ plate, atMs }: PlateOffer, onScale: boolean): boolean {
    const { identity, saved, moments } = this.#visit;
    if (!onScale || identity !== null || saved !== null || plateKind(plate) === 'trailer') return false;
    const stands = moments.find(({ what }) => what === 'stable');
    return stands !== undefined && atMs - stands.atMs > standsMs;
  }

  /** What came too late to name anyone: for a person, unless it is plainly of who left. */
  #offerLate(offer: PlateOffer, onScale: boolean): void {
    const left = this.#left?.plate;
    if (offer.end === 'rear' || offer.plate === left || this.#isMisread(offer, left)) return;
    if (!onScale) this.#lateAhead = offer;
    else this.#takeLate(offer);
  }

  #takeLate(offer: PlateOffer): void {
    if (!this.#isNear(offer.atMs)) return;
    this.#visit = takeLate(this.#visit, offer);
    this.#suggest();
  }

  /** Seen so shortly before who stands there now came that it may be of that one. */
  #isNear(atMs: number): boolean {
    return this.#beganAtMs === null || this.#beganAtMs - atMs <= this.#options.plateAheadMs;
  }

  #fresh(atMs: number): readonly PlateOffer[] {
    return this.#ahead.filter((offer) => atMs - offer.atMs <= this.#options.plateAheadMs);
  }

  /** What was seen of the vehicle that just left names the next one only when nothing else was seen. */
  #forNext(offers: readonly PlateOffer[]): readonly PlateOffer[] {
    const left = this.#left;
    if (left === null) return offers;
    const atExit = offers.filter(({ atMs }) => atMs - left.atMs < exitSightMs);
    const again = atExit.filter(({ plate }) => plate === left.plate);
    const misread = atExit.filter((offer) => this.#isMisread(offer, left.plate));
    const others = offers.filter((offer) => !again.includes(offer) && !misread.includes(offer));
    return others.length > 0 ? others : again;
  }

  /** Probably this plate read badly, unless the register knows a vehicle of just that plate. */
  #isMisread(
    { plate: text, colour, characterPercents = [] }: PlateOffer,
    plate: string | undefined,
  ): boolean {
    if (plate === undefined || !isMisreading({ text, colour, characterPercents }, plate)) return false;
    return !this.#ports.knownPlates().some((known) => known.plate === text);
  }

  /** Only while a camera alone named the vehicle, or nobody did. */
  #suggest(): void {
    const { identity, saved, cameraPlate, characterPercents, recognised, late } = this.#visit;
    if (saved !== null || identity?.source === 'operator') return;
    // A plate that only the rear camera read is nothing to guess at.
    if (identity !== null && identity.plate !== cameraPlate) return;
    const read =
      identity === null ? null : { text: identity.plate, colour: identity.colour, characterPercents };
    const rearPlate = rearPlateOf(this.#visit);
    const around = { rearPlate, known: this.#ports.knownPlates(), inYard: this.#ports.inYard };
    this.#visit = {
      ...this.#visit,
      suggestion:
        read === null && recognised !== null
          ? suggestFromPicture({ ...around, read: { ...recognised, text: recognised.plate } }, recognised)
          : read === null && late !== null
            ? suggestLate({ ...around, read: readOf(late) }, late.pictures[0] ?? null)
            : suggestPlate({ ...around, read }),
    };
  }

  #lookUp(): void {
    const { identity, saved, trailerPlate, trailerStated, load } = this.#visit;
    if (identity === null || saved !== null || isUnplated(identity)) return;
    const { plate, colour } = identity;
    const known = this.#ports.vehicle(plate, colour, trailerStated ? trailerPlate : null);
    this.#visit = {
      ...this.#visit,
      unit: known?.unit ?? 'whole',
      facts: known?.facts ?? null,
      factsSource: 'register',
      papers: known?.papers ?? noPapers,
      trailerPapers: known?.trailerPapers ?? noPapers,
      trailerPlate: known?.trailerPlate ?? (trailerStated ? trailerPlate : null),
      trailerFrom: trailerStated ? 'operator' : (known?.trailerFrom ?? null),
      trailerSource: 'register',
      load: load === noLoad ? this.#ports.lastLoad(plate, colour) : load,
      attempt: this.#ports.attempt(plate, colour),
    };
  }
}

function readOf({ plate, colour, characterPercents = [] }: PlateOffer): ReadPlate {
  return { text: plate, colour, characterPercents };
}
