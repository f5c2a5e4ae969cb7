import type { Shot } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Stores } from '../store/stores.ts';

/** What the lane's cameras gave of a weighing; null while nothing is written of it. */
export function shotsOf(
  stores: Pick<Stores, 'db'> & { readonly ledger: Pick<Stores['ledger'], 'link'> },
  number: number,
): readonly Shot[] | null {
  const sequence = stores.db.prepare('SELECT sequence FROM shots WHERE number = ?').pluck().get(number);
  const link = typeof sequence === 'number' ? stores.ledger.link(sequence) : null;
  const opened = link === null ? null : openLink(link);
  return opened?.ok === true && opened.value.type === 'pictures-taken' ? opened.value.body.shots : null;
}
