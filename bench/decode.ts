/**
 * Decode throughput: the continuous decoder, which finds, checks and reads every frame, against serialport's own
 * parsers cutting the same stream without looking at it. Medians of five rounds in one run.
 */
import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { ByteLengthParser, DelimiterParser } from 'serialport';
import { createYaohuaContinuousDecoder } from '../native/instruments/yaohuaContinuous.ts';
import { report } from './figures.ts';

const megabytes = 24;
const chunkBytes = 4096;
const frames = ['022b30313234353030313903', '022b30303030323030313903', '022d30303132333435313903'];

function makeStream(): Buffer[] {
  const text = frames.join('').repeat(1 + Math.ceil((megabytes * 1e6) / (12 * frames.length)));
  const bytes = Buffer.from(text, 'hex');
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  return chunks;
}

const chunks = makeStream();
const total = chunks.reduce((sum, { length }) => sum + length, 0);

interface Measured {
  readonly mbPerS: number;
  readonly pieces: number;
}

function measured(startMs: number, pieces: number): Measured {
  return { mbPerS: total / 1e6 / ((performance.now() - startMs) / 1000), pieces };
}

function decoder(): Measured {
  const decode = createYaohuaContinuousDecoder();
  const startMs = performance.now();
  let pieces = 0;
  for (const chunk of chunks) for (const frame of decode.push(chunk)) if (frame.valid) pieces += 1;
  return measured(startMs, pieces);
}

async function parser(make: () => Transform): Promise<Measured> {
  const stream = make();
  let pieces = 0;
  stream.on('data', () => {
    pieces += 1;
  });
  const startMs = performance.now();
  for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'end');
  return measured(startMs, pieces);
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const results = { decoder: [] as Measured[], delimiter: [] as Measured[], byteLength: [] as Measured[] };
for (let round = 0; round < 5; round += 1) {
  results.decoder.push(decoder());
  results.delimiter.push(await parser(() => new DelimiterParser({ delimiter: Buffer.from([0x03]) })));
  results.byteLength.push(await parser(() => new ByteLengthParser({ length: 12 })));
}
const speed = (runs: readonly Measured[]): number => median(runs.map(({ mbPerS }) => mbPerS));
const decoderMbPerS = speed(results.decoder);
const shown = (mbPerS: number): string => `${mbPerS.toFixed(0)} MB/s`;
for (const [name, runs] of [
  ['DelimiterParser', results.delimiter],
  ['ByteLengthParser', results.byteLength],
] as const) {
  const baseline = speed(runs);
  report(`decode against ${name}`, shown(decoderMbPerS), shown(baseline), decoderMbPerS / baseline);
}
