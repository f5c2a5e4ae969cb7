import { execFileSync } from 'node:child_process';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { genesisHash, linkHash } from '../../station/ledger/chain.ts';
import { decide } from '../../station/limits/decide.ts';
import { sampleCase } from '../../station/limits/sampleCase.ts';
import { framesOf } from '../evidence/frames.testStore.ts';
import { EvidenceSource } from '../evidence/source.ts';
import { verifyBundle } from '../evidence/verifyBundle.ts';
import { writeBundle } from '../evidence/writeBundle.ts';
import { handClock } from '../handClock.ts';
import { KeyRing } from '../keys/keyRing.ts';
import { keySecret } from '../keys/keySecret.ts';
import { sha256Hex } from '../store/blobStore.ts';
import type { Db } from '../store/database.ts';
import { migration001 } from '../store/migrations/001-ledger.ts';
import { openStores } from '../store/stores.ts';
import { verifyData } from './verifyData.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-old-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const oldFacts = {
  ...{ airSuspension: false, axles: 6, driveAxles: 2, layout: '1+2+3', registeredGrossKg: null },
  ...{ singleTyredAxles: 0, trailerAxleSpacingMm: null, vehicleClass: 'articulated', wideTyres: false },
};

/** A store as program 0.1 left it: a vehicle stated, its tare and its gross weighed, nobody's signature on any of it. */
function writeStoreOfVersion1(): void {
  const db = new Database(join(dir, 'yuanheng.db'));
  db.exec(migration001);
  db.pragma('user_version = 1');
  db.prepare(`INSERT INTO meta VALUES ('mode', 'real'), ('station', 'YQ-1')`).run();
  let previous = genesisHash;
  let sequence = 0;
  const append = (type: string, body: CanonicalValue, number: number | null = null): number => {
    sequence += 1;
    const timeMs = 1_790_000_000_000 + sequence * 1000;
    const head = {
      v: 1,
      station: 'YQ-1',
      mode: 'real',
      sequence,
      timeMs,
      bootId: 'boot',
      monotonicMs: sequence,
    };
    const text = canonicalJson({ ...head, clockSource: 'system', type, body });
    const hash = linkHash(previous, text);
    db.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      sequence,
      timeMs,
      type,
      number,
      text,
      previous,
      hash,
    );
    db.prepare(`INSERT INTO outbox (sequence, state) VALUES (?, 'waiting')`).run(sequence);
    previous = hash;
    return timeMs;
  };
  append('store-created', { stationName: '老煤场', program: '0.1.0' });
  append('vehicle-stated', { plate: '晋C12345', colour: 'yellow', facts: oldFacts, operator: null });
  db.prepare('INSERT INTO vehicles VALUES (?, ?, ?, 2)').run('晋C12345', 'yellow', JSON.stringify(oldFacts));
  weighOld(db, append, 1, 'tare', 15_000);
  weighOld(db, append, 2, 'gross', 48_000);
  db.close();
}

function weighOld(
  db: Db,
  append: (type: string, body: CanonicalValue, number?: number | null) => number,
  number: number,
  kind: 'tare' | 'gross',
  kg: number,
): void {
  const raw = framesOf['yaohua-continuous'](kg);
  const packed = deflateRawSync(`0 ${raw}\n20 ${raw}`);
  db.prepare('INSERT INTO curves VALUES (?, ?)').run(sha256Hex(packed), packed);
  const gross = kind === 'gross';
  const { facts } = sampleCase();
  const legal = decide({ facts, grossKg: kg, date: '2026-09-21' });
  const { limits: _, ruleSetVersion: __, ruleSetSha256: ___, waived: ____, ...decision } = legal;
  const crossingId = `old-${String(number)}`;
  const body = {
    ...{ number, crossingId, lane: '1', kind, plate: '晋C12345', colour: 'yellow', plateSource: 'operator' },
    ...{
      cameraPlate: null,
      facts: oldFacts,
      factsSource: 'register',
      weighedKg: kg,
      grossKg: gross ? kg : null,
    },
    ...{ tareKg: 15_000, tareNumber: gross ? 1 : null, netKg: gross ? kg - 15_000 : null, pictures: [] },
    ...{
      decision: gross ? decision : null,
      frames: [raw, raw],
      curveSha256: sha256Hex(packed),
      operator: null,
    },
    instrument: {
      ...{ profile: 'yaohua-continuous', unit: 'kg', divisionKg: 20, minKg: 400, maxKg: 100_000 },
      verificationExpires: null,
    },
  };
  const timeMs = append('weighing', JSON.parse(JSON.stringify(body)) as CanonicalValue, number);
  const { limitKg, outcome } = legal;
  db.prepare('INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, 6, ?, 15000, ?, ?, 0, ?)').run(
    ...[number, number * 2 + 1, crossingId, timeMs, kind, '晋C12345', 'yellow', kg],
    ...[body.netKg, gross ? limitKg : null, gross ? outcome : null],
  );
  if (!gross) db.prepare('INSERT INTO tares VALUES (?, ?, 1, ?, ?)').run('晋C12345', 'yellow', kg, timeMs);
  append('crossing-closed', {
    ...{ crossingId, outcome: gross ? 'slip' : 'tare', number, plate: '晋C12345', peakKg: kg },
    ...{ durationMs: 9000, interrupted: false },
  });
}

it('records of program 0.1 hold in today’s store and in a bundle, covered by the first key', async () => {
  writeStoreOfVersion1();
  const keys = new KeyRing(dir, keySecret(), 'YQ-1');
  const stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true, keys.signer);
  try {
    expect(keys.introduceFirst(stores).ok).toBe(true);
    expect(stores.ledger.append(() => ({ type: 'program-started', body: { program: '0.2.0' } })).ok).toBe(
      true,
    );
    const none = { dir, every: true, all: true, anchors: [], published: null, onProgress: () => undefined };
    expect((await verifyData(none)).faults).toEqual([]);
    const out = join(dir, 'old.zip');
    const { db, pictures } = stores;
    const source = new EvidenceSource(db);
    const made = await writeBundle({ source, pictures, subject: { number: 2 }, out, verifierPage: null });
    expect(made).toMatchObject({ ok: true });
    expect(await verifyBundle(out, null)).toMatchObject({
      kind: 'holds',
      report: { weighings: [{ number: 1 }, { number: 2, netKg: 33_000, outcome: 'allow' }] },
    });
    expect(execFileSync('python3', ['tests/verifier', out]).toString()).toContain('holds');
  } finally {
    stores.close();
  }
});

it('a store that the station goes on writing meanwhile holds at every moment', async () => {
  const keys = new KeyRing(dir, keySecret(), 'YQ-1');
  const stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true, keys.signer);
  try {
    keys.introduceFirst(stores);
    const write = (): void => {
      const written = stores.ledger.append(() => ({
        type: 'checkpoint',
        body: { why: 'time', epoch: 0, number: null, operator: null },
      }));
      if (!written.ok) throw new Error(written.error.detail);
    };
    for (let each = 0; each < 1_200; each += 1) write();
    let told = 0;
    const report = await verifyData({
      ...{ dir, every: true, all: true, anchors: [], published: null },
      onProgress: () => {
        told += 1;
        write();
      },
    });
    expect(report.faults).toEqual([]);
    expect(report.summary?.events).toBeGreaterThan(1_201);
    expect(told).toBeGreaterThan(4);
  } finally {
    stores.close();
  }
});
