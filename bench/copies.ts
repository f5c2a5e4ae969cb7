import Database from 'better-sqlite3';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTimers } from '../native/city/timers.ts';
import { systemClock } from '../native/clock.ts';
import { makeBackup } from '../native/copies/backup.ts';
import type { Stores } from '../native/store/stores.ts';
import { openStores } from '../native/store/stores.ts';
import { sampleWeighing } from '../station/ledger/sampleWeighing.ts';
import type { Signer } from '../station/ledger/signing.ts';
import { keyIdOf, keyProofMessage } from '../station/ledger/signing.ts';
import { report } from './figures.ts';

const commits = 1500;
const weighings = 20_000;
const batch = 500;
const readingMs = 5;
const identity = { station: 'B', mode: 'real' } as const;

/** Signed events a second against bare inserts of the same text; a backup against a plain copy of the file. */
export async function benchCopies(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-copies-'));
  try {
    const stores = openStores(dir, identity, systemClock(), true);
    begin(stores);
    benchCommits(dir, stores);
    await benchBackup(dir, stores);
    stores.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function begin(stores: Stores): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const signer: Signer = {
    keyId: keyIdOf(spki),
    publicKey: spki,
    sign: (message) => sign(null, Buffer.from(message), privateKey).toString('base64'),
  };
  const proof = signer.sign(keyProofMessage(identity.station, signer.keyId));
  const body = { keyId: signer.keyId, publicKey: spki, proof, replaces: null, operator: null };
  const introduced = stores.ledger.append(
    () => ({ type: 'key-introduced', body: { ...body, reason: 'first' } }),
    signer,
  );
  if (!introduced.ok) throw new Error(introduced.error.detail);
  stores.ledger.signWith(signer);
}

function benchCommits(dir: string, stores: Stores): void {
  const bare = new Database(join(dir, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  const insert = bare.prepare('INSERT INTO rows (text) VALUES (?)');
  const own = (): void => {
    stores.ledger.append(() => ({ type: 'operator-signed-in', body: { name: '张三' } }));
  };
  own();
  const text = stores.ledger.link(stores.ledger.head.sequence)?.text ?? '';
  let ownMs = 0;
  let bareMs = 0;
  // In turns, so that both see the same disk.
  for (let n = 0; n < commits; n += 1) {
    ownMs += timed(own);
    bareMs += timed(() => insert.run(text));
  }
  bare.close();
  const perSecond = (ms: number): string => `${((commits * 1000) / ms).toFixed(0)}/s`;
  report('durable signed events', perSecond(ownMs), perSecond(bareMs), ownMs / bareMs);
}

async function benchBackup(dir: string, stores: Stores): Promise<void> {
  for (let n = 0; n < weighings; n += batch) {
    const first = stores.ledger.nextNumber();
    const bodies = Array.from({ length: batch }, (_, at) => ({
      type: 'weighing' as const,
      body: sampleWeighing({
        number: first + at,
        crossingId: `crossing-${String(first + at)}`,
        frames: Array.from({ length: 150 }, () => '022b30343832303030313703'),
      }),
    }));
    const written = stores.ledger.appendAll(bodies);
    if (!written.ok) throw new Error(written.error.detail);
  }
  stores.db.pragma('wal_checkpoint(TRUNCATE)');
  const place = join(dir, 'place');
  mkdirSync(place);
  const { size } = statSync(join(dir, 'yuanheng.db'));
  const plainMs = await timedAsync(() => plainCopy(join(dir, 'yuanheng.db'), join(dir, 'plain.db')));
  const idle = watchLoop(stores);
  await new Promise((resolve) => {
    setTimeout(resolve, 1000);
  });
  const quiet = idle();
  const busy = watchLoop(stores);
  const backupMs = await timedAsync(async () => {
    const made = await makeBackup(
      {
        db: stores.db,
        dir,
        settingsFile: join(dir, 'none.json'),
        station: identity.station,
        mode: identity.mode,
      },
      {
        place,
        keep: 1,
        nowMs: Date.now,
        clockBehindMs: 0,
        timers: systemTimers,
        signer: null,
        stopped: new AbortController().signal,
      },
    );
    if (!made.ok) throw new Error(made.error.detail);
  });
  const held = busy();
  const speed = (ms: number): string => `${(size / 1000 / ms).toFixed(0)} MB/s`;
  report(
    `backup of ${(size / 1e6).toFixed(0)} MB, chain checked and read back, while writing`,
    speed(backupMs),
    speed(plainMs),
    backupMs / plainMs,
  );
  for (const [what, of] of [
    ['longest hold-up of a reading while backing up', 'readingMs'],
    ['slowest commit while backing up', 'commitMs'],
  ] as const)
    report(what, `${held[of].toFixed(1)} ms`, `${quiet[of].toFixed(1)} ms`, held[of] / quiet[of]);
}

interface Held {
  /** How late the latest reading came that no commit stood before, ms. */
  readonly readingMs: number;
  readonly commitMs: number;
}

/** Readings every few milliseconds, and a commit now and then, as a weighing makes it. */
function watchLoop(stores: Stores): () => Held {
  let last = performance.now();
  let worst = 0;
  let worstCommit = 0;
  let n = 0;
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - readingMs);
    n += 1;
    if (n % 40 === 0) {
      const commit = timed(() =>
        stores.ledger.append(() => ({ type: 'operator-signed-in', body: { name: '张三' } })),
      );
      worstCommit = Math.max(worstCommit, commit);
    }
    last = performance.now();
  }, readingMs);
  return () => {
    clearInterval(timer);
    return { readingMs: worst, commitMs: worstCommit };
  };
}

async function plainCopy(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  await handle.sync();
  await handle.close();
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function timedAsync(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
