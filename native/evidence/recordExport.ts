import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { systemClock } from '../clock.ts';
import { KeyRing } from '../keys/keyRing.ts';
import { openForReading } from '../store/database.ts';
import { openStores } from '../store/stores.ts';
import type { Subject } from './bundleForm.ts';
import { EvidenceSource } from './source.ts';

export function exportedEvent(subject: Subject, sha256: string, operator: string | null): EventBody {
  const numbers = 'number' in subject ? String(subject.number) : `${subject.from}/${subject.to}`;
  return { type: 'evidence-exported', body: { what: 'bundle', numbers, sha256, operator } };
}

/**
 * Writes into the ledger of a station that does not run that records were given out. A running one holds its store,
 * and writes it itself when its own screen exports. The error is for a person.
 */
export function recordExport(
  dir: string,
  subject: Subject,
  sha256: string,
  { operator, secret }: { readonly operator: string | null; readonly secret: string | null },
): Result<null, string> {
  if (!existsSync(join(dir, 'station-key.pem'))) return err('there is no key to sign it with');
  if (secret === null) return err('this account cannot open the station key');
  const db = openForReading(dir);
  const source = new EvidenceSource(db);
  const station = source.meta('station') ?? '';
  const mode = source.meta('mode') === 'drill' ? 'drill' : 'real';
  db.close();
  try {
    const keys = new KeyRing(dir, { kind: 'open', place: 'given', secret }, station);
    const stores = openStores(dir, { station, mode }, systemClock(), true, keys.signer);
    try {
      if (keys.trouble(stores) !== null) return err('the key here is not the key of this station');
      const written = stores.ledger.append(() => exportedEvent(subject, sha256, operator));
      return written.ok ? ok(null) : err(written.error.detail);
    } finally {
      stores.close();
    }
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem);
    return err(/locked|busy/i.test(detail) ? 'the station is running; export on its screen' : detail);
  }
}
