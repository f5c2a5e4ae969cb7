import { readFileSync, statSync } from 'node:fs';
import type { PublishedKeys } from '../native/evidence/publishedKeys.ts';
import { readPublishedKeys } from '../native/evidence/publishedKeys.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { runVerifyBundle } from './verifyBundle.ts';
import { runVerifyData } from './verifyData.ts';
import { runVerifySlip, verifySlipUsage } from './verifySlip.ts';

export const verifyUsage = [
  verifySlipUsage,
  'yuanheng verify bundle FILE [--keys FILE] [--anchors FILE,FILE…] [--json] [--lang zh|en]',
  'yuanheng verify data DIR [--anchors FILE,FILE…] [--head SEQUENCE:HASH] [--platform] [--config FILE] [--keys FILE] [--every] [--all] [--json] [--lang zh|en]',
  '(exit code 0: all of it holds, 1: something does not, 3: what is there holds and something is missing, 2: cannot be done)',
].join('\n       ');

/** Checks a paper's code, a bundle or a whole store. Returns the exit code. */
export async function runVerify(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  nowMs = Date.now(),
): Promise<number> {
  const [what, ...rest] = args;
  switch (what) {
    case 'slip':
      return runVerifySlip(rest, io, nowMs);
    case 'bundle':
      return runVerifyBundle(rest, io);
    case 'data':
      return runVerifyData(rest, io);
    case '--help':
      io.out(`usage: ${verifyUsage}`);
      return 0;
    case undefined:
    default:
      io.err(`yuanheng verify: slip, bundle or data, not ${shown(what ?? 'nothing')}`);
      return 2;
  }
}

const maxTextBytes = 64 * 1024 * 1024;

/** A file of texts a person named; the error is for them. */
export function readTextFile(path: string): Result<string, string> {
  try {
    if (statSync(path).size > maxTextBytes) return err(`${shown(path)} is too large`);
    return ok(readFileSync(path, 'utf8'));
  } catch {
    return err(`${shown(path)} cannot be read`);
  }
}

export function readKeysFile(path: string | undefined): Result<PublishedKeys | null, string> {
  if (path === undefined) return ok(null);
  const text = readTextFile(path);
  if (!text.ok) return text;
  const read = readPublishedKeys(text.value);
  return read.ok ? read : err(`${shown(path)}: ${read.error}`);
}
