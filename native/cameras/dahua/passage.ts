/**
 * Dahua (and its OEM Intelbras): one vehicle, as lines of snapManager or as the JSON of eventManager. Both are read
 * into one flat table of names.
 *
 *   Events[0].EventBaseInfo.Code=TrafficCarMeasurement        Events[0].PlateInfo.FrontPlateNumber=AC00003
 *   Events[0].EventBaseInfo.Action=Pulse                      Events[0].PlateInfo.FrontPlateColor=Blue
 *   Events[0].GroupID=123                                     Events[0].PlateInfo.BackPlateNumber=AC00004
 *   Events[0].CountInGroup=3                                  Events[0].CarWeightInfo.AxleNum=3
 *   Events[0].IndexInGroup=1                                  Events[0].CarWeightInfo.AxleWeightInfo[0]=3000
 *   Events[0].UTC=1670842479                                  Events[0].CarWeightInfo.TotalWeight=3000
 *   Events[0].UTCMS=123                                       Events[0].TrafficCar.PlateNumber=AC00003
 *   Events[0].VehicleDirection=Head                           Events[0].TrafficCar.PlateColor=Yellow
 *
 * Source: the HTTP API text as quoted by public clients. `UTC` is local time on some firmware, `RealUTC` is right
 * where it is sent; `Object.Confidence` is of 255; whether mainland plates carry a `·` is not known, and either is
 * read. A weight told here is never a legal one.
 */
import * as z from 'zod';
import type { PlateColour } from '../../../station/vehicles/plateColour.ts';
import type { PlateEvent } from '../plateEvent.ts';
import { emptyEvent, isDrill, seenPlate } from '../plateEvent.ts';

export type Fields = ReadonlyMap<string, string>;

export interface Capture {
  readonly event: PlateEvent;
  /** Pictures of one passage carry one group; null where there is none. */
  readonly group: string | null;
  /** How many pictures the whole group has. */
  readonly pictures: number;
}

const colours: Readonly<Record<string, PlateColour>> = {
  Blue: 'blue',
  Yellow: 'yellow',
  YellowbottomBlackText: 'yellow',
  White: 'white',
  Black: 'black',
  Green: 'green',
  ShadowGreen: 'gradient-green',
  YellowGreen: 'yellow-green',
};
const mostFields = 2000;
const mostAxles = 20;
const mostPictures = 8;
const confidenceRange = 255;

/** The lines of one event, by their names after `Events[0].`; null when there are none. */
export function readLines(text: string): Fields | null {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/, mostFields)) {
    const [, name, value] = /^\s*(?:Events\[0\]\.)?([A-Za-z][\w.[\]]{0,120})=(.{0,500})$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value.trim());
  }
  return fields.size === 0 ? null : fields;
}

/** The same table out of the JSON of one event; null when it is not one. */
export function flatten(json: unknown): Fields | null {
  if (!z.record(z.string(), z.unknown()).safeParse(json).success) return null;
  const fields = new Map<string, string>();
  const walk = (value: unknown, name: string): void => {
    if (fields.size >= mostFields || name.length > 120) return;
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, Array.isArray(value) ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`);
      }
    } else if (typeof value === 'string' || typeof value === 'number') {
      fields.set(name, String(value).slice(0, 500));
    }
  };
  walk(json, '');
  return fields;
}

/** Null when the table is not of a vehicle. */
export function readCapture(fields: Fields): Capture | null {
  const field = (name: string): string => fields.get(name) ?? '';
  const front = field('PlateInfo.FrontPlateNumber');
  const said = field('TrafficCar.PlateNumber') || front || field('Object.Text');
  const aboutCar = [...fields.keys()].some((name) => /^(TrafficCar|PlateInfo|CarWeightInfo)\./.test(name));
  if (!aboutCar && said === '') return null;
  const colour =
    colours[field('TrafficCar.PlateColor')] ?? colours[field('PlateInfo.FrontPlateColor')] ?? 'other';
  const confidence = wholeOf(field('Object.Confidence'), confidenceRange);
  const direction = field('VehicleDirection');
  const group = field('GroupID');
  const timeMs = timeOf(field('RealUTC') || field('UTC'), field('UTCMS'));
  const name = field('TrafficCar.MachineName') || field('MachineName');
  return {
    group: group === '' || group === '0' ? null : group,
    pictures: Math.min(mostPictures, Math.max(1, wholeOf(field('CountInGroup'), 99) ?? 1)),
    event: {
      ...emptyEvent,
      serialNumber: name.slice(0, 64),
      eventId: timeMs === null ? null : `${String(timeMs)}/${group}`,
      plate: seenPlate(
        said,
        colour,
        confidence === null ? null : Math.round((confidence * 100) / confidenceRange),
      ),
      rearPlate: seenPlate(
        field('PlateInfo.BackPlateNumber'),
        colours[field('PlateInfo.BackPlateColor')] ?? 'other',
      ),
      direction: direction === 'Head' ? 'approaching' : direction === 'Tail' ? 'leaving' : 'unknown',
      deviceTimeMs: timeMs,
      drill: isDrill(name),
      axles: axlesOf(fields),
      axleLoadsKg: axleLoads(fields),
    },
  };
}

function axlesOf(fields: Fields): number | null {
  const axles = wholeOf(fields.get('CarWeightInfo.AxleNum') ?? '', mostAxles);
  return axles !== null && axles >= 2 ? axles : null;
}

function axleLoads(fields: Fields): readonly number[] {
  const loads: number[] = [];
  for (let axle = 0; axle < mostAxles; axle += 1) {
    const load = wholeOf(fields.get(`CarWeightInfo.AxleWeightInfo[${String(axle)}]`) ?? '', 100_000);
    if (load === null) break;
    loads.push(load);
  }
  return loads;
}

function wholeOf(text: string, most: number): number | null {
  return /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

function timeOf(seconds: string, ms: string): number | null {
  if (!/^\d{1,11}$/.test(seconds)) return null;
  return Number(seconds) * 1000 + (/^\d{1,3}$/.test(ms) ? Number(ms) : 0);
}
