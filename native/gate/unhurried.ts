import { setImmediate as nextTurn } from 'node:timers/promises';

/** The rows of a long list, at most `count`; at each null the station first does what else it has to. */
export async function* unhurried<T>(rows: Iterable<T | null>, count: number): AsyncGenerator<T> {
  let taken = 0;
  for (const row of rows) {
    if (row === null) {
      await nextTurn();
      continue;
    }
    if (taken === count) return;
    taken += 1;
    yield row;
  }
}
