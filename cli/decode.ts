import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { profileIds, profileOf } from '../native/instruments/protocols/profiles.ts';
import type { DecodedFrame } from '../native/instruments/protocols/protocol.ts';
import { modbusExceptionText } from '../station/contract.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { oneOf, readArguments, shown } from './arguments.ts';
import { createHexReader } from './hexText.ts';
import type { CommandIo } from './io.ts';

export const decodeUsage = 'yuanheng decode --profile ID [--options JSON] [--hex] [FILE|-]';

export interface DecodeStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/** Prints one JSON line for each frame of a recorded stream, as the bytes come. Returns the exit code. */
export async function runDecode(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  streams: DecodeStreams,
): Promise<number> {
  const refuse = (message: string): number => {
    io.err(`yuanheng decode: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['profile', 'options'],
    flags: ['hex', 'help'],
    maxPositionals: 1,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${decodeUsage}`);
    return 0;
  }
  if (values.profile === undefined) return refuse(`--profile is missing; known are ${profileIds.join(', ')}`);
  const profile = oneOf('profile', values.profile, profileIds);
  if (!profile.ok) return refuse(profile.error);
  const options = readOptions(profile.value, values.options ?? '{}');
  if (!options.ok) return refuse(options.error);

  const [file = '-'] = positionals;
  const decoder = profileOf(profile.value).createDecoder(options.value);
  const hex = flags.has('hex') ? createHexReader() : null;
  const printer = linePrinter(streams.stdout);
  const input = file === '-' ? streams.stdin : createReadStream(file, { highWaterMark: 1 << 16 });
  try {
    for await (const chunk of input) {
      const bytes = hex === null ? asBytes(chunk) : hex.push(asBytes(chunk));
      if (bytes === null) return refuse(hex?.problem() ?? '');
      await printer.print(decoder.push(bytes));
      // Nobody reads any more: `yuanheng decode … | head`.
      if (printer.closed()) return 0;
    }
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? String(problem.code) : String(problem);
    return refuse(`cannot read ${file === '-' ? 'standard input' : shown(file)}: ${code}`);
  } finally {
    input.destroy();
  }
  await printer.print(decoder.end());
  if (hex !== null && !hex.complete())
    return refuse('an odd number of hex digits: the last byte is cut in half');
  return 0;
}

function readOptions(profile: (typeof profileIds)[number], text: string): Result<unknown, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('--options is not JSON');
  }
  const checked = profileOf(profile).check(json);
  if (checked.ok) return ok(json);
  const [first] = checked.error;
  return err(`--options: ${first?.field ?? ''} ${first?.problem ?? 'not understood'}`);
}

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}

/** Writes no faster than it is read, and stops quietly when nobody reads. */
function linePrinter(out: Writable) {
  let closed = false;
  let wake = (): void => undefined;
  const end = (): void => {
    closed = true;
    wake();
  };
  // Kept to the end of the process: a late EPIPE must not crash it.
  out.on('error', end);
  out.on('close', end);
  out.on('drain', () => {
    wake();
  });
  return {
    closed: (): boolean => closed,
    print: async (frames: readonly DecodedFrame[]): Promise<void> => {
      if (closed || frames.length === 0) return;
      let lines = '';
      for (const frame of frames) lines += `${lineOf(frame)}\n`;
      if (out.write(lines)) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
  };
}

function lineOf(frame: DecodedFrame): string {
  if (!frame.valid) {
    const { reason, exception, raw } = frame;
    const says =
      exception === undefined
        ? {}
        : {
            exception,
            says: modbusExceptionText(exception, false),
            zh: modbusExceptionText(exception, true),
          };
    return JSON.stringify({ valid: false, reason, ...says, raw });
  }
  const { kg, display, motion, overload, net, raw } = frame;
  return JSON.stringify({ valid: true, kg, display, motion, overload, net, raw });
}
