import type { PlateColour } from '../../station/contract.ts';
import type { LoadHistory } from '../../station/loading/advice.ts';
import type { Db } from '../store/database.ts';
import { standing } from '../store/visitsStore.ts';

const loadsOfLate = 20;

/** The loads of late of one truck with the goods it is taking now, as the passages list has them. */
export function loadHistory(db: Db, plate: string, colour: PlateColour, goods: string | null): LoadHistory {
  const gross = `FROM passages
    WHERE plate = ? AND colour = ? AND goods IS ? AND kind = 'gross' AND ${standing}`;
  const newest = `ORDER BY number DESC LIMIT ${String(loadsOfLate)}`;
  const read = (sql: string): number[] => db.prepare(sql).pluck().all(plate, colour, goods) as number[];
  return {
    allowedNetsKg: read(`SELECT net_kg ${gross} AND outcome = 'allow' AND net_kg IS NOT NULL ${newest}`),
    // What came back lighter says how much was shovelled off, not how well it was loaded.
    overshootsKg: read(
      `SELECT weighed_kg - limit_kg ${gross} AND previous_number IS NULL AND outcome IN ('allow', 'refuse')
         AND limit_kg IS NOT NULL ${newest}`,
    ),
  };
}
