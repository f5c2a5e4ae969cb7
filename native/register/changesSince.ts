import { openLink } from '../../station/ledger/chain.ts';
import type { ChainLink } from '../../station/ledger/chain.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import type { Db } from '../store/database.ts';

/** The entries the ledger changed after an event, as `kind key`. */
export function* changesSince(db: Db, sequence: number): Generator<string> {
  const links = db
    .prepare(
      `SELECT sequence, text, previous_hash AS previousHash, hash FROM ledger
       WHERE sequence > ? AND type IN ('register-changed', 'vehicle-stated') ORDER BY sequence`,
    )
    .iterate(sequence) as IterableIterator<ChainLink>;
  for (const link of links) {
    const opened = openLink(link);
    if (!opened.ok) continue;
    const event = opened.value;
    if (event.type === 'register-changed') yield `${event.body.kind} ${event.body.key}`;
    if (event.type !== 'vehicle-stated') continue;
    const { trailer } = event.body;
    for (const unit of trailer === null ? [event.body] : [event.body, trailer])
      yield `vehicle ${plateKey(unit.plate, unit.colour)}`;
  }
}
