import type { ReleaseView } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { SlipRelease } from '../../station/slips/slipRecord.ts';
import type { Records } from '../store/records.ts';
import type { Stores } from '../store/stores.ts';

interface Granted {
  readonly view: ReleaseView;
  readonly hash: string;
}

/** The release of a weighing as the ledger has it, its hash checked again; null when there is none. */
function granted(stores: Records, number: number): Granted | null {
  const sequence = stores.db.prepare('SELECT sequence FROM releases WHERE number = ?').pluck().get(number);
  const link = typeof sequence === 'number' ? stores.ledger.link(sequence) : null;
  if (link === null) return null;
  const opened = openLink(link);
  if (!opened.ok || opened.value.type !== 'release-granted') return null;
  const { body, timeMs } = opened.value;
  return { view: { ...body, timeMs, sequence: link.sequence }, hash: link.hash };
}

/** Whether one was granted, readable or not: there is never a second. */
export function isReleased(stores: Stores, number: number): boolean {
  return stores.db.prepare('SELECT 1 FROM releases WHERE number = ?').pluck().get(number) !== undefined;
}

export function releaseOf(stores: Records, number: number): ReleaseView | null {
  return granted(stores, number)?.view ?? null;
}

export function slipRelease(stores: Records, number: number): SlipRelease | null {
  const found = granted(stores, number);
  if (found === null) return null;
  const { number: _, picture: __, ...release } = found.view;
  return { ...release, hash: found.hash };
}
