import type { CallError, CallInput, ManualRow } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import type { Desk } from '../desk/desk.ts';
import type { Stores } from '../store/stores.ts';

/** Keeps a weight that no indicator gave: counted apart, undecided, and worth no slip. */
export function putManual(
  desk: Desk,
  { plate, weighedAtMs, by, ...stated }: CallInput<'manual.put'>,
): Result<{ manualNumber: number }, CallError> {
  const { stores, clock } = desk.deps;
  const read = readPlate(plate);
  if (read?.wellFormed !== true) return err({ code: 'plate-malformed', detail: plate });
  if (weighedAtMs > clock.nowMs()) return err({ code: 'bad-request', detail: 'weighedAtMs is to come' });
  const last = Number(
    stores.db.prepare('SELECT max(manual_number) FROM manual_weighings').pluck().get() ?? 0,
  );
  const manualNumber = last + 1;
  const written = desk.append({
    type: 'manual-weighing',
    body: {
      ...stated,
      manualNumber,
      plate: read.text,
      weighedAtMs,
      picture: null,
      operator: by ?? desk.operator,
    },
  });
  return written.ok ? ok({ manualNumber }) : written;
}

/** Newest first. */
export function listManual(stores: Stores, limit: number): ManualRow[] {
  const sequences = stores.db
    .prepare('SELECT sequence FROM manual_weighings ORDER BY manual_number DESC LIMIT ?')
    .pluck()
    .all(limit);
  return sequences.flatMap((sequence) => {
    const link = stores.ledger.link(Number(sequence));
    const opened = link === null ? null : openLink(link);
    if (opened?.ok !== true || opened.value.type !== 'manual-weighing') return [];
    const { picture: _, ...body } = opened.value.body;
    return [{ ...body, timeMs: opened.value.timeMs }];
  });
}
