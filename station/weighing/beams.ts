import * as z from 'zod';
import type { Reason } from '../limits/decision.ts';
import type { CurveFlag } from './curveFlags.ts';

/** Light barriers (光栅) across the deck: at both edges, and perhaps one in the middle that only sees who stands there. */
export const beamPlaces = ['entry', 'exit', 'middle'] as const;
export const BeamPlace = z.enum(beamPlaces);
export type BeamPlace = z.infer<typeof BeamPlace>;

/** `unknown`: nobody hears from it; that is no clear beam. */
export const BeamState = z.enum(['clear', 'broken', 'unknown']);
export type BeamState = z.infer<typeof BeamState>;

export const BeamView = z.object({ place: BeamPlace, state: BeamState }).readonly();
export type BeamView = z.infer<typeof BeamView>;

export interface BeamOptions {
  readonly places: readonly BeamPlace[];
  /** Whether nothing is decided while an edge of the deck is not seen to be free. */
  readonly refuse: boolean;
}

export interface BeamChange {
  readonly what: 'beam-broken' | 'beam-clear' | 'beam-lost';
  readonly place: BeamPlace;
}

/** A truck that was seen so long ago and by no beam since is not the one that drives on now. */
const beamAheadMs = 30_000;
const whats = { broken: 'beam-broken', clear: 'beam-clear', unknown: 'beam-lost' } as const;

/** What the beams saw of who stands there, or comes. Times monotonic ms. */
export class Beams {
  readonly #options: BeamOptions | null;
  #now: readonly BeamView[];
  /** When one first saw this vehicle. */
  #seenAtMs: number | null = null;
  #lastSeenAtMs = Number.NEGATIVE_INFINITY;
  /** While one was out of reach nobody can say that no vehicle came. */
  #blindAtMs = Number.NEGATIVE_INFINITY;
  #blind = false;

  constructor(options: BeamOptions | null) {
    this.#options = options;
    this.#now = (options?.places ?? []).map((place) => ({ place, state: 'unknown' }));
  }

  get now(): readonly BeamView[] {
    return this.#now;
  }

  /** Returns what changed. */
  see(beams: readonly BeamView[], atMs: number): readonly BeamChange[] {
    const changes = beams.flatMap(({ place, state }): readonly BeamChange[] =>
      this.#now.some((before) => before.place === place && before.state !== state)
        ? [{ what: whats[state], place }]
        : [],
    );
    this.#now = this.#now.map((before) => beams.find(({ place }) => place === before.place) ?? before);
    this.#note(atMs);
    return changes;
  }

  /** A crossing begins: what was seen long before was another vehicle. */
  begin(atMs: number): void {
    this.#note(atMs);
    if (atMs - this.#lastSeenAtMs > beamAheadMs) this.#seenAtMs = null;
    this.#blind = atMs - this.#blindAtMs <= beamAheadMs;
  }

  /** It left; whoever breaks a beam by now may be the next one. */
  end(atMs: number): void {
    this.#seenAtMs = null;
    this.#note(atMs);
  }

  /** For the curve: when the vehicle was first seen, Infinity when never, null when nobody can say. */
  get seenAtMs(): number | null {
    if (this.#options === null || (this.#blind && this.#seenAtMs === null)) return null;
    return this.#seenAtMs ?? Infinity;
  }

  /** What the edges say of a weight that stands there now, kg. */
  flags(kg: number, afterMs: number): readonly CurveFlag[] {
    const flag = (code: CurveFlag['code']): CurveFlag => ({ code, afterMs: Math.round(afterMs), kg });
    return [
      ...(this.#edges('broken').length > 0 ? [flag('beam-broken')] : []),
      ...(this.#edges('unknown').length > 0 ? [flag('beam-unknown')] : []),
    ];
  }

  obstacles(): readonly Reason[] {
    if (this.#options?.refuse !== true) return [];
    const [broken, unknown] = [this.#edges('broken'), this.#edges('unknown')];
    if (broken.length > 0) return [{ code: 'beam-broken', detail: broken.join(' ') }];
    return unknown.length > 0 ? [{ code: 'beam-unknown', detail: unknown.join(' ') }] : [];
  }

  #edges(state: BeamState): readonly BeamPlace[] {
    return this.#now
      .filter((beam) => beam.place !== 'middle' && beam.state === state)
      .map(({ place }) => place);
  }

  #note(atMs: number): void {
    if (this.#now.some(({ state }) => state === 'unknown')) [this.#blind, this.#blindAtMs] = [true, atMs];
    if (!this.#now.some(({ state }) => state === 'broken')) return;
    this.#seenAtMs ??= atMs;
    this.#lastSeenAtMs = atMs;
  }
}
