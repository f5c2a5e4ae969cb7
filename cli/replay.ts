import { readFileSync } from 'node:fs';
import type { CaptureChunk } from '../native/instruments/capture.ts';
import { readCapture } from '../native/instruments/capture.ts';
import { serveTcp } from '../simulator/tcpOutput.ts';
import { openTty } from '../simulator/ttyOutput.ts';
import { readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const replayUsage =
  'yuanheng replay FILE PORT [--baud N] [--loop]  (PORT is a tty, or tcp:PORT to be called on)';

/** Plays a capture into a tty or to whoever calls a TCP port, with the timing it was taken with. */
export async function runReplay(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err' | 'stopped'>,
): Promise<number> {
  const read = readArguments(args, { values: ['baud'], flags: ['loop', 'help'], maxPositionals: 2 });
  const refuse = (message: string): number => {
    io.err(`yuanheng replay: ${message}`);
    return 2;
  };
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${replayUsage}`);
    return 0;
  }
  const [file, port] = positionals;
  if (file === undefined || port === undefined) return refuse('which FILE and PORT?');
  const baud = wholeNumber('baud', values.baud ?? '9600', 300, 460_800);
  if (!baud.ok) return refuse(baud.error);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return refuse(`cannot read ${shown(file)}`);
  }
  const capture = readCapture(bytes, file);
  if (!capture.ok) return refuse(`${shown(file)}: ${capture.error}`);

  const tcp = /^tcp:(\d+)$/.exec(port);
  const output = await (tcp === null ? openTty(port, baud.value) : serveTcp(Number(tcp[1]))).catch(
    () => null,
  );
  if (output === null) return refuse(`cannot open ${shown(port)}`);
  if (output.tcpPort !== null) io.out(`call tcp:127.0.0.1:${String(output.tcpPort)}`);
  const state = { stopped: false };
  void io.stopped.then(() => (state.stopped = true));
  try {
    do {
      await play(
        capture.value.chunks,
        (chunk) => {
          output.write(chunk);
        },
        () => state.stopped,
        io.stopped,
      );
    } while (flags.has('loop') && !state.stopped);
  } finally {
    await output.close();
  }
  return 0;
}

async function play(
  chunks: readonly CaptureChunk[],
  write: (bytes: Uint8Array) => void,
  isStopped: () => boolean,
  stopped: Promise<void>,
): Promise<void> {
  const startMs = performance.now();
  for (const { afterMs, bytes } of chunks) {
    const waitMs = afterMs - (performance.now() - startMs);
    if (waitMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([new Promise((resolve) => (timer = setTimeout(resolve, waitMs))), stopped]);
      clearTimeout(timer);
    }
    if (isStopped()) return;
    write(bytes);
  }
}
