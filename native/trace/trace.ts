import type { CallError, CallOutput, TraceAround, TraceHit, TraceQuery } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { ok } from '../../station/result.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import { amendmentsOf } from '../records/amend.ts';
import { crossingOf } from '../records/crossings.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';
import type { Found } from './findPassages.ts';
import { findPassages, mostHits } from './findPassages.ts';
import type { RuleSetOf } from './recheck.ts';
import { recheck } from './recheck.ts';

/** 倒查: the passages a question may mean. */
export function findTrace(records: Records, query: TraceQuery, stationId: string): CallOutput<'trace.find'> {
  const found = findPassages(records.db, query, stationId);
  return {
    hits: found.slice(0, mostHits).flatMap((each) => hitOf(records, each, query.atMs) ?? []),
    more: found.length > mostHits,
  };
}

function hitOf(records: Records, found: Found, atMs: number | null): TraceHit | null {
  const row = records.passages.row(found.number);
  if (row === null) return null;
  const { number, displayNumber, timeMs, kind, plate, trailerPlate, load, weighedKg, netKg, outcome } = row;
  return {
    ...{ number, displayNumber, timeMs, kind, plate, weighedKg, netKg, outcome },
    plateNow: row.corrected ? currentPlate(records, number) : null,
    trailerPlate,
    driver: load.driver,
    goods: load.goods,
    consignee: load.consignee,
    voided: row.voided,
    how: found.how,
    matched: found.matched,
    apartMs: atMs === null ? null : timeMs - atMs,
  };
}

/** What the plate of a record was last corrected to; null where it was not. */
export function currentPlate(records: Records, number: number): string | null {
  return amendmentsOf(records, number).corrections.findLast(({ field }) => field === 'plate')?.now ?? null;
}

/** What is known around one passage: how it entered, the crossing, the people, and whether everything still holds. */
export function traceAround(
  records: Records,
  station: TraceAround['station'],
  number: number,
  ruleSetOf: RuleSetOf,
): Result<TraceAround, CallError> {
  const own = recheck(records, number, ruleSetOf);
  if (!own.ok) return own;
  const { body } = own.value.event;
  const tare = body.tareNumber === null ? null : recheck(records, body.tareNumber, ruleSetOf);
  const { corrections } = amendmentsOf(records, number);
  const corrected = (field: 'plate' | 'driver'): string | null | undefined =>
    corrections.findLast((each) => each.field === field)?.now;
  const plate = corrected('plate') ?? body.plate;
  const driver = corrected('driver') ?? body.load.driver;
  return ok({
    number,
    station,
    tareNumber: body.tareNumber,
    check: own.value.check,
    tareCheck: tare?.ok === true ? tare.value.check : null,
    crossing: crossingOf(records, body.crossingId),
    vehicle: entryOf(records, 'vehicle', plateKey(plate, body.colour)),
    driver: driver === null ? null : entryOf(records, 'driver', driver),
  });
}

function entryOf({ db }: Records, kind: 'vehicle' | 'driver', key: string): TraceAround['vehicle'] {
  const row = prepared(db, 'SELECT entry FROM register WHERE kind = ? AND key = ?').get(kind, key) as
    { entry: string } | undefined;
  return row === undefined ? null : (JSON.parse(row.entry) as TraceAround['vehicle']);
}
