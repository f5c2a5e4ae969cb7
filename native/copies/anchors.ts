import { stat } from 'node:fs/promises';
import type { Anchor } from '../../station/ledger/anchor.ts';
import { anchorLine } from '../../station/ledger/anchor.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { Timers } from '../city/timers.ts';
import { anchorPath, appendAnchor, readAnchorFile } from './anchorFile.ts';
import type { PlaceProblem } from './place.ts';
import { placeProblem, withDeadline } from './place.ts';

export interface AnchorsOptions {
  readonly folders: readonly string[];
  readonly station: string;
  readonly timers: Timers;
  readonly nowMs: () => number;
  /** What a folder knows already is heard before anything is added to it; false leaves it as it is. */
  readonly hear: (folder: string, anchors: readonly Anchor[]) => boolean;
  /** Once for each turn to the worse. */
  readonly onFailed: (folder: string, problem: PlaceProblem) => void;
  readonly onChange: () => void;
}

export interface AnchorState {
  readonly folder: string;
  readonly laid: { readonly sequence: number; readonly atMs: number } | null;
  readonly problem: PlaceProblem | null;
}

interface Place {
  state: AnchorState;
  /** A folder that does not answer is not asked a second thing meanwhile. */
  busy: boolean;
  heard: boolean;
  due: SignedLink | null;
}

const deadlineMs = 10_000;

/** Lays checkpoints down in folders outside the store; nothing waits for them but who asks to. */
export class Anchors {
  readonly #options: AnchorsOptions;
  readonly #places: readonly Place[];
  readonly #running = new Set<Promise<void>>();
  /** Folders that contradict the store: nothing is added to what they say. */
  readonly #blocked = new Set<string>();

  constructor(options: AnchorsOptions) {
    this.#options = options;
    this.#places = options.folders.map((folder) => ({
      state: { folder, laid: null, problem: null },
      busy: false,
      heard: false,
      due: null,
    }));
  }

  get states(): readonly AnchorState[] {
    return this.#places.map(({ state }) => state);
  }

  /** Asks every folder what it knows, for at most the deadline. */
  async hearAll(): Promise<void> {
    for (const place of this.#places) this.#work(place);
    await this.settled();
  }

  layDown(link: SignedLink): void {
    for (const place of this.#places) {
      place.due = link;
      this.#work(place);
    }
  }

  /** Tries again where something is still due. */
  retry(): void {
    for (const place of this.#places)
      if (place.due !== null || place.state.problem !== null) this.#work(place);
  }

  /** When everything begun has ended or outlasted its deadline. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #work(place: Place): void {
    if (place.busy) return;
    place.busy = true;
    const running = this.#turn(place).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #turn(place: Place): Promise<void> {
    const { folder } = place.state;
    const work = this.#visit(place).finally(() => {
      place.busy = false;
    });
    try {
      const ended = await withDeadline(work, deadlineMs, this.#options.timers);
      if (ended.kind === 'slow') {
        this.#failed(place, { kind: 'slow', detail: `no answer in ${String(deadlineMs / 1000)} s` });
        // Whatever it says later is heard, and harms nobody.
        work.then(
          () => {
            this.#options.onChange();
          },
          () => undefined,
        );
      }
    } catch (problem) {
      this.#failed(place, placeProblem(problem));
    }
    this.#options.onChange();
    if (place.state.problem === null && place.due !== null && !this.#blocked.has(folder)) this.#work(place);
  }

  async #visit(place: Place): Promise<void> {
    const { folder } = place.state;
    const { station, hear, nowMs } = this.#options;
    // A folder that is not there is a stick that is not plugged in, not one that knows nothing.
    await stat(folder);
    if (!place.heard || this.#blocked.has(folder)) {
      const known = (await readAnchorFile(anchorPath(folder, station))) ?? [];
      if (hear(folder, known)) this.#blocked.delete(folder);
      else this.#blocked.add(folder);
      place.heard = true;
    }
    const link = place.due;
    if (link === null || this.#blocked.has(folder)) {
      place.state = { ...place.state, problem: null };
      return;
    }
    await appendAnchor(folder, station, anchorLine(link));
    if (place.due === link) place.due = null;
    place.state = { folder, laid: { sequence: link.sequence, atMs: nowMs() }, problem: null };
  }

  #failed(place: Place, problem: PlaceProblem): void {
    const known = place.state.problem?.kind === problem.kind;
    place.state = { ...place.state, problem };
    // Another stick may be plugged in next.
    place.heard = false;
    if (!known) this.#options.onFailed(place.state.folder, problem);
  }
}
