import type { Load } from '../../station/vehicles/load.ts';
import { noLoad } from '../../station/vehicles/load.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { Attempt } from '../../station/weighing/attempt.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

interface RefusedRow {
  readonly number: number;
  readonly outcome: string;
  readonly overKg: number;
  readonly released: 0 | 1;
}

/** What was voided was not weighed: it says nothing of the vehicle, and takes nothing of a contract. */
export const standing = 'NOT EXISTS (SELECT 1 FROM voids WHERE voids.number = passages.number)';
const released = 'EXISTS (SELECT 1 FROM releases WHERE releases.number = passages.number)';

/** What a vehicle did here before: its last load, its refused tries, what its contract has left. */
export class VisitsStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  lastLoad(plate: string, colour: PlateColour): Load {
    const row = prepared(
      this.#db,
      `SELECT goods, shipper, consignee, destination, contract, driver, loader FROM passages
       WHERE plate = ? AND colour = ? AND ${standing} ORDER BY number DESC LIMIT 1`,
    ).get(plate, colour) as Load | undefined;
    return row ?? noLoad;
  }

  /** Whether its last weighing since then was a tare. */
  inYard(plate: string, colour: PlateColour, sinceMs: number): boolean {
    const kind = prepared(
      this.#db,
      `SELECT kind FROM passages WHERE plate = ? AND colour = ? AND time_ms >= ? AND ${standing}
       ORDER BY number DESC LIMIT 1`,
    )
      .pluck()
      .get(plate, colour, sinceMs);
    return kind === 'tare';
  }

  /** The trailer that was behind it last time; null when it had none. */
  lastTrailer(plate: string, colour: PlateColour): string | null {
    const found = prepared(
      this.#db,
      `SELECT trailer FROM passages WHERE plate = ? AND colour = ? AND ${standing} ORDER BY number DESC LIMIT 1`,
    )
      .pluck()
      .get(plate, colour) as string | null | undefined;
    return found ?? null;
  }

  /** The try a refused vehicle is on since `sinceMs`; null when it was never refused, or released since. */
  attempt(plate: string, colour: PlateColour, sinceMs: number): Attempt | null {
    const rows = prepared(
      this.#db,
      `SELECT number, outcome, over_kg AS overKg, ${released} AS released FROM passages
       WHERE plate = ? AND colour = ? AND kind = 'gross' AND time_ms >= ? AND ${standing}
       ORDER BY number DESC LIMIT 50`,
    ).all(plate, colour, sinceMs) as RefusedRow[];
    const allowedAt = rows.findIndex((row) => row.outcome === 'allow' || row.released === 1);
    const refused = (allowedAt < 0 ? rows : rows.slice(0, allowedAt)).filter(
      ({ outcome }) => outcome === 'refuse',
    );
    const [last] = refused;
    if (last === undefined) return null;
    return { try: refused.length + 1, previousNumber: last.number, previousOverKg: last.overKg };
  }

  /** What left under a contract so far, with a slip or a release, kg. */
  contractUsedKg(contract: string): number {
    const row = prepared(
      this.#db,
      `SELECT coalesce(sum(net_kg), 0) AS kg FROM passages
       WHERE contract = ? AND kind = 'gross' AND (outcome = 'allow' OR ${released}) AND ${standing}`,
    ).get(contract) as { kg: number };
    return row.kg;
  }
}
