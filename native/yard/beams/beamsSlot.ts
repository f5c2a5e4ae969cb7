import type { Clock } from '../../clock.ts';
import type { BeamDevice, BeamsLive } from './beamDevice.ts';
import { openBeams } from './beamDevice.ts';
import type { BeamsConfig } from './beamsConfig.ts';

/** The longest a try keeps the configured beams from being read. */
const tryMs = 120_000;

/** The one place a beams' module is connected: the configured one, or for a while one that is being tried. */
export class BeamsSlot {
  readonly own: BeamsConfig | null;
  readonly #onChange: (live: BeamsLive, atMs: number) => void;
  readonly #clock: Clock;
  #running: { readonly source: 'own' | 'try'; readonly device: BeamDevice } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(own: BeamsConfig | null, onChange: (live: BeamsLive, atMs: number) => void, clock: Clock) {
    this.own = own;
    this.#onChange = onChange;
    this.#clock = clock;
  }

  startOwn(): void {
    if (this.own === null) return;
    this.#start('own', this.own, this.#onChange);
    const live = this.#running?.device.live();
    if (live !== undefined) this.#onChange(live, this.#clock.monotonicMs());
  }

  /** Reads these inputs; the lane knows nothing of its beams meanwhile. */
  try(config: BeamsConfig): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      this.#start('try', config, () => undefined);
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

  release(): Promise<void> {
    return this.#next(() => this.#stop());
  }

  live(): { readonly source: 'none' | 'own' | 'try'; readonly live: BeamsLive | null } {
    return { source: this.#running?.source ?? 'none', live: this.#running?.device.live() ?? null };
  }

  #start(
    source: 'own' | 'try',
    config: BeamsConfig,
    onChange: (live: BeamsLive, atMs: number) => void,
  ): void {
    this.#running = { source, device: openBeams(config, onChange, this.#clock) };
  }

  async #stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const running = this.#running;
    this.#running = null;
    await running?.device.close();
    if (running?.source !== 'own') return;
    const { beams, inputs, asked, answered } = running.device.live();
    this.#onChange(
      {
        state: 'connecting',
        trouble: null,
        beams: beams.map(({ place }) => ({ place, state: 'unknown' })),
        inputs,
        asked,
        answered,
      },
      this.#clock.monotonicMs(),
    );
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
