import { VehicleFacts } from '../../station/vehicles/facts.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { StoredTare } from '../../station/weighing/tareBook.ts';
import type { Db } from './database.ts';

/** What the yard knows of a vehicle: stated facts and the last tare. */
export class RegisterStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  facts(plate: string, colour: PlateColour): VehicleFacts | null {
    const row = this.#db
      .prepare('SELECT facts FROM vehicles WHERE plate = ? AND colour = ?')
      .get(plate, colour) as { facts: string } | undefined;
    return row === undefined ? null : VehicleFacts.parse(JSON.parse(row.facts));
  }

  tare(plate: string, colour: PlateColour): StoredTare | null {
    const row = this.#db
      .prepare('SELECT kg, number, time_ms AS weighedAtMs FROM tares WHERE plate = ? AND colour = ?')
      .get(plate, colour) as StoredTare | undefined;
    return row ?? null;
  }
}
