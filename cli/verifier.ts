import { readFileSync, writeFileSync } from 'node:fs';
import { verifierPage } from '../native/evidence/verifierPage.ts';
import { nodeChecker } from '../native/keys/checker.ts';
import { withPublishedKeys } from '../native/keys/verifierFile.ts';
import { readPublishedKeys } from '../station/ledger/publishedKeys.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const verifierUsage = 'yuanheng verifier --keys FILE[,FILE…] --out verifier.html';

/** Writes the offline verifier with the stations' keys inside. Returns the exit code. */
export function runVerifier(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>): number {
  const refuse = (message: string): number => {
    io.err(`yuanheng verifier: ${message}`);
    return 2;
  };
  const read = readArguments(args, { values: ['keys', 'out'], flags: ['help'], maxPositionals: 0 });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${verifierUsage}`);
    return 0;
  }
  if (values.keys === undefined || values.out === undefined) return refuse(verifierUsage);
  const keys = [];
  for (const file of values.keys.split(',')) {
    try {
      const one = readPublishedKeys(readFileSync(file, 'utf8'), nodeChecker);
      if (!one.ok) return refuse(`${shown(file)}: ${one.error}`);
      keys.push(one.value);
    } catch {
      return refuse(`${shown(file)} cannot be read`);
    }
  }
  const page = verifierPage();
  if (page === null) return refuse('the page is not built yet: run npm run build');
  writeFileSync(values.out, withPublishedKeys(readFileSync(page, 'utf8'), keys));
  io.out(`${shown(values.out)}: ${keys.map(({ stationName }) => shown(stationName)).join(', ')}`);
  return 0;
}
