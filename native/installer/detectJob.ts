import type { CandidateView } from '../../station/contract.ts';
import type { LineSetting } from '../instruments/detectLine.ts';
import { detectLine, serialOf, serialSettings } from '../instruments/detectLine.ts';
import { openAnyLine } from '../instruments/transport.ts';
import type { TransportConfig } from '../instruments/transportConfig.ts';

export interface DetectView {
  readonly running: boolean;
  readonly at: string | null;
  readonly problem: string | null;
  readonly candidates: CandidateView[];
}

const idle: DetectView = { running: false, at: null, problem: null, candidates: [] };

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
    const seen = { problem: '', heard: false };
    const settings: readonly (LineSetting | null)[] = config.kind === 'serial' ? serialSettings : [null];
    const findings = await detectLine(settings, {
      openLine: (setting, events) =>
        openAnyLine(
          config.kind === 'serial' && setting !== null ? { ...config, ...serialOf(setting) } : config,
          {
            ...events,
            onOpen: (detail) => {
              if (current()) this.#view = { ...this.#view, at: detail };
              events.onOpen(detail);
            },
            onBytes: (chunk) => {
              seen.heard = true;
              events.onBytes(chunk);
            },
            onDown: (error) => {
              seen.problem ||= error;
              events.onDown(error);
            },
          },
        ),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      stopped: () => !current() || (seen.problem !== '' && !seen.heard),
    });
    if (!current()) return;
    this.#view = {
      running: false,
      at: null,
      problem: seen.problem === '' || seen.heard ? null : seen.problem,
      candidates: findings.flatMap(({ setting, candidates }) =>
        candidates.map(({ kg: _, ...candidate }) => ({
          ...candidate,
          baudRate: setting?.baudRate ?? null,
          framing: setting?.framing ?? null,
        })),
      ),
    };
  }
}
