import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallError, CopiesView } from '../../station/contract.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import type { Desk } from '../desk/desk.ts';
import { headNow } from '../store/restores.ts';
import type { AnchorsOptions } from './anchors.ts';
import { Anchors } from './anchors.ts';
import { Backups } from './backups.ts';
import { contradictionText } from './contradictionText.ts';
import { problemText, withDeadline, onOneDisk } from './place.ts';
import { sweepParts } from './sweepParts.ts';
import type { PlatformHeadSource } from './platformHead.ts';

const minuteMs = 60_000;
/** Weighing does not wait longer for a folder that may know better. */
const hearMs = 3000;
const lastAnchorMs = 3000;

export interface CopiesOptions {
  readonly desk: Desk;
  /** Holds the store and its pictures. */
  readonly dir: string;
  readonly timers: Timers;
  readonly platformHead: PlatformHeadSource | null;
}

/** Anchors and backups of a running station: on their schedule, at the end, and when asked. */
export class Copies {
  readonly #options: CopiesOptions;
  readonly #anchors: Anchors;
  /** The heads that shift reports print, kept beside the papers: a store put back, or cut short, does not know them. */
  readonly #printed: Anchors;
  readonly #papers: string;
  readonly #backups: Backups;
  readonly #sameDisk = new Map<string, boolean>();
  #forgetTick: (() => void) | null = null;
  #checkpointAtMs: number;
  #platformHeard = false;
  #closed = false;
  #swept: Promise<void> = Promise.resolve();

  constructor(options: CopiesOptions) {
    const { desk, dir, timers } = options;
    const { settings, clock, witnesses, stores, mode, settingsFile } = desk.deps;
    this.#options = options;
    this.#checkpointAtMs = clock.monotonicMs();
    this.#papers = join(dir, 'papers');
    const anchorsIn = (folders: readonly string[]): AnchorsOptions => ({
      folders,
      station: settings.station.id,
      timers,
      nowMs: clock.nowMs,
      hear: (folder, anchors) => {
        witnesses.hearAnchors(folder, anchors);
        return !witnesses.contradicts(folder);
      },
      onFailed: (folder, problem) => {
        if (this.#closed) return;
        const place = folder.slice(0, 512);
        desk.note({ type: 'anchor-failed', body: { place, problem: problemText(problem) } });
      },
      onChange: () => {
        this.#showAnchors();
      },
    });
    this.#anchors = new Anchors(anchorsIn(settings.copies.anchors.map(({ path }) => path)));
    this.#printed = new Anchors(anchorsIn([this.#papers]));
    desk.onShiftClosed(({ sequence }) => {
      this.#shiftClosed(sequence);
    });
    this.#backups = new Backups({
      desk,
      settings: settings.copies,
      source: { db: stores.db, dir, settingsFile, station: settings.station.id, mode },
      timers,
      checkpoint: () => {
        checkpoint(desk, 'backup');
      },
    });
  }

  /** Hears what anchors know before the first event of this run, for a bounded time. */
  async hear(): Promise<void> {
    await mkdir(this.#papers, { recursive: true, mode: 0o700 }).catch(() => undefined);
    const all = Promise.all([this.#anchors.hearAll(), this.#printed.hearAll()]);
    await withDeadline(all, hearMs, this.#options.timers);
  }

  start(): void {
    this.#swept = sweepParts(this.#options.dir, Date.now());
    this.#tick();
  }

  layDown(link: SignedLink): void {
    this.#anchors.layDown(link);
    this.#checkpointAtMs = this.#options.desk.deps.clock.monotonicMs();
  }

  backup(place: string | null): Result<null, CallError> {
    return this.#backups.begin(place);
  }

  /** Everything begun has ended; for whoever must know, never for weighing. */
  async settled(): Promise<void> {
    await this.#anchors.settled();
    await this.#printed.settled();
    await this.#backups.settled();
    await this.#swept;
  }

  /** The last word of this run, laid down for a bounded time. */
  async close(): Promise<void> {
    const { desk, timers } = this.#options;
    this.#forgetTick?.();
    if (this.#anchors.states.length > 0)
      desk.guard(() => {
        checkpoint(desk, 'stop');
      });
    this.#closed = true;
    await withDeadline(Promise.all([this.#anchors.settled(), this.#printed.settled()]), lastAnchorMs, timers);
    await this.#backups.stop();
  }

  acceptLoss(reason: string): Result<null, CallError> {
    const { desk } = this.#options;
    const { witnesses } = desk.deps;
    const said = desk.operator === null ? reason : `${desk.operator}: ${reason}`;
    const body = witnesses.acceptance(said.slice(0, 512));
    if (body === null) return err({ code: 'nothing-changed', detail: '' });
    const written = desk.append(body);
    if (!written.ok) return written;
    witnesses.judgeAgain();
    checkpoint(desk, 'asked');
    desk.wakeSync();
    return ok(null);
  }

  async view(): Promise<CopiesView> {
    const { stores, witnesses, settings } = this.#options.desk.deps;
    await this.#lookAtDisks();
    const against = witnesses.contradiction();
    return {
      anchors: this.#anchors.states.map(({ folder, laid, problem }) => ({
        place: folder,
        laid: laid === null ? null : { ...laid },
        problem,
        sameDisk: this.#sameDisk.get(folder) ?? false,
      })),
      backups: settings.copies.backups.map(({ path }) => ({
        ...this.#backups.state(path),
        sameDisk: this.#sameDisk.get(path) ?? false,
      })),
      printed: this.#lastPrinted(),
      platformSequence: stores.outbox.furthestDelivered(),
      headSequence: stores.ledger.head.sequence,
      contradiction:
        against === null
          ? null
          : {
              place: against.place,
              kind: against.kind,
              fromSequence: against.sharedSequence + 1,
              toSequence: against.known.sequence,
              untilMs: against.known.timeMs,
            },
    };
  }

  #lastPrinted(): CopiesView['printed'] {
    const { ledger } = this.#options.desk.deps.stores;
    const link = ledger.lastOfType('shift-closed');
    const opened = link === null ? null : openLink(link);
    return opened?.ok === true ? { sequence: opened.value.sequence, atMs: opened.value.timeMs } : null;
  }

  #shiftClosed(sequence: number): void {
    const { desk } = this.#options;
    const { stores, witnesses } = desk.deps;
    const link = stores.ledger.link(sequence);
    if (link !== null && witnesses.contradiction() === null) this.#printed.layDown(link);
    checkpoint(desk, 'shift');
  }

  #tick(): void {
    const { desk, timers } = this.#options;
    const { clock, settings } = desk.deps;
    if (this.#closed) return;
    const everyMs = settings.copies.everyMinutes * minuteMs;
    desk.guard(() => {
      if (this.#anchors.states.length > 0 && clock.monotonicMs() - this.#checkpointAtMs >= everyMs) {
        checkpoint(desk, 'time');
      } else {
        this.#anchors.retry();
      }
      this.#printed.retry();
      this.#backups.beginDue();
    });
    void this.#hearPlatform();
    this.#forgetTick = timers.after(minuteMs, () => {
      this.#tick();
    });
  }

  async #hearPlatform(): Promise<void> {
    const { platformHead, desk } = this.#options;
    if (platformHead === null || this.#platformHeard) return;
    const heard = await platformHead();
    if (this.#closed || heard === 'silent') return;
    this.#platformHeard = true;
    desk.deps.witnesses.hear('platform', heard === null ? [] : [heard]);
    desk.changed();
  }

  async #lookAtDisks(): Promise<void> {
    const { desk, dir, timers } = this.#options;
    const { anchors, backups } = desk.deps.settings.copies;
    for (const { path } of [...anchors, ...backups]) {
      if (this.#sameDisk.has(path)) continue;
      const looked = await withDeadline(onOneDisk(path, dir), 1000, timers);
      if (looked.kind === 'done') this.#sameDisk.set(path, looked.value);
    }
  }

  #showAnchors(): void {
    const { desk } = this.#options;
    const failed = [...this.#anchors.states, ...this.#printed.states].filter(
      ({ problem }) => problem !== null,
    );
    const detail = failed.map(({ folder, problem }) => `${folder} (${problem?.kind ?? ''})`).join(', ');
    if (failed.length > 0) desk.fault({ code: 'anchor-failed', detail });
    else desk.clearFault('anchor-failed');
    desk.changed();
  }
}

/**
 * Signs the head of the ledger as it is and has it laid down outside. Call it at the close of a shift; weighing does
 * not wait for the places.
 */
export function checkpoint(
  desk: Desk,
  why: 'time' | 'shift' | 'stop' | 'asked' | 'backup',
): Result<null, CallError> {
  const { stores, witnesses } = desk.deps;
  // A store that is not what it should be gives no new word on itself.
  if (witnesses.contradiction() !== null)
    return err({ code: 'not-allowed', detail: contradictionText(witnesses.contradiction()) });
  const written = desk.append({
    type: 'checkpoint',
    body: { why, operator: desk.operator, ...headNow(stores) },
  });
  const link = stores.ledger.lastOfType('checkpoint');
  if (written.ok && link !== null) desk.copies?.layDown(link);
  return written;
}
