import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Subject } from '../native/evidence/bundleForm.ts';
import { recordExport } from '../native/evidence/recordExport.ts';
import { EvidenceSource } from '../native/evidence/source.ts';
import { verifierPage } from '../native/evidence/verifierPage.ts';
import { writeBundle } from '../native/evidence/writeBundle.ts';
import { knownSecret } from '../native/keys/keySecret.ts';
import { PictureStore } from '../native/store/blobStore.ts';
import { openForReading } from '../native/store/database.ts';
import { Day } from '../station/vehicles/credentials.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const evidenceUsage =
  'yuanheng evidence --data DIR (--number N | --from DAY --to DAY) --out FILE.zip [--operator NAME]';

/** Takes an evidence bundle out of a store, beside a running station too. Returns the exit code. */
export async function runEvidence(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  secret: string | null = knownSecret(),
): Promise<number> {
  const refuse = (message: string): number => {
    io.err(`yuanheng evidence: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['data', 'number', 'from', 'to', 'out', 'operator'],
    flags: ['help'],
    maxPositionals: 0,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${evidenceUsage}`);
    return 0;
  }
  const { data, out, operator } = values;
  if (data === undefined) return refuse('--data DIR is missing');
  if (out === undefined) return refuse('--out FILE.zip is missing');
  const subject = readSubject(values);
  if (!subject.ok) return refuse(subject.error);
  if (existsSync(out)) return refuse(`${shown(out)} exists; it is not written over`);
  try {
    const db = openForReading(data);
    let made;
    try {
      made = await writeBundle({
        source: new EvidenceSource(db),
        pictures: new PictureStore(join(data, 'pictures'), db, Date.now),
        subject: subject.value,
        out: resolve(out),
        verifierPage: verifierPage(),
      });
    } finally {
      db.close();
    }
    if (!made.ok) return refuse(`${made.error.code} ${shown(made.error.detail)}`.trim());
    const { bytes, sha256, numbers, missing } = made.value;
    io.out(`${out}: ${String(bytes)} bytes, SHA-256 ${sha256}, weighings ${String(numbers.length)}`);
    for (const name of missing) io.out(`not here any more: ${name}`);
    const recorded = recordExport(data, subject.value, sha256, { operator: operator ?? null, secret });
    if (!recorded.ok) io.err(`yuanheng evidence: not written into the ledger: ${shown(recorded.error)}`);
    return 0;
  } catch (problem) {
    const detail = problem instanceof Error ? shown(problem.message) : '';
    return refuse(`cannot read the store in ${shown(data)}: ${detail}`);
  }
}

function readSubject(
  values: Readonly<Partial<Record<'number' | 'from' | 'to', string>>>,
): Result<Subject, string> {
  const { number, from, to } = values;
  if (number !== undefined) {
    if (from !== undefined || to !== undefined) return err('either --number or --from and --to');
    const read = wholeNumber('number', number, 1, 999_999_999);
    return read.ok ? ok({ number: read.value }) : read;
  }
  if (from === undefined || to === undefined)
    return err('--number N, or --from DAY and --to DAY, is missing');
  for (const [name, day] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (!Day.safeParse(day).success) return err(`--${name} must be a day like 2026-11-30, not ${shown(day)}`);
  return from <= to ? ok({ from, to }) : err('--from lies behind --to');
}
