import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Candidate } from '../native/instruments/detect.ts';
import { candidatesFor } from '../native/instruments/detect.ts';
import type { LineFinding } from '../native/instruments/detectLine.ts';
import { detectOn } from '../native/instruments/detectOn.ts';
import { readCapture } from '../native/instruments/capture.ts';
import { modbusExceptionText } from '../station/contract.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { lineUsage, readLine } from './lineArguments.ts';

export const detectUsage = `yuanheng detect PORT|FILE [--json]  (${lineUsage})`;

/**
 * Says which protocols and line settings the bytes of a port or a capture fit, with the evidence. It listens;
 * polled protocols get their one read request; the choice stays with a person. 0: found, 1: nothing fits.
 */
export async function runDetect(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err' | 'signal'>,
): Promise<number> {
  const read = readArguments(args, { values: [], flags: ['json', 'help'], maxPositionals: 1 });
  const refuse = (message: string): number => {
    io.err(`yuanheng detect: ${message}`);
    return 2;
  };
  if (!read.ok) return refuse(read.error);
  if (read.value.flags.has('help')) {
    io.out(`usage: ${detectUsage}`);
    return 0;
  }
  const [where] = read.value.positionals;
  if (where === undefined) return refuse('which PORT or FILE?');
  const found = isFile(where) ? inFile(where) : await onLine(where, io);
  if (!found.ok) return refuse(found.error);
  if (read.value.flags.has('json')) io.out(JSON.stringify(found.value));
  else for (const finding of found.value) tell(finding, io);
  if (found.value.length > 0) return 0;
  io.err('yuanheng detect: nothing that fits was heard; is the indicator set to send, and the cable right?');
  return 1;
}

function isFile(where: string): boolean {
  return existsSync(where) && statSync(where).isFile();
}

function inFile(file: string): Result<readonly LineFinding[], string> {
  const capture = readCapture(readFileSync(file), file);
  if (!capture.ok) return err(`${shown(file)}: ${capture.error}`);
  const bytes = Buffer.concat(capture.value.chunks.map((chunk) => chunk.bytes));
  const candidates = candidatesFor(bytes);
  return ok(candidates.length === 0 ? [] : [{ setting: null, bytes: bytes.length, candidates }]);
}

async function onLine(
  port: string,
  io: Pick<CommandIo, 'err' | 'signal'>,
): Promise<Result<readonly LineFinding[], string>> {
  const line = readLine(port, undefined, undefined);
  if (!line.ok) return line;
  let told = false;
  const found = await detectOn(line.value, {
    onProgress: ({ nth, of, bytes }) => {
      // The first setting was listened to: whoever sends would have been heard, at any speed.
      if (told || nth < 2 || bytes > 0) return;
      told = true;
      io.err(`nothing was heard at all: nobody sends here; asking at ${String(of - 1)} more settings`);
      io.err(silentLine);
    },
    onOpen: (detail) => {
      io.err(`listening on ${detail}`);
    },
    stopped: () => io.signal.aborted,
  });
  return found.ok ? found : err(`${shown(port)}: ${found.error}`);
}

const silentLine =
  'check: is the indicator on and set to send continuously? its serial port, not the big display’s? ' +
  'RS-232: TX and RX crossed? RS-485: A and B swapped? the right port?';

function tell({ setting, candidates }: LineFinding, io: Pick<CommandIo, 'out'>): void {
  const at = setting === null ? '' : `${String(setting.baudRate)} ${setting.framing}  `;
  for (const candidate of candidates) io.out(`${at}${evidence(candidate)}`);
}

function evidence({
  profile,
  good,
  bad,
  coveredPercent,
  shows,
  directionAmbiguous,
  labelEn,
  exception,
}: Candidate): string {
  const weight = shows === null ? '' : `, shows ${shows}`;
  const doubt = directionAmbiguous ? '; either end may come first: compare with the display' : '';
  const refusal =
    exception === null
      ? ''
      : `; it refuses: ${modbusExceptionText(exception, false)} / ${modbusExceptionText(exception, true)}`;
  return `${profile} (${labelEn}): ${String(good)} of ${String(good + bad)} frames, ${String(coveredPercent)} % of the bytes${weight}${doubt}${refusal}`;
}
