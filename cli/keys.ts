import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownSecret } from '../native/keys/keySecret.ts';
import { publishedKeys } from '../native/keys/publish.ts';
import { openExistingKey } from '../native/keys/stationKey.ts';
import { openLink } from '../station/ledger/chain.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import type { ReadOnlyLedger } from './readOnlyLedger.ts';
import { openReadOnlyLedger } from './readOnlyLedger.ts';

export const keysUsage = 'yuanheng keys --data DIR [--out FILE]';

/** Writes the station's published keys, for everyone who checks its papers. Returns the exit code. */
export function runKeys(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  nowMs: number,
  secret: string | null = knownSecret(),
): number {
  const refuse = (message: string): number => {
    io.err(`yuanheng keys: ${message}`);
    return 2;
  };
  const read = readArguments(args, { values: ['data', 'out'], flags: ['help'], maxPositionals: 0 });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${keysUsage}`);
    return 0;
  }
  const { data, out } = values;
  if (data === undefined) return refuse('--data DIR is missing');
  if (!existsSync(join(data, 'station-key.pem'))) return refuse(`no station key in ${shown(data)}`);
  const key = secret === null ? null : openExistingKey(data, secret);
  if (key?.ok !== true) {
    const why = key === null ? 'it has no secret for it' : shown(key.error.detail);
    return refuse(`the station key cannot be opened by this account: ${why}`);
  }
  let store: ReadOnlyLedger;
  try {
    store = openReadOnlyLedger(data);
  } catch (problem) {
    return refuse(
      `cannot read the store in ${shown(data)}: ${problem instanceof Error ? shown(problem.message) : ''}`,
    );
  }
  try {
    const made = publishedKeys(store, { id: store.station, name: nameOf(store) }, key.value, nowMs);
    if (!made.ok) return refuse(made.error);
    const text = `${JSON.stringify(made.value, null, 1)}\n`;
    if (out === undefined) io.out(text.trimEnd());
    else writeFileSync(out, text);
    return 0;
  } finally {
    store.close();
  }
}

/** As the store was created with it. */
function nameOf({ ledger, station }: ReadOnlyLedger): string {
  const link = ledger.lastOfType('store-created');
  const opened = link === null ? null : openLink(link);
  return opened?.ok === true && opened.value.type === 'store-created'
    ? opened.value.body.stationName
    : station;
}
