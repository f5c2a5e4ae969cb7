import type { Disagreement } from '../../station/contract.ts';
import type { Clock } from '../clock.ts';
import type { ConfiguredNeighbour } from '../instruments/bus/lineNeighbour.ts';
import type { IndicatorListeners, IndicatorStats } from '../instruments/indicator.ts';
import type { IndicatorConfig } from '../instruments/indicatorConfig.ts';
import type { TransportState } from '../instruments/transport.ts';
import { BytesSeen } from './bytesSeen.ts';
import type { Cable, NeighbourView } from './cable.ts';
import { openCable } from './cable.ts';

interface Running {
  readonly source: 'own' | 'try';
  readonly config: IndicatorConfig;
  readonly cable: Cable;
}

/** The longest a try keeps the scale from weighing. */
const tryMs = 120_000;

/**
 * The one place an instrument is connected: the configured one, or for a while one that is being tried, or none
 * while a line is listened to. What is tried is never weighed with.
 */
export class InstrumentSlot {
  readonly #own: IndicatorConfig | null;
  readonly #neighbours: readonly ConfiguredNeighbour[];
  readonly #onNeighbour: (name: string, state: TransportState) => void;
  readonly #listeners: IndicatorListeners;
  readonly #clock: Clock;
  readonly #seen = new BytesSeen();
  #running: Running | null = null;
  #shows: { readonly kg: number; readonly raw: string } | null = null;
  #fault: Disagreement | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    own: IndicatorConfig | null,
    listeners: IndicatorListeners,
    clock: Clock,
    neighbours: readonly ConfiguredNeighbour[] = [],
    onNeighbour: (name: string, state: TransportState) => void = () => undefined,
  ) {
    this.#neighbours = neighbours;
    this.#onNeighbour = onNeighbour;
    this.#own = own;
    this.#listeners = listeners;
    this.#clock = clock;
  }

  get own(): IndicatorConfig | null {
    return this.#own;
  }

  startOwn(): void {
    if (this.#own !== null) this.#start('own', this.#own, this.#listeners, this.#neighbours);
  }

  /** Frees the line, whoever holds it. */
  release(): Promise<void> {
    return this.#next(() => this.#stop());
  }

  try(config: IndicatorConfig): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      this.#start('try', config, silent);
      this.#timer = setTimeout(() => void this.backToOwn(), tryMs);
    });
  }

  backToOwn(): Promise<void> {
    return this.#next(async () => {
      if (this.#running?.source === 'own') return;
      await this.#stop();
      this.startOwn();
    });
  }

  get running(): { readonly source: 'own' | 'try'; readonly config: IndicatorConfig } | null {
    return this.#running;
  }

  live(): {
    readonly stats: IndicatorStats | null;
    readonly shows: { readonly kg: number; readonly raw: string } | null;
    readonly fault: Disagreement | null;
    readonly bytes: { afterMs: number; hex: string }[];
    readonly neighbours: readonly NeighbourView[];
  } {
    return {
      stats: this.#running?.cable.own.stats() ?? null,
      shows: this.#shows,
      fault: this.#fault,
      bytes: this.#seen.view(),
      neighbours: this.#running?.cable.neighbours() ?? [],
    };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const running = this.#running;
    this.#running = null;
    this.#shows = null;
    this.#fault = null;
    this.#seen.clear();
    await running?.cable.close();
    // What was weighed with is silent now, and everyone must see that.
    if (running?.source !== 'own') return;
    this.#listeners.onState({ kind: 'connecting' });
    this.#listeners.onFault(null);
  }

  #start(
    source: 'own' | 'try',
    config: IndicatorConfig,
    heard: IndicatorListeners,
    neighbours: readonly ConfiguredNeighbour[] = [],
  ): void {
    const cable = openCable(
      config,
      neighbours,
      {
        onReading: (reading) => {
          this.#shows = { kg: reading.kg, raw: reading.raw };
          heard.onReading(reading);
        },
        onState: heard.onState,
        onFault: (fault) => {
          this.#fault = fault;
          heard.onFault(fault);
        },
        onRange: heard.onRange,
        onBytes: (chunk, atMs) => {
          this.#seen.add(chunk, atMs);
        },
      },
      this.#clock,
      this.#onNeighbour,
    );
    this.#running = { source, config, cable };
  }
}

const silent: IndicatorListeners = {
  onReading: () => undefined,
  onState: () => undefined,
  onFault: () => undefined,
  onRange: () => undefined,
};
