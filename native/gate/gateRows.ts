import type { GateField, GateNote, GateQuery, GateRow } from '../../station/contract.ts';
import { vinCheckHolds } from '../../station/vehicles/vin.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import { GoodsEntry, VehicleEntry } from '../../station/vehicles/register/entries.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { Db } from '../store/database.ts';
import { displayNumber } from '../store/passagesStore.ts';
import { prepared } from '../store/prepared.ts';
import { exitRows, type ExitRow } from './exitRows.ts';

export interface GateBook {
  readonly db: Db;
  readonly stationId: string;
  readonly drill: boolean;
  /** An empty weighing this long before the exit was of another visit. */
  readonly visitMs: number;
}

/**
 * The emission-gate ledger, newest exit first, made from the lists and the register as they are now; null where
 * whoever reads may pause.
 */
export function* gateRows(
  book: GateBook,
  query: GateQuery,
  before: { readonly exitMs: number; readonly number: number } | null,
): Generator<GateRow | null> {
  const vehicles = new Map<string, VehicleEntry | null>();
  for (const exit of exitRows(book.db, query, before)) {
    const row = exit === null ? null : gateRow(book, exit, vehicles);
    if (row === null || exit === null) yield null;
    else if (isAskedFor(row, exit, query)) yield row;
  }
}

function isAskedFor(
  row: GateRow,
  { plate: recorded }: ExitRow,
  { plate, fleet, emission }: GateQuery,
): boolean {
  const text = plate ?? '';
  return (
    (row.plate.includes(text) || recorded.includes(text)) &&
    (row.fleet ?? '').includes(fleet ?? '') &&
    (emission === null || row.emission === emission)
  );
}

function gateRow(book: GateBook, exit: ExitRow, vehicles: Map<string, VehicleEntry | null>): GateRow {
  const plate = exit.plateNow ?? exit.plate;
  const goods = exit.goodsNow ?? exit.goods;
  const key = plateKey(plate, exit.colour as PlateColour);
  const known = vehicles.get(key);
  const vehicle = known === undefined ? entryOf(book.db, 'vehicle', key, VehicleEntry) : known;
  // Years have more rows than trucks: each truck is read once.
  if (known === undefined && vehicles.size < 50_000) vehicles.set(key, vehicle);
  const sameVisit = exit.tareMs !== null && exit.timeMs - exit.tareMs <= book.visitMs;
  const row = {
    number: exit.number,
    displayNumber: displayNumber(book.stationId, exit.number, book.drill),
    entryMs: sameVisit ? exit.tareMs : null,
    exitMs: exit.timeMs,
    plate,
    colour: exit.colour as PlateColour,
    registeredOn: vehicle?.registeredOn ?? null,
    vin: vehicle?.vin ?? null,
    engineNumber: vehicle?.engineNumber ?? null,
    emission: vehicle?.emission ?? null,
    licencePicture: vehicle?.licencePicture ?? null,
    listPicture: vehicle?.environmentListPicture ?? null,
    goods,
    tenths: exit.netKg === null ? null : Math.round(exit.netKg / 100),
    fleet: vehicle?.fleet ?? null,
    entryPicture: sameVisit ? exit.tarePicture : null,
    exitPicture: exit.picture,
  };
  return { ...row, missing: missingOf(row), notes: notesOf(book.db, exit, row) };
}

type Filled = Omit<GateRow, 'missing' | 'notes'>;

/** What the ledger asks for and nobody stated; it stays empty, and is marked. */
function missingOf(row: Filled): GateField[] {
  const lacking: Readonly<Record<GateField, boolean>> = {
    entry: row.entryMs === null,
    pictures: row.exitPicture === null,
    plate: row.plate === '',
    registeredOn: row.registeredOn === null,
    vin: row.vin === null,
    engineNumber: row.engineNumber === null,
    emission: row.emission === null,
    document: row.licencePicture === null && row.listPicture === null,
    goods: row.goods === null || row.goods === '',
    tonnes: row.tenths === null,
    fleet: row.fleet === null,
  };
  return (Object.keys(lacking) as GateField[]).filter((field) => lacking[field]);
}

/** Coal, coke and ore go by road in 国六 and new-energy trucks only (the province's gazette, item 11). */
const restricted: ReadonlySet<string> = new Set(['coal', 'coke', 'ore']);

function notesOf(db: Db, exit: ExitRow, { vin, emission, goods }: Filled): GateNote[] {
  const notes: GateNote[] = [];
  if (exit.plateNow !== null || exit.goodsNow !== null) notes.push('corrected');
  if (exit.voided === 1) notes.push('voided');
  if (exit.outcome !== 'allow') notes.push('released');
  if (vin !== null && !vinCheckHolds(vin)) notes.push('vin-check');
  const category = goods === null ? null : (entryOf(db, 'goods', goods, GoodsEntry)?.category ?? null);
  if (
    category !== null &&
    restricted.has(category) &&
    emission !== null &&
    emission !== '6' &&
    emission !== 'D'
  )
    notes.push('fuel-rule');
  return notes;
}

function entryOf<T>(
  db: Db,
  kind: string,
  key: string,
  schema: { readonly parse: (value: unknown) => T },
): T | null {
  const row = prepared(db, 'SELECT entry FROM register WHERE kind = ? AND key = ?').get(kind, key) as
    { entry: string } | undefined;
  return row === undefined ? null : schema.parse(JSON.parse(row.entry));
}
