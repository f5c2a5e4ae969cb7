/** Imports vehicles into a store and dies by SIGKILL in the middle of writing them. Argument: the data directory. */
import { systemClock } from '../../native/clock.ts';
import { changed } from '../../native/register/entries.ts';
import { openStores } from '../../native/store/stores.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { entrySchemas } from '../../station/vehicles/register/entries.ts';

const rows = 10_000;
const [dir = ''] = process.argv.slice(2);
const stores = openStores(dir, { station: 'K', mode: 'real' }, systemClock(), true);
stores.ledger.append(() => ({ type: 'store-created', body: { stationName: 'K', program: '0' } }));
const bodies: EventBody[] = Array.from({ length: rows }, (_, nth) => {
  const entry = entrySchemas.vehicle.parse({ plate: `晋C${String(10_000 + nth)}`, colour: 'yellow' });
  return changed({ kind: 'vehicle', entry }, { reason: '', operator: null, importId: 'killed' });
});
Object.defineProperty(bodies, rows / 2, {
  get: () => process.kill(process.pid, 'SIGKILL'),
});
stores.ledger.appendAll(bodies);
process.exit(3);
