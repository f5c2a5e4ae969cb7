/** What a camera of any brand says, once its own words are translated. */
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { readCameraPlate } from '../../station/vehicles/plate.ts';

export interface SeenPlate {
  /** As the camera wrote it, colour character and all. */
  readonly said: string;
  /** Normalised, without a colour in front. */
  readonly text: string;
  readonly wellFormed: boolean;
  readonly colour: PlateColour;
  /** Of the whole plate; null where the camera gives none. */
  readonly confidencePercent: number | null;
  /** One for each character of `text`; empty where the camera gives none, or as many as fit nothing. */
  readonly characterPercents: readonly number[];
}

export interface CameraPicture {
  readonly role: 'full' | 'plate';
  /** A whole JPEG, byte for byte as received. */
  readonly bytes: Uint8Array;
}

export interface PlateEvent {
  /** Of the device as it calls itself; empty where the brand sends none. */
  readonly serialNumber: string;
  /** Null where the camera gives none; else names the event once, together with the serial number. */
  readonly eventId: string | null;
  /** Null when the camera saw a vehicle without a readable plate. */
  readonly plate: SeenPlate | null;
  /** Of the other end of the same vehicle, from a device that sees both. */
  readonly rearPlate: SeenPlate | null;
  readonly direction: 'approaching' | 'leaving' | 'unknown';
  /** The device's own clock, UTC ms; may be years off. Null where it sends none. */
  readonly deviceTimeMs: number | null;
  /** Sent from the camera's own buffer after a break, by its own word: history, not the vehicle on the scale. */
  readonly late: boolean;
  /** Whether the sender calls itself a drill camera. */
  readonly drill: boolean;
  readonly pictures: readonly CameraPicture[];
  /** Counted by the camera or its companion; null where nothing counts. */
  readonly axles: number | null;
  /** As an axle scale beside the camera reported them, kg; never a legal weight. */
  readonly axleLoadsKg: readonly number[];
}

export const emptyEvent: PlateEvent = {
  serialNumber: '',
  eventId: null,
  plate: null,
  rearPlate: null,
  direction: 'unknown',
  deviceTimeMs: null,
  late: false,
  drill: false,
  pictures: [],
  axles: null,
  axleLoadsKg: [],
};

/** In the device's name or its free text, so that nobody takes a simulated camera for a real one. */
export const drillMark = 'YUANHENG-DRILL';

export function isDrill(...names: readonly (string | undefined)[]): boolean {
  return names.some((name) => name?.startsWith(drillMark) === true);
}

/** A plate as a camera wrote it; null when it is one of the ways of saying that none was read. */
export function seenPlate(
  said: string,
  colour: PlateColour,
  confidencePercent: number | null = null,
  characterPercents: readonly number[] = [],
): SeenPlate | null {
  const read = readCameraPlate(said);
  if (read === null) return null;
  // Some count the colour character in front, some do not.
  const { length } = read.text;
  const surplus = characterPercents.length - length;
  const fits = surplus === 0 || (surplus > 0 && characterPercents.length === said.length);
  return {
    said: said.slice(0, 64),
    ...read,
    colour,
    confidencePercent: confidencePercent === null ? null : percent(confidencePercent),
    characterPercents: fits && length > 0 ? characterPercents.slice(-length).map(percent) : [],
  };
}

function percent(value: number): number {
  return Number.isFinite(value) ? Math.min(100, Math.max(0, Math.round(value))) : 0;
}
