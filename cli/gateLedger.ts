import { writeFileSync } from 'node:fs';
import { gateFile } from '../native/gate/gateFile.ts';
import type { GateBook } from '../native/gate/gateRows.ts';
import { gateRows } from '../native/gate/gateRows.ts';
import { openRecords } from '../native/store/records.ts';
import type { GateRow } from '../station/contract.ts';
import { GateQuery } from '../station/contract.ts';
import { readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const gateLedgerUsage =
  'yuanheng gate-ledger --data DIR --from YYYY-MM-DD --to YYYY-MM-DD --out FILE.xlsx|FILE.csv [--plate TEXT] [--fleet TEXT] [--emission 0-6|D] [--visit-hours N]';

/** 运输车辆电子台账 as a file, beside a running station; reads only. Returns the exit code. */
export async function runGateLedger(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  const refuse = (message: string): number => {
    io.err(`yuanheng gate-ledger: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['data', 'from', 'to', 'out', 'plate', 'fleet', 'emission', 'visit-hours'],
    flags: ['help'],
    maxPositionals: 0,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${gateLedgerUsage}`);
    return 0;
  }
  const { data, out, from, to, plate = null, fleet = null, emission = null } = values;
  if (data === undefined) return refuse('--data DIR is missing');
  const form = /\.(xlsx|csv)$/i.exec(out ?? '')?.[1]?.toLowerCase();
  if (out === undefined || (form !== 'xlsx' && form !== 'csv')) {
    return refuse('--out must be a file that ends in .xlsx or .csv');
  }
  const hours = wholeNumber('visit-hours', values['visit-hours'] ?? '12', 1, 168);
  if (!hours.ok) return refuse(hours.error);
  const query = GateQuery.safeParse({ from, to, plate, fleet, emission });
  if (!query.success) {
    return refuse(`${query.error.issues.map(({ path }) => `--${path.join('.')}`).join(', ')} cannot be read`);
  }
  try {
    const records = openRecords(data);
    try {
      const { db, stationId, mode } = records;
      const book: GateBook = { db, stationId, drill: mode === 'drill', visitMs: hours.value * 3_600_000 };
      const counts = { rows: 0, marked: 0 };
      writeFileSync(out, await gateFile(form, counted(gateRows(book, query.data, null), counts)));
      io.out(
        `${String(counts.rows)} rows into ${shown(out)}, ${String(counts.marked)} with something missing`,
      );
      return 0;
    } finally {
      records.close();
    }
  } catch (problem) {
    return refuse(problem instanceof Error ? shown(problem.message) : 'the store cannot be read');
  }
}

function* counted(
  rows: Iterable<GateRow | null>,
  counts: { rows: number; marked: number },
): Generator<GateRow> {
  for (const row of rows) {
    if (row === null) continue;
    counts.rows += 1;
    if (row.missing.length > 0) counts.marked += 1;
    yield row;
  }
}
