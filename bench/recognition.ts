/** How many drawn plates are read exactly, how soon, and what it holds in memory; the baseline is decoding the picture. */
import type { Browser } from 'playwright-core';
import { Engine } from '../native/recognition/engine.ts';
import { decodePicture } from '../native/recognition/picture.ts';
import { findModels } from '../native/recognition/recogniser.ts';
import type { PlateSort } from '../simulator/pictures/plateScenes.ts';
import { drawPlates, plateSorts } from '../simulator/pictures/plateScenes.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import { percentile, report } from './figures.ts';

interface Tally {
  readonly exact: number;
  readonly other: number;
  readonly readMs: readonly number[];
  readonly decodeMs: readonly number[];
}

async function readAll(
  engine: Engine,
  browser: Browser,
  asked: { readonly sort: PlateSort; readonly count: number; readonly hard: boolean },
): Promise<Tally> {
  let exact = 0;
  let other = 0;
  const readMs: number[] = [];
  const decodeMs: number[] = [];
  for (const { plate, jpeg } of await drawPlates(browser, asked.sort, asked.count, asked.hard)) {
    const fromMs = performance.now();
    decodePicture(jpeg);
    const decodedMs = performance.now();
    const read = await engine.read(jpeg);
    readMs.push(performance.now() - decodedMs);
    decodeMs.push(decodedMs - fromMs);
    const best = read.ok ? read.value[0]?.text : undefined;
    if (best === plate.text) exact += 1;
    else if (best !== undefined) other += 1;
  }
  return { exact, other, readMs, decodeMs };
}

/** `count` pictures of each of nine kinds of plate, clear ones and hard ones. */
export async function benchRecognition(count = 20): Promise<void> {
  const models = findModels();
  if (models === null) throw new Error('the files of the recognition are not installed');
  const beforeMb = process.memoryUsage().rss / 1e6;
  const engine = await Engine.load(models);
  const browser = await launchChromium();
  const readMs: number[] = [];
  const decodeMs: number[] = [];
  for (const hard of [false, true]) {
    const total = { exact: 0, other: 0, all: 0 };
    for (const sort of plateSorts) {
      const tally = await readAll(engine, browser, { sort, count, hard });
      readMs.push(...tally.readMs);
      decodeMs.push(...tally.decodeMs);
      total.exact += tally.exact;
      total.other += tally.other;
      total.all += count;
      const name = `recognition, ${hard ? 'hard' : 'clear'}: ${sort}`;
      console.log(
        `${name.padEnd(44)} ${String(tally.exact)} of ${String(count)} exact, ${String(tally.other)} read as another`,
      );
    }
    const share = ((100 * total.exact) / total.all).toFixed(1);
    console.log(
      `recognition, ${hard ? 'hard' : 'clear'} pictures: ${share} % of ${String(total.all)} exact, ${String(total.other)} read as another`,
    );
  }
  await browser.close();
  const [own, base] = [percentile(readMs, 0.5), percentile(decodeMs, 0.5)];
  report(
    'recognition of one picture p50',
    `${own.toFixed(0)} ms`,
    `${base.toFixed(0)} ms decoding`,
    own / base,
  );
  const heldMb = process.memoryUsage().rss / 1e6;
  report(
    'recognition, memory',
    `${heldMb.toFixed(0)} MB`,
    `${beforeMb.toFixed(0)} MB without`,
    heldMb / beforeMb,
  );
}
