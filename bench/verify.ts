import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceSource } from '../native/evidence/source.ts';
import { verifyBundle } from '../native/evidence/verifyBundle.ts';
import { writeBundle } from '../native/evidence/writeBundle.ts';
import { PictureStore } from '../native/store/blobStore.ts';
import { openDatabase } from '../native/store/database.ts';
import { openForReading } from '../native/store/database.ts';
import { verifyData } from '../native/verify/verifyData.ts';
import { report } from './figures.ts';
import { ledgerOfSize } from './ledgerOfSize.ts';

const sizes = { usual: [5_000, 20_000, 80_000], long: [50_000, 500_000, 5_000_000] } as const;
const weighings = 300;
const pictureBytes = 120_000;

/**
 * A whole store checked against reading and hashing the same rows, by size: what an event costs must not grow with
 * the ledger. `long` goes to five million events, which takes a good part of an hour and 20 GB.
 */
export async function benchVerify(long = false): Promise<void> {
  let firstMs: number | null = null;
  for (const events of sizes[long ? 'long' : 'usual']) {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
    try {
      await ledgerOfSize(dir, events);
      const readMs = timed(() => {
        readAndHash(dir);
      });
      for (const every of [false, true]) {
        const startMs = performance.now();
        const { faults } = await verifyData({
          ...{ dir, every, all: false, anchors: [], published: null, scratchDir: dir },
          onProgress: () => undefined,
        });
        if (faults.length > 0) throw new Error(JSON.stringify(faults));
        const ms = performance.now() - startMs;
        const rate = (took: number): string => `${((events / took) * 1000).toFixed(0)}/s`;
        const what = `verify data, ${String(events)} events${every ? ', every signature' : ''}`;
        report(what, rate(ms), rate(readMs), ms / readMs);
        if (!every) {
          firstMs ??= ms / events;
          report(
            '  one event, against the smallest ledger',
            `${((ms / events) * 1000).toFixed(1)} us`,
            `${(firstMs * 1000).toFixed(1)} us`,
            ms / events / firstMs,
          );
        }
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}

/** A month of weighings with two pictures each, against zip of the same files. */
export async function benchBundle(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
  try {
    const list = openDatabase(dir);
    const store = new PictureStore(join(dir, 'pictures'), list, Date.now);
    const pictures = Array.from({ length: weighings * 2 }, () => store.keep(randomBytes(pictureBytes)));
    list.close();
    await ledgerOfSize(dir, weighings * 4 + 2, pictures);
    const out = join(dir, 'bundle.zip');
    const db = openForReading(dir);
    let startMs = performance.now();
    const made = await writeBundle({
      ...{ source: new EvidenceSource(db), pictures: store, out, verifierPage: null },
      subject: { from: '2026-01-01', to: '2026-12-31' },
    });
    const ownMs = performance.now() - startMs;
    db.close();
    if (!made.ok) throw new Error(made.error.code);
    startMs = performance.now();
    const verdict = await verifyBundle(out, null);
    const verifyMs = performance.now() - startMs;
    if (verdict.kind !== 'holds') throw new Error(JSON.stringify(verdict));
    const files = join(dir, 'files');
    mkdirSync(files);
    execFileSync('unzip', ['-q', out, '-d', files]);
    const zipMs = timed(() => {
      execFileSync('zip', ['-q', '-r', '-0', join(dir, 'plain.zip'), '.'], { cwd: files });
    });
    const { size } = statSync(out);
    const rate = (ms: number): string => `${(size / 1000 / ms).toFixed(0)} MB/s`;
    report('evidence bundle written, against zip', rate(ownMs), rate(zipMs), ownMs / zipMs);
    const hashMs = timed(() => {
      writeFileSync(join(dir, 'hash'), createHash('sha256').update(randomBytes(size)).digest('hex'));
    });
    report('evidence bundle verified, against SHA-256', rate(verifyMs), rate(hashMs), verifyMs / hashMs);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function readAndHash(dir: string): void {
  const db = openForReading(dir);
  for (const row of db.prepare('SELECT text FROM ledger ORDER BY sequence').iterate())
    createHash('sha256')
      .update((row as { readonly text: string }).text, 'utf8')
      .digest('hex');
  db.close();
}

function timed(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
