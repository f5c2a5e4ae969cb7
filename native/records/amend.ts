import type { Amendments, CallError, CallInput, CorrectedField } from '../../station/contract.ts';
import type { LedgerEvent, WeighingBody } from '../../station/ledger/event.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import type { Desk } from '../desk/desk.ts';
import type { Records } from '../store/records.ts';

/** The weighing of a number as the ledger has it, its hash checked again. */
export function weighingOf(stores: Records, number: number): Result<WeighingBody, CallError> {
  const link = stores.ledger.linkOfNumber(number);
  if (link === null) return err({ code: 'no-such-passage', detail: String(number) });
  const opened = openLink(link);
  if (!opened.ok || opened.value.type !== 'weighing')
    return err({ code: 'store-failed', detail: `record ${String(number)} does not hold` });
  return ok(opened.value.body);
}

/** What was said of a record afterwards, from the ledger. */
export function amendmentsOf(stores: Records, number: number): Amendments {
  const sequences = stores.db
    .prepare(
      `SELECT sequence FROM voids WHERE number = ? UNION ALL SELECT sequence FROM corrections WHERE number = ?
       ORDER BY sequence`,
    )
    .pluck()
    .all(number, number);
  const events = sequences.flatMap((sequence) => eventAt(stores, Number(sequence)) ?? []);
  let voided: Amendments['voided'] = null;
  const corrections: Amendments['corrections'] = [];
  for (const event of events) {
    const { timeMs } = event;
    if (event.type === 'weighing-voided') {
      voided = { timeMs, reason: event.body.reason, operator: event.body.operator };
    } else if (event.type === 'record-corrected') {
      const { field, before, now, reason, operator } = event.body;
      corrections.push({ timeMs, field, before, now, reason, operator });
    }
  }
  return { voided, corrections };
}

export function isVoided(stores: Records, number: number): boolean {
  return stores.db.prepare('SELECT 1 FROM voids WHERE number = ?').pluck().get(number) !== undefined;
}

/** Voids a weighing: its slip is good for nothing from now on. The truck is weighed again. */
export function voidWeighing(
  desk: Desk,
  { number, reason, by }: CallInput<'weighing.void'>,
): Result<null, CallError> {
  const { stores } = desk.deps;
  const body = weighingOf(stores, number);
  if (!body.ok) return body;
  if (isVoided(stores, number)) return err({ code: 'already-voided', detail: String(number) });
  return desk.append({
    type: 'weighing-voided',
    body: { number, reason, operator: by ?? desk.operator },
  });
}

/** Puts a word of a record right. The weight, the decision and the time are not words. */
export function correctRecord(
  desk: Desk,
  { number, field, now: stated, reason, by }: CallInput<'record.correct'>,
): Result<null, CallError> {
  const { stores } = desk.deps;
  const body = weighingOf(stores, number);
  if (!body.ok) return body;
  if (isVoided(stores, number)) return err({ code: 'already-voided', detail: String(number) });
  const isPlate = field === 'plate' || field === 'trailerPlate';
  const typed = stated === '' ? null : stated;
  const read = isPlate && typed !== null ? readPlate(typed) : null;
  if (isPlate && typed !== null && read?.wellFormed !== true)
    return err({ code: 'plate-malformed', detail: typed });
  const now = read?.text ?? typed;
  if (field === 'plate' && now === null) return err({ code: 'plate-missing', detail: '' });
  const corrected = amendmentsOf(stores, number).corrections.findLast((each) => each.field === field);
  const before = corrected === undefined ? valueOf(body.value, field) : corrected.now;
  if (before === now) return err({ code: 'nothing-changed', detail: field });
  return desk.append({
    type: 'record-corrected',
    body: { number, field, before, now, reason, operator: by ?? desk.operator },
  });
}

function valueOf(body: WeighingBody, field: CorrectedField): string | null {
  if (field === 'plate') return body.plate;
  return field === 'trailerPlate' ? body.trailerPlate : body.load[field];
}

function eventAt(stores: Records, sequence: number): LedgerEvent | null {
  const link = stores.ledger.link(sequence);
  const opened = link === null ? null : openLink(link);
  return opened?.ok === true ? opened.value : null;
}
