import type { Shot } from '../../station/contract.ts';
import type { Records } from '../store/records.ts';
import { eventAt } from '../store/records.ts';

/** What the lane's cameras gave of a weighing; null while nothing is written of it. */
export function shotsOf(
  records: Pick<Records, 'db'> & { readonly ledger: Pick<Records['ledger'], 'link'> },
  number: number,
): readonly Shot[] | null {
  const sequence = records.db.prepare('SELECT sequence FROM shots WHERE number = ?').pluck().get(number);
  const event = typeof sequence === 'number' ? eventAt(records, sequence) : null;
  return event?.type === 'pictures-taken' ? event.body.shots : null;
}
