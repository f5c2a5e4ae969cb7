import type { CallError, CopiesView } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import type { Desk } from '../desk/desk.ts';
import type { Settings } from '../settings.ts';
import type { BackupSource } from './backup.ts';
import { makeBackup } from './backup.ts';
import type { PlaceProblem } from './place.ts';
import { problemText, withDeadline } from './place.ts';

export interface BackupsOptions {
  readonly desk: Desk;
  readonly settings: Settings['copies'];
  readonly source: BackupSource;
  readonly timers: Timers;
  /** Signs the head the backup will hold. */
  readonly checkpoint: () => void;
}

type BackupState = Omit<CopiesView['backups'][number], 'sameDisk'>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const chinaMs = 8 * hourMs;
/** A place that failed is tried again after this. */
const retryMs = 30 * 60_000;
const stopMs = 3000;
/** Two clocks that are both right may differ by this much. */
const toleranceMs = 10 * 60_000;
/** Later backups of the past are looked for among this many. */
const lookedAt = 200;

/** Backups of a running station, one at a time: every day at its hour, made up for when it was off, and when asked. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #made = new Map<string, BackupState['made']>();
  /** In this run, by the monotonic clock. */
  readonly #madeNow = new Map<string, number>();
  readonly #problems = new Map<string, PlaceProblem>();
  readonly #triedAtMs = new Map<string, number>();
  readonly #queue: string[] = [];
  #running: Promise<void> | null = null;
  #current: string | null = null;
  readonly #stopped = new AbortController();

  constructor(options: BackupsOptions) {
    this.#options = options;
    for (const { path } of options.settings.backups) this.#made.set(path, lastMade(options.desk, path));
  }

  state(place: string): BackupState {
    return {
      place,
      running: this.#current === place || this.#queue.includes(place),
      made: this.#made.get(place) ?? null,
      problem: this.#problems.get(place) ?? null,
    };
  }

  begin(place: string | null): Result<null, CallError> {
    const places = this.#options.settings.backups.map(({ path }) => path);
    const wanted = place === null ? places : places.filter((path) => path === place);
    if (wanted.length === 0) return err({ code: 'bad-request', detail: place ?? 'copies.backups' });
    for (const path of wanted) this.#enqueue(path);
    return ok(null);
  }

  /**
   * Begins what the day's hour asks for; made up for where the station was off at that hour. A clock that was wrong must
   * not keep a backup from being made: one of the future is no backup of today, a whole day without one is a day on any
   * clock, and while the clock stands behind one is made in each run.
   */
  beginDue(): void {
    const { desk, settings } = this.#options;
    const { clock, stores } = desk.deps;
    if (settings.backupHour === null) return;
    const dueMs = lastHour(clock.nowMs(), settings.backupHour);
    for (const { path } of settings.backups) {
      const madeMs = this.#made.get(path)?.atMs ?? Number.NEGATIVE_INFINITY;
      const nowMs = clock.monotonicMs();
      const madeNowMs = this.#madeNow.get(path) ?? null;
      const isDue =
        madeMs < dueMs ||
        madeMs > clock.nowMs() + toleranceMs ||
        (madeNowMs === null ? stores.ledger.clockBehindMs() > 0 : nowMs - madeNowMs >= dayMs + hourMs);
      const triedMs = this.#triedAtMs.get(path);
      const waits = triedMs !== undefined && clock.monotonicMs() - triedMs < retryMs;
      if (isDue && !waits) this.#enqueue(path);
    }
  }

  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** Leaves off for a bounded time: a place stays as it was until the very last step of a backup. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('the station stops'));
    this.#queue.length = 0;
    await withDeadline(this.settled(), stopMs, this.#options.timers);
  }

  #enqueue(place: string): void {
    if (this.#stopped.signal.aborted || this.#current === place || this.#queue.includes(place)) return;
    this.#queue.push(place);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    for (let place = this.#queue.shift(); place !== undefined; place = this.#queue.shift()) {
      this.#current = place;
      this.#options.desk.changed();
      await this.#make(place);
      this.#current = null;
      this.#options.desk.changed();
    }
  }

  async #make(place: string): Promise<void> {
    const { desk, settings, source, timers } = this.#options;
    const { clock } = desk.deps;
    this.#triedAtMs.set(place, clock.monotonicMs());
    const clockBehindMs = Math.round(desk.deps.stores.ledger.clockBehindMs());
    this.#options.checkpoint();
    const made = await makeBackup(source, {
      place,
      keep: settings.keep,
      nowMs: clock.nowMs,
      clockBehindMs,
      timers,
      signer: desk.deps.keys.signer,
      stopped: this.#stopped.signal,
    });
    if (this.#isStopped()) return;
    if (made.ok) {
      const { manifest, bytesWritten } = made.value;
      const { headSequence, headHash, pictures } = manifest;
      this.#made.set(place, {
        ...{ atMs: clock.nowMs(), headSequence, bytes: manifest.bytes, pictures },
        clockBehind: clockBehindMs > 0,
      });
      this.#madeNow.set(place, clock.monotonicMs());
      this.#problems.delete(place);
      desk.note({
        type: 'backup-made',
        body: {
          place: place.slice(0, 512),
          headSequence,
          headHash,
          bytes: bytesWritten,
          pictures,
          clockBehindMs,
        },
      });
    } else {
      const told = this.#problems.get(place)?.kind === made.error.kind;
      this.#problems.set(place, made.error);
      if (!told)
        desk.note({
          type: 'backup-failed',
          body: { place: place.slice(0, 512), problem: problemText(made.error) },
        });
    }
    this.#show();
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  #show(): void {
    const { desk } = this.#options;
    const detail = [...this.#problems].map(([place, { kind }]) => `${place} (${kind})`).join(', ');
    if (detail === '') desk.clearFault('backup-failed');
    else desk.fault({ code: 'backup-failed', detail });
  }
}

/** The last time it was `hour` o'clock in China, ms UTC. */
function lastHour(nowMs: number, hour: number): number {
  const local = nowMs + chinaMs;
  const today = Math.floor(local / dayMs) * dayMs + hour * hourMs;
  return (today <= local ? today : today - dayMs) - chinaMs;
}

/** As the ledger tells it: what was made before this start. */
function lastMade(desk: Desk, place: string): BackupState['made'] {
  const { db, ledger } = desk.deps.stores;
  const sequences = db
    .prepare(`SELECT sequence FROM ledger WHERE type = 'backup-made' ORDER BY sequence DESC LIMIT ?`)
    .pluck()
    .all(lookedAt) as number[];
  for (const sequence of sequences) {
    const link = ledger.link(sequence);
    const opened = link === null ? null : openLink(link);
    if (opened?.ok !== true || opened.value.type !== 'backup-made') continue;
    const { body, timeMs } = opened.value;
    if (body.place !== place) continue;
    return {
      ...{ atMs: timeMs, headSequence: body.headSequence, bytes: body.bytes, pictures: body.pictures },
      clockBehind: body.clockBehindMs > 0,
    };
  }
  return null;
}
