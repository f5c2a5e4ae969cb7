import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runBackup } from '../../cli/backup.ts';
import { runRestore } from '../../cli/restore.ts';
import { Manifest } from '../../native/copies/backupFolder.ts';
import { signManifest } from '../../native/copies/backupKey.ts';
import { sha256Hex } from '../../native/store/blobStore.ts';
import { publishedKeys } from '../../native/keys/publish.ts';
import { newStationKey, openExistingKey } from '../../native/keys/stationKey.ts';
import { SampleStore } from '../../native/evidence/store.testStore.ts';
import { forgeLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { checkLedger } from '../../station/ledger/verifyLedger.ts';

const secret = 'of this computer';
let root: string;
let place: string;
let store: SampleStore;

beforeEach(() => {
  vi.stubEnv('YUANHENG_KEY_SECRET', secret);
  root = mkdtempSync(join(tmpdir(), 'yuanheng-backup-key-'));
  place = join(root, 'disk');
  mkdirSync(place);
  store = new SampleStore();
  store.weigh({ plate: '晋C10001', kg: 40_000 });
});
afterEach(() => {
  vi.unstubAllEnvs();
  store.remove();
  rmSync(root, { recursive: true, force: true });
});

async function cli(
  run: (
    args: readonly string[],
    io: Parameters<typeof runBackup>[1] & Parameters<typeof runRestore>[1],
  ) => Promise<number>,
  ...args: readonly string[]
): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const signal = new AbortController().signal;
  const code = await run(args, { out: say, err: say, env: process.env, signal });
  return { code, said: lines.join('\n') };
}

const backUp = (): ReturnType<typeof cli> => cli(runBackup, '--data', store.dir, '--to', place);
const target = (): string => join(root, 'restored');
const restore = (...more: readonly string[]): ReturnType<typeof cli> =>
  cli(runRestore, '--from', backup(), '--data', target(), ...more);

function backup(): string {
  const base = join(place, 'yuanheng-YQ-9');
  const names = readdirSync(base).filter((each) => each !== 'pictures');
  return join(base, names.sort().at(-1) ?? '');
}

function manifest(): Manifest {
  return Manifest.parse(JSON.parse(readFileSync(join(backup(), 'manifest.json'), 'utf8')));
}

/** The ledger of a store that no program holds. */
function ledgerOf(dir: string): ReturnType<typeof checkLedger> {
  return checkLedger(linksOf(join(dir, 'yuanheng.db')), { every: true });
}

function linksOf(path: string): SignedLink[] {
  const db = new Database(path, { readonly: true });
  try {
    const rows = db
      .prepare(
        `SELECT sequence, text, previous_hash AS previousHash, hash, key_id AS keyId, signature FROM ledger ORDER BY sequence`,
      )
      .all() as (Omit<SignedLink, 'signed'> & { keyId: string | null; signature: string | null })[];
    return rows.map(({ keyId, signature, ...link }) => ({
      ...link,
      signed: keyId === null || signature === null ? null : { keyId, signature },
    }));
  } finally {
    db.close();
  }
}

/** The key in the folder, made a stranger by what its file is exchanged for. */
function putKeyBack(dir: string, work: () => void): void {
  const file = join(dir, 'station-key.pem');
  const before = readFileSync(file);
  work();
  writeFileSync(file, before);
}

function keyIn(dir: string): Signer {
  const key = openExistingKey(dir, secret);
  if (!key.ok) throw new Error(key.error.detail);
  return key.value;
}

describe('a key the ledger does not know as its own today signs nothing', () => {
  it('when a backup is made: the key file of before a rotation was put back', async () => {
    putKeyBack(store.dir, () => {
      store.rotate();
    });
    store.close();
    const made = await backUp();
    expect(made.code, made.said).toBe(0);
    expect(made.said).toContain('not signed');
    expect(manifest().signed).toBeNull();
    expect(ledgerOf(store.dir)).toMatchObject({ summary: { keys: [{}, {}] } });
  });

  it('when a backup is put back: its folder holds the key of before a rotation', async () => {
    const old = join(root, 'old-key.pem');
    cpSync(join(store.dir, 'station-key.pem'), old);
    store.rotate();
    store.close();
    expect((await backUp()).said).not.toContain('not signed');
    cpSync(old, join(backup(), 'station-key.pem'));
    const restored = await restore('--accept-loss');
    expect(restored.code, restored.said).toBe(0);
    expect(restored.said).toContain('is not the one the ledger knows');
    // Nobody signed the restore, and nobody else's signature is in the ledger.
    expect(ledgerOf(target())).toMatchObject({ summary: { unsignedTail: 1 } });
  });
});

describe('a backup is put back only where the ledger’s own key of that moment speaks for it', () => {
  const publish = (from: SampleStore): string => {
    const published = publishedKeys(from.stores, { id: 'YQ-9', name: '本站' }, keyIn(from.dir), 0);
    if (!published.ok) throw new Error(published.error);
    const file = join(root, 'keys.json');
    writeFileSync(file, JSON.stringify(published.value));
    return file;
  };
  const signedBy = (signer: Signer): void => {
    const { signed: _, ...body } = manifest();
    writeFileSync(join(backup(), 'manifest.json'), JSON.stringify(signManifest(body, signer)));
  };

  it('signed by that key it is, and what it says of itself cannot be changed', async () => {
    store.close();
    await backUp();
    expect(manifest().signed?.keyId).toBe(keyIn(store.dir).keyId);
    const changed = { ...manifest(), madeAtMs: manifest().madeAtMs - 86_400_000 };
    const before = readFileSync(join(backup(), 'manifest.json'));
    writeFileSync(join(backup(), 'manifest.json'), JSON.stringify(changed));
    expect(await restore()).toMatchObject({
      code: 1,
      said: expect.stringContaining('was changed') as string,
    });
    writeFileSync(join(backup(), 'manifest.json'), before);
    const restored = await restore();
    expect(restored.code, restored.said).toBe(0);
  });

  it('a replaced key is refused by name', async () => {
    const old = keyIn(store.dir);
    store.rotate();
    store.close();
    await backUp();
    signedBy(old);
    const refused = await restore();
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(old.keyId) as string });
    expect(refused.said).toContain('replaced');
  });

  it('a revoked key is refused by name', async () => {
    const old = keyIn(store.dir);
    store.rotate();
    store.append({
      type: 'key-revoked',
      body: { keyId: old.keyId, sinceMs: store.clock.nowMs(), reason: '电脑被盗', operator: '站长' },
    });
    store.close();
    await backUp();
    signedBy(old);
    const refused = await restore();
    expect(refused.said).toContain('revoked');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(old.keyId) as string });
  });

  it('an unknown key is refused by name', async () => {
    store.close();
    await backUp();
    const elsewhere = mkdtempSync(join(root, 'stranger-'));
    const stranger = newStationKey(elsewhere, secret);
    if (!stranger.ok) throw new Error(stranger.error.detail);
    signedBy(stranger.value);
    const refused = await restore();
    expect(refused.said).toContain('does not know');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(stranger.value.keyId) as string });
  });

  it('events put behind its head that no key signed are refused, and put back on a person’s word are counted', async () => {
    store.close();
    await backUp();
    const path = join(backup(), 'yuanheng.db');
    const head = linksOf(path).at(-1);
    if (head === undefined) throw new Error('no ledger');
    const { timeMs, station, bootId } = JSON.parse(head.text) as LedgerEvent;
    const forged = forgeLink(head.hash, {
      ...{ v: 1, station, mode: 'real', sequence: head.sequence + 1, timeMs: timeMs + 1, bootId },
      ...{ monotonicMs: 1, clockSource: 'system', driftMs: 0, type: 'checkpoint' },
      body: { why: 'time', operator: null, epoch: 0, number: 1 },
    });
    const db = new Database(path);
    db.prepare('INSERT INTO ledger VALUES (?, ?, ?, NULL, ?, ?, ?, NULL, NULL)').run(
      ...[forged.sequence, timeMs + 1, 'checkpoint', forged.text, forged.previousHash, forged.hash],
    );
    db.prepare(`INSERT INTO outbox (sequence, state) VALUES (?, 'waiting')`).run(forged.sequence);
    db.close();
    const { signed: _, ...said } = manifest();
    const body = { ...said, headSequence: forged.sequence, headHash: forged.hash, headTimeMs: timeMs + 1 };
    const written = { ...body, sha256: sha256Hex(readFileSync(path)), signed: null };
    writeFileSync(join(backup(), 'manifest.json'), JSON.stringify(written));
    const refused = await restore();
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('no key signed') as string });
    expect(refused.said).toContain(String(forged.sequence));
    const accepted = await restore('--accept-unsigned');
    expect(accepted.code, accepted.said).toBe(0);
    const declared = linksOf(join(target(), 'yuanheng.db')).at(-1);
    expect(declared?.text).toContain('"unsigned":1');
  });

  it('a key that the published keys say was revoked by then, or that they do not hold, is refused', async () => {
    const stolen = keyIn(store.dir);
    await backUp();
    const another = new SampleStore();
    try {
      const strange = await restore('--keys', publish(another));
      expect(strange).toMatchObject({ code: 1, said: expect.stringContaining('not published') as string });
    } finally {
      another.remove();
    }
    store.rotate();
    store.append({
      type: 'key-revoked',
      body: { keyId: stolen.keyId, sinceMs: manifest().headTimeMs, reason: '电脑被盗', operator: '站长' },
    });
    const file = publish(store);
    const refused = await restore('--keys', file);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('revoked') as string });
    expect(refused.said).toContain(stolen.keyId);
  });
});
