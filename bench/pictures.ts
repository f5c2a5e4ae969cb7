import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../native/clock.ts';
import type { Stores } from '../native/store/stores.ts';
import { openStores } from '../native/store/stores.ts';
import { percentile, report } from './figures.ts';

const rounds = 400;
const pictureBytes = 300_000;
const batch = 50;

/** Pictures kept a second (hash, file, list) against plain files written with fsync; how long a removal holds the rest up. */
export async function benchPictures(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-pictures-'));
  const plain = join(dir, 'plain');
  mkdirSync(plain);
  const stores = openStores(join(dir, 'store'), { station: 'B', mode: 'real' }, systemClock(), true);
  try {
    const kept: string[] = [];
    const keptMs: number[] = [];
    const plainMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const bytes = randomBytes(pictureBytes);
      plainMs.push(
        timed(() => {
          writePlain(join(plain, `${String(round)}.jpg`), bytes);
        }),
      );
      keptMs.push(timed(() => kept.push(stores.pictures.keep(bytes))));
    }
    const perSecond = (each: readonly number[]): number =>
      (1000 * each.length) / each.reduce((sum, ms) => sum + ms, 0);
    const own = perSecond(keptMs);
    const base = perSecond(plainMs);
    report('pictures of 300 kB kept', `${own.toFixed(0)}/s`, `${base.toFixed(0)}/s`, own / base);
    const p99 = percentile(keptMs, 0.99);
    const baseP99 = percentile(plainMs, 0.99);
    report('one picture kept p99', `${p99.toFixed(2)} ms`, `${baseP99.toFixed(2)} ms`, p99 / baseP99);
    await benchRemoval(stores, plain, kept);
  } finally {
    stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The longest time nothing else had its turn while so many went. */
async function benchRemoval(stores: Stores, plain: string, kept: readonly string[]): Promise<void> {
  const gone = kept.slice(0, batch);
  const held = await longestHold(async () => {
    stores.pictures.drop(gone, Date.now());
    for (const sha256 of gone) await stores.pictures.erase(sha256);
  });
  const bare = timed(() => {
    for (let nth = 0; nth < batch; nth += 1) rmSync(join(plain, `${String(nth)}.jpg`));
  });
  report('50 pictures removed, longest hold', `${held.toFixed(1)} ms`, `${bare.toFixed(1)} ms`, held / bare);
}

async function longestHold(work: () => Promise<void>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return longest;
}

function writePlain(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
