import * as z from 'zod';
import type { Reading } from './stability.ts';

/** What a curve shows that a truck does not do. A flag warns and is recorded; what it refuses is a setting. */
export const curveFlagCodes = [
  'fast-step',
  'jump-standing',
  'drift',
  'before-beams',
  /** A beam at the deck's edge is broken, or not heard from, while the weight is taken: not all of it may be on. */
  'beam-broken',
  'beam-unknown',
] as const;
export const CurveFlagCode = z.enum(curveFlagCodes);
export type CurveFlagCode = z.infer<typeof CurveFlagCode>;

export const CurveFlag = z
  .object({
    code: CurveFlagCode,
    /** After the crossing began. */
    afterMs: z.int(),
    /** How large the step or drift is, or how much stood there; kg. */
    kg: z.int(),
  })
  .readonly();
export type CurveFlag = z.infer<typeof CurveFlag>;

/** What counts as suspicious. The figures are the yard's to change: none of them is law. */
export const CurveSettings = z
  .strictObject({
    /** An axle of 12 t at walking pace loads the deck at some 50 t a second; what is faster never drove on. */
    fastestTonnesPerSecond: z.int().min(20).max(1000).default(100),
    /** A step from rest to rest within one frame: remote-control boards do that, wheels do not. */
    jumpKg: z.int().min(40).max(5000).default(200),
    /** Slow change between the first stable weight and the saved one. */
    driftKg: z.int().min(40).max(5000).default(200),
    /** More than this is loading, not drift. */
    driftMostKg: z.int().min(100).max(20_000).default(2000),
  })
  .readonly();
export type CurveSettings = z.infer<typeof CurveSettings>;

export interface CurveContext {
  readonly settings: CurveSettings;
  readonly divisionKg: number;
  /** Reading times are monotonic ms, as this is. */
  readonly startedAtMs: number;
  /** When beams first saw a vehicle, Infinity when they never did; null where none can say. */
  readonly beamAtMs: number | null;
}

const restMs = 1000;
const restAfterMs = 500;
/** Frames closer than this are taken as this far apart: a burst after a hiccup is no step. */
const leastFrameMs = 50;
const beamLeadMs = 1000;
/** An axle is on the deck within about a second; whatever is slower creeps. */
const moveMs = 500;
const most = 20;

/** Looks at a crossing's readings, oldest first, for shapes a truck cannot make. Weights kg, times monotonic ms. */
export function curveFlags(readings: readonly Reading[], context: CurveContext): readonly CurveFlag[] {
  const found = [...steps(readings, context), ...drift(readings, context), ...beforeBeams(readings, context)];
  return found.sort((one, other) => one.afterMs - other.afterMs).slice(0, most);
}

function flag(code: CurveFlagCode, atMs: number, kg: number, { startedAtMs }: CurveContext): CurveFlag {
  return { code, afterMs: Math.round(atMs - startedAtMs), kg: Math.round(kg) };
}

function steps(readings: readonly Reading[], context: CurveContext): readonly CurveFlag[] {
  const { settings, divisionKg } = context;
  const found: CurveFlag[] = [];
  for (const [at, reading] of readings.entries()) {
    const before = readings[at - 1];
    if (before === undefined) continue;
    const changeKg = Math.abs(reading.kg - before.kg);
    const overMs = Math.max(leastFrameMs, reading.atMs - before.atMs);
    const fromRest = isAtRest(readings, at - 1, -1, restMs, divisionKg);
    if (changeKg >= settings.jumpKg && fromRest && isAtRest(readings, at, 1, restAfterMs, 2 * divisionKg)) {
      found.push(flag('jump-standing', reading.atMs, reading.kg - before.kg, context));
    } else if (changeKg / overMs > settings.fastestTonnesPerSecond) {
      // A tonne a second is a kilogram a millisecond.
      found.push(flag('fast-step', reading.atMs, reading.kg - before.kg, context));
    }
  }
  return found;
}

/** Whether the weight lay within `spreadKg` for a whole `spanMs` on one side of a reading, itself included. */
function isAtRest(
  readings: readonly Reading[],
  from: number,
  direction: 1 | -1,
  spanMs: number,
  spreadKg: number,
): boolean {
  const first = readings[from];
  // An empty deck rests, too; what comes onto it from nothing is a truck, not a jump.
  if (first === undefined || (direction === -1 && Math.abs(first.kg) <= 2 * spreadKg)) return false;
  let [low, high] = [first.kg, first.kg];
  for (let at = from + direction; ; at += direction) {
    const reading = readings[at];
    if (reading === undefined) return false;
    low = Math.min(low, reading.kg);
    high = Math.max(high, reading.kg);
    if (high - low > spreadKg) return false;
    if (Math.abs(reading.atMs - first.atMs) >= spanMs) return true;
  }
}

/** A weight that creeps away after it had come to rest, without any axle moving. */
function drift(readings: readonly Reading[], context: CurveContext): readonly CurveFlag[] {
  const { settings, divisionKg } = context;
  const last = readings.at(-1);
  if (last === undefined) return [];
  const moved = lastMove(readings, 10 * divisionKg);
  const start = readings.find(
    ({ kg }, at) => at > moved && kg > 20 * divisionKg && isAtRest(readings, at, 1, restMs, divisionKg),
  );
  if (start === undefined) return [];
  const kg = last.kg - start.kg;
  const creeps = Math.abs(kg) >= settings.driftKg && Math.abs(kg) <= settings.driftMostKg;
  return creeps ? [flag('drift', last.atMs, kg, context)] : [];
}

/** The last reading that lies further than `byKg` from one shortly before it: an axle came on, or a bucket fell. */
function lastMove(readings: readonly Reading[], byKg: number): number {
  let earlier = readings.length - 1;
  for (let at = readings.length - 1; at > 0; at -= 1) {
    const now = readings[at];
    earlier = Math.min(earlier, at);
    while (now !== undefined && earlier > 0 && now.atMs - (readings[earlier]?.atMs ?? 0) < moveMs)
      earlier -= 1;
    for (let before = earlier; before < at; before += 1) {
      if (Math.abs((now?.kg ?? 0) - (readings[before]?.kg ?? 0)) > byKg) return at;
    }
  }
  return -1;
}

function beforeBeams(readings: readonly Reading[], context: CurveContext): readonly CurveFlag[] {
  const { beamAtMs, divisionKg } = context;
  if (beamAtMs === null) return [];
  const early = readings.find(({ kg, atMs }) => kg > 20 * divisionKg && atMs < beamAtMs - beamLeadMs);
  return early === undefined ? [] : [flag('before-beams', early.atMs, early.kg, context)];
}
