import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { LedgerSummary, SignedLink } from '../../station/ledger/verifyLedger.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import { sha256Hex } from '../store/blobStore.ts';
import type { Db } from '../store/database.ts';
import { openForReading, scratchDatabase, storeVersion } from '../store/database.ts';
import { project } from '../store/projections.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import type { Anchor } from './anchors.ts';
import { AnchorCheck } from './anchors.ts';
import { comparePeople, compareSchema } from './beside.ts';
import { compareDerived } from './derived.ts';
import type { DataFault } from './fault.ts';
import { HeadCheck } from './heads.ts';

export interface VerifyDataOptions {
  readonly dir: string;
  /** Checks every signature, not only the last one, which covers those before it. */
  readonly every: boolean;
  /** Goes on behind the first thing that does not hold. */
  readonly all: boolean;
  readonly anchors: readonly Anchor[];
  readonly published: PublishedKeys | null;
  readonly onProgress: (progress: Progress) => void;
  readonly scratchDir?: string;
}

export interface Progress {
  readonly stage: 'database' | 'ledger' | 'derived' | 'outbox';
  readonly done: number;
  readonly of: number;
}

export interface DataReport {
  readonly faults: readonly DataFault[];
  /** Null where the ledger itself did not hold. */
  readonly summary: LedgerSummary | null;
  readonly curves: number;
  readonly pictures: number;
  readonly anchors: number;
  /** Anchors of a branch that a restored backup gave up, as the ledger says. */
  readonly anchorsLost: number;
  /** How often a backup was put back, as the ledger says. */
  readonly restores: number;
}

interface Row {
  readonly sequence: number;
  readonly timeMs: number;
  readonly type: string;
  readonly number: number | null;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

const pageRows = 500;
const mostFaults = 1000;

interface Checks {
  readonly ledger: LedgerCheck;
  readonly heads: HeadCheck;
}

/** So that the first fault ends the verification, unless all are asked for. */
class Enough extends Error {}

/**
 * Checks a whole store from its files alone. Reads only; the station may run meanwhile, and what it writes after the
 * last event seen is left for the next time. Memory does not grow with the ledger.
 */
export async function verifyData(options: VerifyDataOptions): Promise<DataReport> {
  const scratch = mkdtempSync(join(options.scratchDir ?? tmpdir(), 'yuanheng-verify-'));
  try {
    return await new Verification(options, join(scratch, 'again.db')).run();
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

class Verification {
  readonly #options: VerifyDataOptions;
  readonly #scratch: string;
  readonly #faults: DataFault[] = [];
  readonly #anchors: AnchorCheck;
  readonly #seen = { curves: 0, pictures: 0, restores: 0 };
  #summary: LedgerSummary | null = null;
  #removed = 0;

  constructor(options: VerifyDataOptions, scratch: string) {
    this.#options = options;
    this.#scratch = scratch;
    this.#anchors = new AnchorCheck(options.anchors);
  }

  async run(): Promise<DataReport> {
    try {
      await this.#check();
    } catch (problem) {
      if (!(problem instanceof Enough)) throw problem;
    }
    return {
      faults: this.#faults,
      summary: this.#summary,
      ...this.#seen,
      anchors: this.#options.anchors.length,
      anchorsLost: this.#anchors.lost,
    };
  }

  #fault(code: DataFault['code'], sequence: number | null, detail = ''): void {
    this.#faults.push({ code, sequence, detail });
    if (!this.#options.all || this.#faults.length >= mostFaults) throw new Enough();
  }

  async #check(): Promise<void> {
    let db: Db;
    try {
      db = openForReading(this.#options.dir);
    } catch (problem) {
      this.#fault('not-a-store', null, textOf(problem));
      return;
    }
    try {
      await this.#store(db);
    } catch (problem) {
      if (problem instanceof Enough) throw problem;
      // A page that is no page of a database any more is read as an exception.
      if (!isSqlite(problem)) throw problem;
      this.#fault('database', null, textOf(problem));
    } finally {
      db.close();
    }
  }

  async #store(db: Db): Promise<void> {
    const { onProgress, published } = this.#options;
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version !== storeVersion) {
      this.#fault('version', null, `${String(version)} ≠ ${String(storeVersion)}`);
      return;
    }
    onProgress({ stage: 'database', done: 0, of: 1 });
    for (const row of db.prepare('PRAGMA integrity_check(5)').pluck().all())
      if (row !== 'ok') this.#fault('database', null, String(row));
    const check = new LedgerCheck({ every: this.#options.every });
    const hashAt = db.prepare('SELECT hash FROM ledger WHERE sequence = ?').pluck();
    const heads = new HeadCheck((sequence) => (hashAt.get(sequence) as string | undefined) ?? null);
    const checks: Checks = { ledger: check, heads };
    const again = scratchDatabase(this.#scratch);
    let head: number;
    try {
      for (const { code, detail } of compareSchema(db, again)) this.#fault(code, null, detail);
      head = await this.#ledger(db, again, checks, 0);
      // The rest, and everything beside it, as of one moment: the station goes on writing.
      db.exec('BEGIN');
      head = await this.#ledger(db, again, checks, head);
    } finally {
      again.close();
    }
    if (head >= 0) {
      const finished = check.finish();
      if ('fault' in finished) this.#ledgerFault(finished.fault);
      else {
        this.#summary = finished.summary;
        if (finished.summary.keys.length > 0 && finished.summary.unsignedTail > 0)
          this.#fault('unsigned-tail', head, String(finished.summary.unsignedTail));
        if (published !== null) this.#published(published, finished.summary);
        for (const { code, sequence, detail } of this.#anchors.finish(head, check.keys))
          this.#fault(code, sequence, detail);
        this.#meta(db, finished.summary);
        const gone = Number(
          db.prepare('SELECT count(*) FROM pictures WHERE removed_ms IS NOT NULL').pluck().get(),
        );
        if (gone > this.#removed)
          this.#fault('picture-missing', null, `${String(gone)} > ${String(this.#removed)}`);
        onProgress({ stage: 'derived', done: 0, of: 1 });
        for (const { code, sequence, detail } of compareDerived(db, this.#scratch))
          this.#fault(code, sequence, detail);
        for (const { code, sequence, detail } of comparePeople(db)) this.#fault(code, sequence, detail);
      }
    }
    onProgress({ stage: 'outbox', done: 0, of: 1 });
    this.#outbox(db);
    if (db.inTransaction) db.exec('COMMIT');
  }

  /** From the event after `from` to the last there is. Returns the last one, or -1 when the ledger does not hold. */
  async #ledger(db: Db, again: Db, checks: Checks, from: number): Promise<number> {
    if (from < 0) return from;
    const of = Number(db.prepare('SELECT max(sequence) FROM ledger').pluck().get() ?? 0);
    const next = db.prepare(
      `SELECT sequence, time_ms AS timeMs, type, number, text, previous_hash AS previousHash, hash,
         key_id AS keyId, signature FROM ledger WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ${String(pageRows)}`,
    );
    let last = from;
    again.exec('BEGIN');
    try {
      for (;;) {
        const rows = next.all(last, of) as readonly Row[];
        if (rows.length === 0) return last;
        for (const row of rows) {
          if (!(await this.#event(db, again, checks, row))) return -1;
          last = row.sequence;
        }
        this.#options.onProgress({ stage: 'ledger', done: last, of });
        await nextTurn();
      }
    } finally {
      again.exec('COMMIT');
    }
  }

  async #event(db: Db, again: Db, checks: Checks, row: Row): Promise<boolean> {
    const taken = checks.ledger.take(linkOf(row));
    if ('fault' in taken) {
      this.#ledgerFault(taken.fault);
      return false;
    }
    const { event } = taken;
    const number = event.type === 'weighing' ? event.body.number : null;
    if (row.timeMs !== event.timeMs || row.type !== event.type || row.number !== number)
      this.#fault('columns', row.sequence, event.type);
    this.#anchors.take(event, row.hash);
    const head = checks.heads.take(event);
    if (head !== null) this.#fault(head.code, row.sequence, head.detail);
    if (event.type === 'store-restored') this.#seen.restores += 1;
    try {
      project(again, event);
    } catch (problem) {
      if (!isSqlite(problem)) throw problem;
      this.#fault('derived', row.sequence, textOf(problem));
    }
    await this.#blobs(db, event);
    return true;
  }

  #ledgerFault(fault: Extract<ReturnType<LedgerCheck['take']>, { fault: unknown }>['fault']): void {
    this.#fault(fault.kind, fault.sequence, 'detail' in fault ? fault.detail : '');
  }

  async #blobs(db: Db, event: LedgerEvent): Promise<void> {
    if (
      event.type === 'rule-set-loaded' &&
      sha256Hex(Buffer.from(event.body.text, 'utf8')) !== event.body.sha256
    )
      this.#fault('rules-changed', event.sequence, event.body.sha256);
    if (event.type === 'pictures-removed') this.#removed += event.body.pictures;
    const curveSha256 =
      event.type === 'weighing' || event.type === 'crossing-closed' ? event.body.curveSha256 : null;
    if (curveSha256 !== null) {
      this.#seen.curves += 1;
      const bytes = db.prepare('SELECT bytes FROM curves WHERE sha256 = ?').pluck().get(curveSha256) as
        Buffer | undefined;
      if (bytes === undefined) this.#fault('curve-missing', event.sequence, curveSha256);
      else if (sha256Hex(bytes) !== curveSha256) this.#fault('curve-changed', event.sequence, curveSha256);
    }
    for (const sha256 of picturesOf(event).pictures) await this.#picture(db, event.sequence, sha256);
  }

  async #picture(db: Db, sequence: number, sha256: string): Promise<void> {
    this.#seen.pictures += 1;
    const path = join(this.#options.dir, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`);
    if (!existsSync(path)) {
      // What retention took away is in the list, and how many it took is in the ledger.
      if (db.prepare('SELECT removed_ms FROM pictures WHERE sha256 = ?').pluck().get(sha256)) return;
      this.#fault('picture-missing', sequence, sha256);
      return;
    }
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece);
    if (hash.digest('hex') !== sha256) this.#fault('picture-changed', sequence, sha256);
  }

  #published({ station, keys }: PublishedKeys, summary: LedgerSummary): void {
    if (station !== summary.station) this.#fault('other-station', null, station);
    for (const { keyId, publicKey, fromSequence } of summary.keys)
      if (!keys.some((each) => each.id === keyId && each.publicKey === publicKey))
        this.#fault('not-published', fromSequence, keyId);
  }

  #meta(db: Db, { station, mode }: LedgerSummary): void {
    const rows = db
      .prepare(`SELECT key, value FROM meta WHERE key IN ('station', 'mode')`)
      .all() as readonly {
      readonly key: string;
      readonly value: string;
    }[];
    if (mode === null) return;
    for (const [key, expected] of [
      ['station', station],
      ['mode', mode],
    ] as const) {
      const value = rows.find((row) => row.key === key)?.value;
      if (value !== expected) this.#fault('meta', null, `${key} ${value ?? ''}`);
    }
  }

  /** Every event waits for the platform or was taken by it, and what it took is what stands here. */
  #outbox(db: Db): void {
    const lost = db
      .prepare(
        'SELECT l.sequence FROM ledger l LEFT JOIN outbox o USING (sequence) WHERE o.sequence IS NULL LIMIT 1',
      )
      .pluck()
      .get() as number | undefined;
    if (lost !== undefined) this.#fault('outbox', lost, 'in no line');
    const stray = db
      .prepare(
        'SELECT o.sequence FROM outbox o LEFT JOIN ledger l USING (sequence) WHERE l.sequence IS NULL LIMIT 1',
      )
      .pluck()
      .get() as number | undefined;
    if (stray !== undefined) this.#fault('outbox', stray, 'of no event');
    const other = db
      .prepare(
        `SELECT o.sequence FROM outbox o JOIN ledger l USING (sequence) WHERE o.state = 'delivered'
         AND o.acknowledgement IS NOT NULL AND (NOT json_valid(o.acknowledgement)
           OR json_extract(o.acknowledgement, '$.hash') IS NOT l.hash) LIMIT 1`,
      )
      .pluck()
      .get() as number | undefined;
    if (other !== undefined) this.#fault('acknowledged', other);
  }
}

function linkOf({ sequence, text, previousHash, hash, keyId, signature }: Row): SignedLink {
  const signed = keyId === null || signature === null ? null : { keyId, signature };
  return { sequence, text, previousHash, hash, signed };
}

function isSqlite(problem: unknown): problem is Error {
  return problem instanceof Error && 'code' in problem && String(problem.code).startsWith('SQLITE');
}

function textOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
