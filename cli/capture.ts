import { createWriteStream } from 'node:fs';
import { captureHead, captureLine } from '../native/instruments/capture.ts';
import { openTransport } from '../native/instruments/transport.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { lineUsage, readLine } from './lineArguments.ts';

export const captureUsage = `yuanheng capture PORT FILE [--baud N] [--framing 8N1] [--seconds N]  (${lineUsage})`;

/** Writes what a line says into a file, with its timing, until it is stopped. Listens only. Returns the exit code. */
export async function runCapture(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err' | 'stopped'>,
  nowMs: () => number,
): Promise<number> {
  const read = readArguments(args, {
    values: ['baud', 'framing', 'seconds'],
    flags: ['help'],
    maxPositionals: 2,
  });
  const refuse = (message: string): number => {
    io.err(`yuanheng capture: ${message}`);
    return 2;
  };
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${captureUsage}`);
    return 0;
  }
  const [port, file] = positionals;
  if (port === undefined || file === undefined) return refuse('which PORT and FILE?');
  const seconds = values.seconds === undefined ? null : wholeNumber('seconds', values.seconds, 1, 86_400);
  if (seconds?.ok === false) return refuse(seconds.error);
  const line = readLine(port, values.baud, values.framing);
  if (!line.ok) return refuse(line.error);

  const out = createWriteStream(file, { flags: 'wx' });
  const failed = new Promise<string>((resolve) => {
    out.on('error', (problem: NodeJS.ErrnoException) => {
      resolve(problem.code === 'EEXIST' ? `${file} is there already` : `cannot write ${file}`);
    });
  });
  let bytes = 0;
  let firstMs: number | null = null;
  const transport = openTransport(line.value, {
    onBytes: (chunk, atMs) => {
      firstMs ??= atMs;
      bytes += chunk.length;
      out.write(captureLine({ afterMs: atMs - firstMs, bytes: chunk }));
    },
    onState: (state) => {
      if (state.kind === 'open') io.out(`listening on ${state.detail}`);
      else if (state.kind === 'down') io.err(`yuanheng capture: ${state.error}`);
    },
  });
  out.write(captureHead(port, new Date(nowMs()).toISOString()));
  let timer: NodeJS.Timeout | undefined;
  const ended =
    seconds === null
      ? io.stopped
      : Promise.race([
          io.stopped,
          new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds.value * 1000))),
        ]);
  const problem = await Promise.race([ended, failed]);
  clearTimeout(timer);
  await transport.close();
  if (typeof problem === 'string') return refuse(problem);
  await new Promise<void>((resolve) => {
    out.end(resolve);
  });
  io.out(`${String(bytes)} bytes in ${file}`);
  return bytes > 0 ? 0 : 1;
}
