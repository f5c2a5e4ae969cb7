import * as z from 'zod';

/** What happened during a crossing and when, to be looked at beside its curve; after the crossing began. */
export const Moment = z
  .object({
    what: z.enum([
      'plate',
      'picture',
      'read',
      'stable',
      'entered',
      'saved',
      'line-lost',
      'line-back',
      'beam-broken',
      'beam-clear',
      'beam-lost',
    ]),
    /** Negative for what was seen before the wheels touched the scale. */
    afterMs: z.int(),
    /** A plate, a picture's SHA-256, what was read in a picture and how surely, or which beam. */
    detail: z.string().max(64),
  })
  .readonly();
export type Moment = z.infer<typeof Moment>;

/** The same with the monotonic time at which it was seen. */
export interface SeenMoment {
  readonly what: Moment['what'];
  readonly atMs: number;
  readonly detail: string;
}

const most = 40;

export function addMoment(moments: readonly SeenMoment[], moment: SeenMoment): readonly SeenMoment[] {
  return moments.length >= most ? moments : [...moments, moment];
}

export function momentsAfter(moments: readonly SeenMoment[], startedAtMs: number): Moment[] {
  return [...moments]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ what, atMs, detail }) => ({
      what,
      afterMs: Math.round(atMs - startedAtMs),
      detail: detail.slice(0, 64),
    }));
}
