import type { ChainLink } from '../../station/ledger/chain.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { trailerColour } from '../../station/vehicles/plateColour.ts';
import type { EntryOf, RegisterKind } from '../../station/vehicles/register/entries.ts';
import { entrySchemas, plateKey } from '../../station/vehicles/register/entries.ts';
import type { KnownPlate } from '../../station/vehicles/suggestPlate.ts';
import type { StoredTare } from '../../station/weighing/tareBook.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

export interface FoundEntry {
  readonly key: string;
  readonly entry: unknown;
}

export interface RegisterQuery {
  readonly kind: RegisterKind;
  /** Part of a plate, name, number or fleet; empty for all. */
  readonly search: string;
  readonly afterKey: string | null;
  readonly limit: number;
}

const columns = 'key, entry';
const tareHistoryRows = 20;
const historyRows = 500;
/** Neither voided, nor corrected to be of another vehicle or trailer. */
const believedTare = `kind = 'tare'
  AND NOT EXISTS (SELECT 1 FROM voids WHERE voids.number = passages.number)
  AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.number = passages.number AND c.of_vehicle = 1)`;

/** The register (备案台账) and the tare book, as the ledger left them. */
export class RegisterStore {
  readonly #db: Db;
  #plates: { readonly sequence: number; readonly known: readonly KnownPlate[] } | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  get<K extends RegisterKind>(kind: K, key: string): EntryOf[K] | null {
    const row = prepared(this.#db, 'SELECT entry FROM register WHERE kind = ? AND key = ?').get(kind, key) as
      { entry: string } | undefined;
    // Our own data must fit its schema, or the program says so loudly: parse throws.
    return row === undefined ? null : (entrySchemas[kind].parse(JSON.parse(row.entry)) as EntryOf[K]);
  }

  vehicle(plate: string, colour: PlateColour): EntryOf['vehicle'] | null {
    return this.get('vehicle', plateKey(plate, colour));
  }

  /** A trailer is found by its plate alone: nobody states the colour of one. */
  trailer(plate: string): EntryOf['vehicle'] | null {
    const [found] = this.#ofPlate('vehicle', plate);
    return this.vehicle(plate, trailerColour) ?? found ?? null;
  }

  /** Every list entry of a plate, whatever its colour. */
  listings(plate: string): readonly EntryOf['listing'][] {
    return this.#ofPlate('listing', plate);
  }

  /** Entries of one plate, whatever the colour: keys are `plate colour`, and `!` is the character after the space. */
  #ofPlate<K extends 'vehicle' | 'listing'>(kind: K, plate: string): EntryOf[K][] {
    const rows = prepared(
      this.#db,
      'SELECT entry FROM register WHERE kind = ? AND key > ? AND key < ? ORDER BY key',
    )
      .pluck()
      .all(kind, `${plate} `, `${plate}!`) as string[];
    return rows.map((entry) => entrySchemas[kind].parse(JSON.parse(entry)) as EntryOf[K]);
  }

  /** Every vehicle by its plate, as of this ledger sequence. */
  knownPlates(sequence: number): readonly KnownPlate[] {
    if (this.#plates?.sequence !== sequence) {
      const known = prepared(
        this.#db,
        `SELECT json_extract(entry, '$.plate') AS plate, json_extract(entry, '$.colour') AS colour,
           json_extract(entry, '$.trailerPlate') AS trailerPlate FROM register WHERE kind = 'vehicle'`,
      ).all() as KnownPlate[];
      this.#plates = { sequence, known };
    }
    return this.#plates.known;
  }

  list({ kind, search, afterKey, limit }: RegisterQuery): { entries: FoundEntry[]; more: boolean } {
    const rows = this.#db
      .prepare(
        `SELECT ${columns} FROM register WHERE kind = ? AND key > ? AND (? = '' OR instr(search, ?) > 0)
         ORDER BY key LIMIT ?`,
      )
      .all(kind, afterKey ?? '', search, search.toUpperCase(), limit + 1) as { key: string; entry: string }[];
    return {
      entries: rows.slice(0, limit).map((row) => ({
        key: row.key,
        entry: entrySchemas[kind].parse(JSON.parse(row.entry)),
      })),
      more: rows.length > limit,
    };
  }

  count(kind: RegisterKind, search = ''): number {
    const row = this.#db
      .prepare(`SELECT count(*) AS n FROM register WHERE kind = ? AND (? = '' OR instr(search, ?) > 0)`)
      .get(kind, search, search.toUpperCase()) as { n: number };
    return row.n;
  }

  /** The first entry of a list whose field holds this value. `field` is a name of the field table, never typed. */
  firstWith(kind: RegisterKind, field: string, value: string): string | null {
    const found = this.#db
      .prepare(`SELECT key FROM register WHERE kind = ? AND json_extract(entry, ?) = ? LIMIT 1`)
      .pluck()
      .get(kind, `$.${field}`, value) as string | undefined;
    return found ?? null;
  }

  /** Every change of one entry, oldest first: the ledger's own links. */
  history(kind: RegisterKind, key: string): ChainLink[] {
    return this.#links(
      `type = 'register-changed' AND json_extract(text, '$.body.kind') = ? AND json_extract(text, '$.body.key') = ?`,
      kind,
      key,
    );
  }

  /** What was stated at the scale of a plate, of whatever colour, or of a vehicle with this trailer; oldest first. */
  stated(plate: string): ChainLink[] {
    const own = `type = 'vehicle-stated' AND json_extract(text, '$.body.plate') = ?`;
    const pulled = `type = 'vehicle-stated' AND json_extract(text, '$.body.trailer.plate') = ?`;
    return [...this.#links(own, plate), ...this.#links(pulled, plate)];
  }

  #links(where: string, ...values: readonly string[]): ChainLink[] {
    return prepared(
      this.#db,
      `SELECT sequence, text, previous_hash AS previousHash, hash FROM ledger WHERE ${where}
       ORDER BY sequence DESC LIMIT ${String(historyRows)}`,
    )
      .all(...values)
      .reverse() as ChainLink[];
  }

  /** Of the combination: a tractor behind which another trailer hangs weighs something else. */
  tare(plate: string, colour: PlateColour, trailerPlate: string | null): StoredTare | null {
    const row = prepared(
      this.#db,
      'SELECT kg, number, time_ms AS weighedAtMs FROM tares WHERE plate = ? AND colour = ? AND trailer = ?',
    ).get(plate, colour, trailerPlate ?? '') as StoredTare | undefined;
    return row ?? null;
  }

  /** The tares weighed of a combination, newest first. */
  tareHistory(plate: string, colour: PlateColour, trailerPlate: string | null): StoredTare[] {
    return prepared(
      this.#db,
      `SELECT weighed_kg AS kg, number, time_ms AS weighedAtMs FROM passages
       WHERE plate = ? AND colour = ? AND trailer IS ? AND ${believedTare} ORDER BY number DESC LIMIT ?`,
    ).all(plate, colour, trailerPlate, tareHistoryRows) as StoredTare[];
  }

  /** The trailers a vehicle was weighed empty with, null for none, the last one first. */
  trailersTared(plate: string, colour: PlateColour): (string | null)[] {
    return prepared(
      this.#db,
      `SELECT trailer FROM passages WHERE plate = ? AND colour = ? AND ${believedTare}
       GROUP BY trailer ORDER BY max(number) DESC LIMIT ?`,
    )
      .pluck()
      .all(plate, colour, tareHistoryRows) as (string | null)[];
  }
}
