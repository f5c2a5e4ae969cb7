import Database from 'better-sqlite3';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { genesisHash, linkHash } from '../../station/ledger/chain.ts';
import { eventMessage, keyIdOf, keyProofMessage } from '../../station/ledger/signing.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { SampleStore } from '../evidence/store.testStore.ts';
import { twoDays } from '../evidence/store.testStore.ts';
import { readPublishedKeys } from '../evidence/publishedKeys.ts';
import { publishedText } from '../evidence/published.testStore.ts';
import { storedKeys } from '../keys/keyRing.ts';
import { entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { Db } from '../store/database.ts';
import { openDatabase, openForReading } from '../store/database.ts';
import type { Anchor } from './anchors.ts';
import { readAnchors } from './anchors.ts';
import { derivedTables, otherTables } from './derived.ts';
import type { DataReport, VerifyDataOptions } from './verifyData.ts';
import { verifyData } from './verifyData.ts';

let store: SampleStore;

beforeEach(() => {
  ({ store } = twoDays());
});
afterEach(() => {
  store.remove();
});

function check(more: Partial<VerifyDataOptions> = {}): Promise<DataReport> {
  const none = { every: false, all: false, anchors: [], published: null, onProgress: () => undefined };
  return verifyData({ dir: store.dir, ...none, ...more });
}

/** What somebody with the file and an SQL prompt does, triggers out of the way and back again. */
function tamper(work: (db: Db) => void): void {
  const db = new Database(join(store.dir, 'yuanheng.db'));
  const triggers = db
    .prepare(`SELECT sql FROM sqlite_master WHERE type = 'trigger'`)
    .pluck()
    .all() as string[];
  db.pragma('foreign_keys = OFF');
  db.exec('DROP TRIGGER ledger_never_changes; DROP TRIGGER ledger_never_shrinks');
  work(db);
  for (const sql of triggers) db.exec(sql);
  db.close();
}

const head = (): number => store.stores.ledger.head.sequence;
const first = ({ faults }: DataReport): unknown => faults[0];

it('a store nobody touched holds, every signature of it, while the station has it open', async () => {
  const report = await check({ every: true });
  expect(report.faults).toEqual([]);
  expect(report.summary).toMatchObject({ events: head(), weighings: 5, unsignedTail: 0 });
  expect(report).toMatchObject({ curves: 10, pictures: 7 });
  expect(report.summary?.signaturesChecked).toBeGreaterThan(head() - 5);
});

it('every table of the store either follows from the ledger or is known not to', () => {
  const tables = store.stores.db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  expect(tables.filter((name) => !otherTables.has(name)).sort()).toEqual(Object.keys(derivedTables).sort());
});

describe('with an SQL prompt and the triggers out of the way', () => {
  const at = 8;
  it.each<[string, (db: Db) => void, string, number | null]>([
    [
      'a text changed',
      (db) => db.exec(`UPDATE ledger SET text = replace(text, '48600', '47600')`),
      'hash',
      8,
    ],
    [
      'a hash changed',
      (db) => db.exec(`UPDATE ledger SET hash = '${'0'.repeat(64)}' WHERE sequence = ${at}`),
      'hash',
      at,
    ],
    ['an event deleted', (db) => db.exec(`DELETE FROM ledger WHERE sequence = ${at}`), 'sequence', at],
    [
      'one deleted and the rest moved up',
      (db) =>
        db.exec(
          `DELETE FROM ledger WHERE sequence = ${at}; UPDATE ledger SET sequence = sequence - 1 WHERE sequence > ${at}`,
        ),
      'previous',
      at,
    ],
    [
      'two events swapped',
      (db) =>
        db.exec(`UPDATE ledger SET sequence = -1 WHERE sequence = ${at}; UPDATE ledger SET sequence = ${at} WHERE sequence = ${at + 1};
        UPDATE ledger SET sequence = ${at + 1} WHERE sequence = -1`),
      'previous',
      at,
    ],
    [
      'one inserted at the end',
      (db) =>
        db.exec(`INSERT INTO ledger SELECT sequence + 1, time_ms, type, NULL, text, previous_hash, hash || 'x', key_id, signature
        FROM ledger ORDER BY sequence DESC LIMIT 1`),
      'previous',
      null,
    ],
    [
      'the time in its column only',
      (db) => db.exec(`UPDATE ledger SET time_ms = time_ms - 1 WHERE sequence = ${at}`),
      'columns',
      at,
    ],
    [
      'a number in its column only',
      (db) => db.exec('UPDATE ledger SET number = 900 WHERE number = 2'),
      'columns',
      9,
    ],
    [
      'a key’s signature changed',
      (db) =>
        db.exec(
          `UPDATE ledger SET signature = CASE substr(signature, 1, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(signature, 2) WHERE type = 'key-introduced'`,
        ),
      'signature',
      2,
    ],
    [
      'a list shows another weight',
      (db) => db.exec('UPDATE passages SET weighed_kg = 47000 WHERE number = 2'),
      'derived',
      9,
    ],
    ['a void taken out of its list', (db) => db.exec('DELETE FROM voids'), 'derived', null],
    ['a tare nobody weighed', (db) => db.exec(`UPDATE tares SET kg = 9000`), 'derived', null],
    [
      'an entry of the register',
      (db) => db.exec(`UPDATE register SET entry = json_set(entry, '$.axles', 3)`),
      'derived',
      4,
    ],
    [
      'a rule set',
      (db) => db.exec(`UPDATE rule_sets SET text = replace(text, '48000', '58000')`),
      'derived',
      null,
    ],
    ['a curve', (db) => db.exec("UPDATE curves SET bytes = x'00'"), 'curve-changed', 6],
    ['a curve deleted', (db) => db.exec('DELETE FROM curves'), 'curve-missing', 6],
    [
      'an event that waits for nothing',
      (db) => db.exec('DELETE FROM outbox WHERE sequence = 5'),
      'outbox',
      5,
    ],
    [
      'another station in the store’s name',
      (db) => db.exec(`UPDATE meta SET value = 'YQ-1' WHERE key = 'station'`),
      'meta',
      null,
    ],
  ])('%s', async (_, work, code, sequence) => {
    tamper(work);
    const found = first(await check({ every: true }));
    expect(found).toMatchObject(sequence === null ? { code } : { code, sequence });
  });

  it('two signatures swapped, when every one is checked', async () => {
    tamper((db) => {
      const signatures = db
        .prepare('SELECT sequence, signature FROM ledger WHERE sequence IN (5, 6)')
        .all() as {
        sequence: number;
        signature: string;
      }[];
      const put = db.prepare('UPDATE ledger SET signature = ? WHERE sequence = ?');
      put.run(signatures[1]?.signature, 5);
      put.run(signatures[0]?.signature, 6);
    });
    expect(first(await check({ every: true }))).toMatchObject({ code: 'signature', sequence: 5 });
  });

  it('the triggers left out', async () => {
    store.stores.db.exec('DROP TRIGGER ledger_never_shrinks');
    expect(first(await check())).toMatchObject({ code: 'triggers' });
  });

  it('a trigger that is there by its name alone, and another index', async () => {
    store.stores.db.exec(`DROP TRIGGER ledger_never_changes;
      CREATE TRIGGER ledger_never_changes BEFORE UPDATE ON ledger WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END`);
    expect(first(await check())).toMatchObject({ code: 'triggers', detail: 'trigger ledger_never_changes' });
    store.stores.db.exec('CREATE INDEX quick ON ledger(hash)');
    expect((await check({ all: true })).faults).toContainEqual({
      ...{ code: 'schema', sequence: null, detail: 'index quick' },
    });
  });

  it('somebody let in to sign whom no event enrolled, or under another role', async () => {
    const { db } = store.stores;
    store.append({ type: 'person-enrolled', body: { name: '李四', role: 'operator', operator: '站长' } });
    expect(first(await check())).toMatchObject({ code: 'derived', detail: 'people 李四: is missing' });
    const put = db.prepare('INSERT INTO people (name, role, salt, pin_hash) VALUES (?, ?, ?, ?)');
    put.run('李四', 'manager', Buffer.alloc(16), Buffer.alloc(32));
    expect(first(await check())).toMatchObject({ code: 'derived', detail: 'people 李四: role' });
    db.prepare(`UPDATE people SET role = 'operator'`).run();
    expect((await check()).faults).toEqual([]);
    put.run('王五', 'manager', Buffer.alloc(16), Buffer.alloc(32));
    expect(first(await check())).toMatchObject({ detail: 'people 王五: follows from no event' });
  });

  it('the name of the station taken out of the store', async () => {
    tamper((db) => db.exec(`UPDATE meta SET key = 'sttion' WHERE key = 'station'`));
    expect(first(await check())).toMatchObject({ code: 'meta' });
  });

  it('what the platform acknowledged is not what stands here', async () => {
    store.stores.outbox.delivered(3, { accepted: true, sequence: 3, hash: '1'.repeat(64) }, 1);
    expect(first(await check())).toMatchObject({ code: 'acknowledged', sequence: 3 });
  });
});

/** The checkpoints a yard laid down outside, as its anchor file has them. */
function anchorsNow(...sequences: readonly number[]): Anchor[] {
  const lines = sequences.map((sequence) => {
    const link = store.stores.ledger.link(sequence);
    const { hash = '', signed = null } = link ?? {};
    return JSON.stringify({
      format: 'yuanheng-anchor-1',
      station: 'YQ-9',
      sequence,
      hash,
      timeMs: 0,
      ...signed,
    });
  });
  const { anchors, unread } = readAnchors([...lines, '{"torn":'].join('\n'));
  expect(unread).toEqual([{ line: lines.length + 1 }]);
  return anchors;
}

describe('what was laid down outside', () => {
  it('is borne out by a store nobody touched', async () => {
    expect(first(await check({ anchors: anchorsNow(3, head()) }))).toBeUndefined();
  });

  it.each([1, 2, 7])('shows the last %s events cut off with all that follows from them', async (count) => {
    const anchors = anchorsNow(4, head());
    const from = head() - count;
    tamper((db) => {
      db.exec(`DELETE FROM outbox WHERE sequence > ${from}; DELETE FROM ledger WHERE sequence > ${from};
        DELETE FROM voids; DELETE FROM corrections; DELETE FROM papers WHERE sequence > ${from};
        DELETE FROM passages WHERE sequence > ${from}; DELETE FROM crossings WHERE sequence > ${from}`);
    });
    expect(first(await check({ anchors }))).toMatchObject({ code: 'anchor-cut' });
  });

  it('of a branch that a restored backup gave up, is counted; of the new branch, it is held against the store', async () => {
    const [anchor] = anchorsNow(head());
    const lost = { ...anchor!, sequence: head() + 3, hash: '7'.repeat(64), epoch: 0 };
    const restored = {
      from: 'usb',
      epoch: 1,
      headSequence: head(),
      headHash: anchor!.hash,
      numbersUsedTo: null,
      unsigned: 0,
      operator: null,
    };
    const lostTo = { sequence: lost.sequence, hash: lost.hash };
    store.append({ type: 'store-restored', body: { ...restored, lostTo } });
    for (let each = 0; each < 5; each += 1) store.paper(2, 10 + each);
    expect(await check({ anchors: [lost] })).toMatchObject({ faults: [], anchorsLost: 1 });
    const rewritten = await check({ anchors: [{ ...lost, epoch: 1 }] });
    expect(first(rewritten)).toMatchObject({ code: 'anchor-unlike' });
    expect((await check({ anchors: [{ ...lost, epoch: 1, mode: 'drill' }] })).faults).toEqual([]);
  });

  it('is nobody’s word with a signature that does not hold, or of another station', async () => {
    const [anchor] = anchorsNow(5);
    const wrong = { ...anchor!, signature: `${'A'.repeat(86)}==` };
    expect(first(await check({ anchors: [wrong] }))).toMatchObject({ code: 'anchor-signature', sequence: 5 });
    expect(first(await check({ anchors: [{ ...anchor!, station: 'X' }] }))).toMatchObject({
      code: 'other-station',
    });
  });

  it('and published keys show a ledger written anew from its first event with a key of one’s own', async () => {
    const anchors = anchorsNow(12, head());
    const published = readPublishedKeys(publishedText(store));
    if (!published.ok) throw new Error(published.error);
    tamper(rewriteWhole);
    expect((await check({ every: true })).faults).toEqual([]);
    expect(first(await check({ anchors }))).toMatchObject({ code: 'anchor-unlike', sequence: 12 });
    expect(first(await check({ published: published.value }))).toMatchObject({
      code: 'not-published',
      sequence: 2,
    });
  });
});

describe('after a backup was put back', () => {
  const restored = (epoch: number, more: object = {}): LedgerEvent => {
    const { sequence: headSequence, hash: headHash } = store.stores.ledger.head;
    const none = { lostTo: null, numbersUsedTo: 9, unsigned: 0, operator: null };
    const body = { from: 'usb', epoch, headSequence, headHash, ...none, ...more };
    return store.append({ type: 'store-restored', body });
  };
  const stands = (epoch: number, number: number): LedgerEvent => {
    return store.append({ type: 'checkpoint', body: { why: 'time', operator: null, epoch, number } });
  };

  it('every head names the branch and number it stands at, over two restores', async () => {
    stands(0, 5);
    restored(1);
    stands(1, 9);
    restored(4, { numbersUsedTo: 3 });
    stands(4, 9);
    expect(await check({ every: true })).toMatchObject({ faults: [], restores: 2 });
  });

  it.each<[string, () => unknown, string]>([
    ['a checkpoint that hides the restore', () => [restored(1), stands(0, 9)], 'epoch'],
    ['a checkpoint that hides used numbers', () => [restored(1), stands(1, 5)], 'epoch'],
    ['two restores of one name', () => [restored(1), restored(1)], 'epoch'],
    [
      'a loss that lies before the cut',
      () => {
        restored(1, { lostTo: { sequence: 2, hash: 'a'.repeat(64) } });
      },
      'epoch',
    ],
    [
      'a restore onto a head that never was',
      () => {
        restored(1, { headSequence: 5 });
      },
      'head',
    ],
    [
      'a backup of a head that never was',
      () => {
        const body = {
          place: 'usb',
          headSequence: 5,
          headHash: 'a'.repeat(64),
          bytes: 1,
          pictures: 0,
          clockBehindMs: 0,
        };
        store.append({ type: 'backup-made', body });
      },
      'head',
    ],
  ])('%s is named with its event', async (_, work, code) => {
    work();
    expect(first(await check())).toMatchObject({ code, sequence: head() });
  });
});

it('an event signed by a key that was replaced is named, also where only the last signature is checked', async () => {
  const old = store.stores.db.prepare('SELECT key_id FROM station_keys ORDER BY sequence').pluck().get();
  tamper((db) => db.prepare('UPDATE ledger SET key_id = ? WHERE sequence = ?').run(old, head() - 1));
  expect(first(await check())).toMatchObject({ code: 'replaced-key', sequence: head() - 1 });
});

it('a scanned paper of the register is checked like any picture: 行驶证, 道路运输证', async () => {
  const kept = [Buffer.from('a licence'), Buffer.from('a permit')].map((each) =>
    store.stores.pictures.keep(each),
  );
  const [licencePicture = '', permitPicture = ''] = kept;
  const entry = entrySchemas.vehicle.parse({
    ...{ plate: '晋C83N16', colour: 'yellow' },
    licencePicture,
    permitPicture,
  });
  const now = { kind: 'vehicle', entry } as const;
  const said = { reason: '备案', operator: null, importId: null };
  store.append({ type: 'register-changed', body: { kind: 'vehicle', key: '晋C83N16 yellow', now, ...said } });
  expect(await check()).toMatchObject({ faults: [], pictures: 9 });
  const path = join(store.dir, 'pictures', permitPicture.slice(0, 2), `${permitPicture}.jpg`);
  writeFileSync(path, 'another permit');
  expect(first(await check())).toMatchObject({
    code: 'picture-changed',
    sequence: head(),
    detail: permitPicture,
  });
  rmSync(join(store.dir, 'pictures', licencePicture.slice(0, 2)), { recursive: true });
  expect(first(await check())).toMatchObject({ code: 'picture-missing', detail: licencePicture });
});

/** Every event chained and signed again by a forger who takes 2 t off a truck on the way. */
function rewriteWhole(db: Db): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const keyId = keyIdOf(spki);
  const signed = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');
  const rows = db.prepare('SELECT sequence, type, text FROM ledger ORDER BY sequence').all() as {
    sequence: number;
    type: string;
    text: string;
  }[];
  let previous = genesisHash;
  let before: string | null = null;
  const put = db.prepare(
    'UPDATE ledger SET text = ?, previous_hash = ?, hash = ?, key_id = ?, signature = ? WHERE sequence = ?',
  );
  db.exec('DELETE FROM station_keys');
  for (const { sequence, type, text } of rows) {
    const event = JSON.parse(text) as { type: string; timeMs: number; body: Record<string, unknown> };
    if (type === 'key-introduced' && before === null) {
      const proof = signed(keyProofMessage('YQ-9', keyId));
      Object.assign(event.body, { keyId, publicKey: spki, proof, replaces: null, reason: 'first' });
      db.prepare('INSERT INTO station_keys VALUES (?, ?, ?, ?, NULL)').run(
        keyId,
        spki,
        sequence,
        event.timeMs,
      );
      before = keyId;
    } else if (type === 'key-introduced') {
      event.type = 'checkpoint';
      event.body = { why: 'time', operator: null };
    }
    const canonical = canonicalJson(event as unknown as Parameters<typeof canonicalJson>[0]);
    const hash = linkHash(previous, canonical);
    put.run(canonical, previous, hash, keyId, signed(eventMessage(hash)), sequence);
    db.prepare('UPDATE ledger SET type = ? WHERE sequence = ?').run(event.type, sequence);
    previous = hash;
  }
}

describe('without any prompt, byte by byte', () => {
  it('a picture changed in any one byte, or gone, is named with its record', async () => {
    const dir = join(store.dir, 'pictures');
    const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(paths).toHaveLength(7);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (path, at, change) => {
          const whole = readFileSync(path);
          const bytes = Buffer.from(whole);
          bytes[at % bytes.length]! ^= change;
          writeFileSync(path, bytes);
          expect(first(await check())).toMatchObject({ code: 'picture-changed' });
          writeFileSync(path, whole);
        },
      ),
      { numRuns: 20 },
    );
    rmSync(paths[0]!);
    expect(first(await check())).toMatchObject({ code: 'picture-missing' });
  });

  it('any byte of a record, a signature or a curve changed in the file is found', async () => {
    const contentsOf = (db: Db): Buffer[] =>
      db
        .prepare(
          `SELECT CAST(text AS BLOB) FROM ledger UNION ALL SELECT CAST(hash AS BLOB) FROM ledger
           UNION ALL SELECT CAST(signature AS BLOB) FROM ledger UNION ALL SELECT bytes FROM curves`,
        )
        .pluck()
        .all() as Buffer[];
    const contents = contentsOf(store.stores.db);
    /** Whether the change lies where nobody reads: a page that was parted keeps what moved away. */
    const unread = (): boolean => {
      const db = openForReading(store.dir);
      try {
        return Buffer.concat(contentsOf(db)).equals(Buffer.concat(contents));
      } catch {
        return false;
      } finally {
        db.close();
      }
    };
    store.close();
    const path = join(store.dir, 'yuanheng.db');
    // The last one to close writes the log back: what is changed below is the whole store.
    const packed = openDatabase(store.dir);
    // A page that was parted keeps what moved away, and nobody reads it: a byte changed there changes no record.
    packed.exec('VACUUM');
    packed.close();
    const whole = readFileSync(path);
    const placesOf = (piece: Buffer): number[] => {
      const found: number[] = [];
      for (let at = whole.indexOf(piece); at >= 0; at = whole.indexOf(piece, at + 1)) found.push(at);
      return found;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...contents),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (content, from, change) => {
          const start = from % content.length;
          const piece = content.subarray(start, start + 24);
          const places = placesOf(piece);
          // A long text is laid over several pages; a piece across their border stands nowhere in one.
          fc.pre(piece.length === 24 && places.length > 0);
          const touched = Buffer.from(whole);
          for (const at of places) touched[at]! ^= change;
          writeFileSync(path, touched);
          fc.pre(!unread());
          expect((await check({ every: true })).faults).toHaveLength(1);
        },
      ),
      { numRuns: 200 },
    );
    writeFileSync(path, whole);
    expect((await check({ every: true })).faults).toEqual([]);
  });
});

it('all that does not hold is told when it is asked for', async () => {
  tamper((db) => {
    db.exec(`DELETE FROM curves; DELETE FROM voids; UPDATE passages SET plate = '晋C00000' WHERE number = 3`);
  });
  const { faults } = await check({ all: true });
  expect(faults.filter(({ code }) => code === 'curve-missing')).toHaveLength(10);
  expect(faults.filter(({ code }) => code === 'derived')).toHaveLength(2);
});

it('a folder without a store, and one with another file in its place, is no store', async () => {
  expect(first(await check({ dir: join(store.dir, 'pictures') }))).toMatchObject({ code: 'not-a-store' });
  expect(storedKeys(store.stores)).toHaveLength(2);
});
