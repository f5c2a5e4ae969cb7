import type { Timers } from '../city/timers.ts';
import { PlaceError } from './place.ts';

/** Work at a place that may be arbitrarily large, but must show some progress now and then. */
export async function unlessStalled<T>(
  work: (beat: () => void) => Promise<T>,
  quietMs: number,
  timers: Timers,
): Promise<T> {
  let forget = (): void => undefined;
  let fail = (_: Error): void => undefined;
  const stalled = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const beat = (): void => {
    forget();
    forget = timers.after(quietMs, () => {
      fail(new PlaceError('slow', `no progress in ${String(quietMs / 1000)} s`));
    });
  };
  beat();
  try {
    return await Promise.race([work(beat), stalled]);
  } finally {
    forget();
  }
}
