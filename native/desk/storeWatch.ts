import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, LaneView, StationView } from '../../station/contract.ts';
import { storeProblem } from '../store/storeProblem.ts';
import type { Desk } from './desk.ts';

const lookEveryMs = 2000;

/**
 * Brings a station back whose disk refused: what is kept is written as soon as it can be. Where the disk was away and
 * is back, and the files that were open are not (a stick plugged in again, a share mounted anew), the station is
 * started again.
 */
export class StoreWatch {
  readonly #desk: Desk;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #unreadable: string | null = null;
  /** The disk took no file of any kind, for another reason than being full. */
  #away = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Runs what reads the store; where that fails the station says so, and `otherwise` stands for it. Never throws. */
  guard<T>(read: () => T, otherwise: () => T): T {
    try {
      return read();
    } catch (problem) {
      this.#unreadable ??= storeProblem(this.#diskProblem() ?? problem);
      this.#desk.fault({ code: 'store-failed', detail: this.#unreadable });
      return otherwise();
    }
  }

  /** To be called now and then. */
  look(): void {
    const { clock, stores } = this.#desk.deps;
    const { ledger } = stores;
    if (ledger.refusal === null && this.#unreadable === null) return;
    if (clock.monotonicMs() - this.#lookedMs < lookEveryMs) return;
    this.#lookedMs = clock.monotonicMs();
    const written = ledger.writeKept();
    if (written.ok && this.#unreadable === null) {
      this.#away = false;
      this.#desk.wakeSync();
      return;
    }
    const problem = this.#diskProblem();
    if (problem === null && this.#away) {
      this.#desk.restart();
      this.#away = false;
    } else if (problem !== null) {
      this.#desk.fault({ code: 'store-failed', detail: storeProblem(problem) });
    }
  }

  #diskProblem(): unknown {
    const problem = freshFileProblem(this.#desk.deps.dir);
    if (problem !== null && !isFull(problem)) this.#away = true;
    return problem;
  }
}

/** What screens are shown while the lane cannot be told: nothing stands there that could be weighed or let go. */
export function withoutStore(last: StationView | null, faults: readonly Fault[]): StationView | null {
  if (last === null) return null;
  const lane: LaneView = {
    ...last.lane,
    ...{ phase: 'zero', crossingId: null, stableKg: null, truck: null, suggestion: null },
    ...{ decision: null, saved: null, next: 'repair-scale' },
  };
  return { ...last, lane, faults: [...faults] };
}

/** Why the folder takes no new file; null when it does. */
function freshFileProblem(dir: string): unknown {
  const path = join(dir, 'disk-test.part');
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      writeSync(file, 'x');
      fsyncSync(file);
    } finally {
      closeSync(file);
      rmSync(path);
    }
    return null;
  } catch (problem) {
    return problem;
  }
}

function isFull(problem: unknown): boolean {
  const code = problem instanceof Error && 'code' in problem ? problem.code : '';
  return code === 'ENOSPC' || code === 'EDQUOT';
}
