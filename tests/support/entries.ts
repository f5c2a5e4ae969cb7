import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterEntry } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import { entryKey, entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { TestYard } from './yard.ts';

/** Writes one register entry as the register screen would. */
export function putEntry(
  { station }: Pick<TestYard, 'station'>,
  kind: RegisterEntry['kind'],
  entry: Record<string, unknown>,
): void {
  const each = { kind, entry: entrySchemas[kind].parse(entry) } as RegisterEntry;
  const written = station.desk.append({
    type: 'register-changed',
    body: { kind, key: entryKey(each), now: each, reason: 'test', operator: null, importId: null },
  });
  if (!written.ok) throw new Error(written.error.detail);
  station.desk.lane.registerChanged(null);
  station.desk.changed();
}

/** A weighing as the ledger has it. */
export function storedWeighing({ station }: Pick<TestYard, 'station'>, number: number): WeighingBody {
  const link = station.desk.deps.stores.ledger.linkOfNumber(number);
  const opened = link === null ? null : openLink(link);
  if (opened?.ok !== true || opened.value.type !== 'weighing') throw new Error('no such weighing');
  return opened.value.body;
}

/** The words of a paper that was kept, by a part of its file name. */
export function paperText({ dir }: Pick<TestYard, 'dir'>, part: string): string {
  const file = readdirSync(dir, { recursive: true, encoding: 'utf8' }).find((name) => name.includes(part));
  if (file === undefined) throw new Error(`no paper ${part}`);
  return execFileSync('pdftotext', ['-layout', join(dir, file), '-'], { encoding: 'utf8' });
}
