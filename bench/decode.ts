/**
 * Decode throughput of each protocol: its decoder, which finds, checks and reads every frame, against the serialport
 * parser that fits it, cutting the same stream without looking at it. Medians of five rounds in one run.
 */
import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { ByteLengthParser, DelimiterParser } from 'serialport';
import { samples } from '../native/instruments/protocols/samples.testFrames.ts';
import type { ProfileId } from '../native/instruments/protocols/profiles.ts';
import { profileOf } from '../native/instruments/protocols/profiles.ts';
import { report } from './figures.ts';

const megabytes = 8;
const chunkBytes = 4096;
const rounds = 5;

/** One of each protocol; the others are the same bytes under another maker's name. */
const measured: readonly ProfileId[] = [
  'yaohua-continuous',
  'yaohua-command',
  'yaohua-d2-old',
  'yaohua-a26-format2',
  'yaohua-a12-xor',
  'mettler-continuous',
  'mettler-short',
  'mt-sics',
  'jinzhong-continuous',
  'cas-22',
  'rice-lake',
  'cardinal',
  'weightronix',
  'sma',
  'dini-argeo-continuous',
  'modbus-rtu',
  'custom',
];

interface Stream {
  readonly chunks: readonly Buffer[];
  readonly bytes: number;
  /** Null when frames differ in length. */
  readonly frameBytes: number | null;
  readonly lastByte: number;
}

function streamOf(id: ProfileId): Stream {
  const sample = samples[id];
  const frames = [12_450, 48_200, 15_600, 33_180].map((kg) =>
    sample.encode(Math.min(kg, sample.maxShown), 0),
  );
  const one = Buffer.concat(frames);
  const all = Buffer.concat(Array.from({ length: Math.ceil((megabytes * 1e6) / one.length) }, () => one));
  const chunks: Buffer[] = [];
  for (let at = 0; at < all.length; at += chunkBytes) chunks.push(all.subarray(at, at + chunkBytes));
  const lengths = new Set(frames.map(({ length }) => length));
  const [frameBytes = null] = lengths.size === 1 ? lengths : [];
  return { chunks, bytes: all.length, frameBytes, lastByte: one.at(-1) ?? 0 };
}

function decoderSpeed(id: ProfileId, { chunks, bytes }: Stream): number {
  const decoder = profileOf(id).createDecoder();
  const startMs = performance.now();
  for (const chunk of chunks) decoder.push(chunk);
  return bytes / 1e3 / (performance.now() - startMs);
}

async function parserSpeed({ chunks, bytes, frameBytes, lastByte }: Stream): Promise<number> {
  const parser: Transform =
    frameBytes === null
      ? new DelimiterParser({ delimiter: Buffer.from([lastByte]) })
      : new ByteLengthParser({ length: frameBytes });
  parser.resume();
  const startMs = performance.now();
  for (const chunk of chunks) if (!parser.write(chunk)) await once(parser, 'drain');
  parser.end();
  await once(parser, 'end');
  return bytes / 1e3 / (performance.now() - startMs);
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const shown = (mbPerS: number): string => `${mbPerS.toFixed(0)} MB/s`;

export async function benchDecode(): Promise<void> {
  for (const id of measured) {
    const stream = streamOf(id);
    const own: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      own.push(decoderSpeed(id, stream));
      theirs.push(await parserSpeed(stream));
    }
    const [ours, baseline] = [median(own), median(theirs)];
    report(`decode ${id}`, shown(ours), shown(baseline), ours / baseline);
  }
}
