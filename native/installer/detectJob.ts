import type { CandidateView } from '../../station/contract.ts';
import { detectOn } from '../instruments/detectOn.ts';
import type { TransportConfig } from '../instruments/transportConfig.ts';

export interface DetectView {
  readonly running: boolean;
  readonly at: string | null;
  readonly nth: number;
  readonly of: number;
  readonly bytes: number;
  readonly problem: string | null;
  readonly candidates: CandidateView[];
}

const idle: DetectView = {
  running: false,
  at: null,
  nth: 0,
  of: 0,
  bytes: 0,
  problem: null,
  candidates: [],
};

/** One search for what speaks on a line, for the installer's screen. It listens; the choice is a person's. */
export class DetectJob {
  #view: DetectView = idle;
  #nth = 0;

  view(): DetectView {
    return this.#view;
  }

  stop(): void {
    this.#nth += 1;
    this.#view = { ...this.#view, running: false, at: null };
  }

  /** Resolves when the line is free again. */
  async run(config: TransportConfig): Promise<void> {
    this.#nth += 1;
    const mine = this.#nth;
    const current = (): boolean => mine === this.#nth;
    this.#view = { ...idle, running: true };
    const found = await detectOn(config, {
      onOpen: (detail) => {
        if (current()) this.#view = { ...this.#view, at: detail };
      },
      onProgress: (progress) => {
        if (current()) this.#view = { ...this.#view, ...progress };
      },
      stopped: () => !current(),
    });
    if (!current()) return;
    this.#view = {
      ...this.#view,
      running: false,
      at: null,
      problem: found.ok ? null : found.error,
      candidates: (found.ok ? found.value : []).flatMap(({ setting, candidates }) =>
        candidates.map(({ kg: _, ...candidate }) => ({
          ...candidate,
          baudRate: setting?.baudRate ?? null,
          framing: setting?.framing ?? null,
        })),
      ),
    };
  }
}
