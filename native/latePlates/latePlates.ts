import type { EventBody } from '../../station/ledger/event.ts';
import type { LateOwner, LateReading, LateRules } from '../../station/weighing/lateReading.ts';
import { agreeingWeighing, lateSays, unreadWeighing } from '../../station/weighing/lateReading.ts';
import type { AdmittedPlate } from '../cameras/plateDoor.ts';
import { eventKey } from '../cameras/plateDoor.ts';
import { percentsOf } from '../cameras/plateOffers.ts';
import type { Desk } from '../desk/desk.ts';
import { isRegistered } from '../exits/exitRecords.ts';
import { prepared } from '../store/prepared.ts';
import { lateCandidates, platesOf } from './candidates.ts';

type ToldLate = Omit<(EventBody & { readonly type: 'plate-told-late' })['body'], 'number'>;

interface Waiting {
  readonly reading: LateReading;
  readonly told: ToldLate;
}

const mostPictures = 8;
/** A camera that repeats itself in other words is heard no further. */
const mostOfOne = 8;
const mostWaiting = 8;

/** What cameras told too late to name the vehicle is written to the weighing it is of. */
export class LatePlates {
  readonly #desk: Desk;
  /** May be of the vehicle that stands there and is not weighed yet. */
  #waiting: readonly Waiting[] = [];
  /** Weighings with a plate a camera read otherwise, until somebody looks at them. */
  readonly #unlooked = new Set<number>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether it is of a weighing that stands written, and nobody who stands there need be asked about it. */
  take(admitted: AdmittedPlate): boolean {
    const heard = this.#heard(admitted);
    if (heard === null) return false;
    const { reading, key } = heard;
    if (this.#isWritten(admitted.cameraId, key)) return true;
    const candidates = lateCandidates(this.#desk.deps.stores, reading.seenMs);
    const agreeing = agreeingWeighing(reading, candidates, this.#rules);
    const mayBeOfOpen = agreeing === null && this.#mayBeOfOpen(reading.seenMs);
    if (mayBeOfOpen) {
      if (this.#waiting.length < mostWaiting)
        this.#waiting = [...this.#waiting, { reading, told: this.#told(admitted, reading, key) }];
      return false;
    }
    const owner = agreeing ?? unreadWeighing(reading, candidates, this.#rules);
    if (owner === null) return false;
    if (!owner.told && this.#isNew(owner.number, admitted.cameraId, reading.plate))
      this.#write(owner.number, this.#told(admitted, reading, key));
    return true;
  }

  /** A weighing was written, or its vehicle left without one. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reading, told } of waiting) {
      const candidates = lateCandidates(this.#desk.deps.stores, reading.seenMs);
      const owner: LateOwner =
        agreeingWeighing(reading, candidates, this.#rules) ??
        unreadWeighing(reading, candidates, this.#rules);
      if (owner?.told === false && this.#isNew(owner.number, told.camera, told.plate))
        this.#write(owner.number, told);
    }
  }

  /** Somebody looks at the record. */
  looked(number: number): void {
    if (this.#unlooked.delete(number)) this.#warn();
  }

  get #rules(): LateRules {
    const { stores, settings } = this.#desk.deps;
    const { plateAheadMs } = settings.lane.weighing;
    return { aheadMs: plateAheadMs, isKnown: (plate) => isRegistered(stores.db, plate) };
  }

  #heard({ event, cameraId, receivedAtMs, agoMs }: AdmittedPlate): {
    reading: LateReading;
    key: string;
  } | null {
    // Nothing tells when it was seen.
    if (agoMs === null) return null;
    const { plate, rearPlate } = event;
    const end = this.#desk.deps.settings.cameras.find(({ id }) => id === cameraId)?.end ?? 'front';
    const reading: LateReading = {
      plate: plate?.text ?? null,
      colour: plate?.colour ?? 'other',
      characterPercents: plate === null ? [] : percentsOf(plate),
      rearPlate: rearPlate?.text ?? null,
      end,
      seenMs: Math.round(receivedAtMs - agoMs),
    };
    const at = `at ${String(event.deviceTimeMs ?? reading.seenMs)}/${reading.plate ?? ''}`;
    return { reading, key: (eventKey(event) ?? at).slice(0, 500) };
  }

  #isWritten(camera: string, key: string): boolean {
    return (
      this.#waiting.some(({ told }) => told.camera === camera && told.eventKey === key) ||
      prepared(this.#desk.deps.stores.db, 'SELECT 1 FROM late_plates WHERE camera = ? AND event_key = ?')
        .pluck()
        .get(camera, key) !== undefined
    );
  }

  #isNew(number: number, camera: string, plate: string | null): boolean {
    const rows = prepared(
      this.#desk.deps.stores.db,
      'SELECT camera, plate FROM late_plates WHERE number = ?',
    ).all(number) as { camera: string; plate: string | null }[];
    return rows.length < mostOfOne && !rows.some((row) => row.camera === camera && row.plate === plate);
  }

  /** The vehicle on the scale is not weighed yet, and was there or near when this was seen. */
  #mayBeOfOpen(seenMs: number): boolean {
    const { deps, lane } = this.#desk;
    const { crossingId, saved } = lane.view();
    if (crossingId === null || saved !== null) return false;
    const begunMs = prepared(deps.stores.db, 'SELECT begun_ms FROM crossings WHERE crossing_id = ?')
      .pluck()
      .get(crossingId);
    const { plateAheadMs } = deps.settings.lane.weighing;
    return seenMs >= (typeof begunMs === 'number' ? begunMs : deps.clock.nowMs()) - plateAheadMs;
  }

  #told({ event, cameraId, receivedAtMs }: AdmittedPlate, reading: LateReading, key: string): ToldLate {
    const { plate, colour, rearPlate, end, seenMs } = reading;
    return {
      ...{ camera: cameraId, end, eventKey: key, plate, colour, rearPlate, seenMs },
      percent: event.plate?.confidencePercent ?? null,
      deviceMs: event.deviceTimeMs,
      receivedMs: Math.round(receivedAtMs),
      lateMs: Math.max(0, Math.round(receivedAtMs) - seenMs),
      pictures: this.#kept(event.pictures),
    };
  }

  #kept(pictures: AdmittedPlate['event']['pictures']): string[] {
    return pictures.slice(0, mostPictures).flatMap(({ bytes }) => {
      try {
        return [this.#desk.deps.stores.pictures.keep(bytes)];
      } catch (problem) {
        const detail = problem instanceof Error ? problem.message : '';
        this.#desk.fault({ code: 'pictures-not-stored', detail });
        return [];
      }
    });
  }

  #write(number: number, told: ToldLate): void {
    const written = this.#desk.append({ type: 'plate-told-late', body: { number, ...told } });
    if (!written.ok || lateSays(told, platesOf(this.#desk.deps.stores, number)) !== 'other') return;
    this.#unlooked.add(number);
    this.#warn();
  }

  #warn(): void {
    const numbers = [...this.#unlooked];
    if (numbers.length === 0) this.#desk.clearFault('late-plate-differs');
    else this.#desk.fault({ code: 'late-plate-differs', detail: numbers.slice(0, 10).join(', ') });
  }
}
