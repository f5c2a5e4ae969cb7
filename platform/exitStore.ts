import type Database from 'better-sqlite3';
import { standsOut } from '../station/exits/matchExit.ts';
import type { EventBody } from '../station/ledger/event.ts';
import { LedgerEvent } from '../station/ledger/event.ts';

type Seen = (EventBody & { readonly type: 'exit-seen' })['body'];
type Explained = (EventBody & { readonly type: 'exit-explained' })['body'];

/** A vehicle seen leaving a yard, as its station told it. Times UTC ms. */
export interface StoredExit extends Pick<
  Seen,
  'camera' | 'plate' | 'colour' | 'found' | 'number' | 'probably' | 'late' | 'pictures'
> {
  readonly station: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly seenMs: number;
  /** It stands out, and neither a person nor a plate that was read a moment later has explained it. */
  readonly open: boolean;
  readonly explained: (Omit<Explained, 'sequence'> & { readonly timeMs: number }) | null;
}

interface Row {
  readonly station: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly text: string;
}

const schema = `
CREATE INDEX IF NOT EXISTS events_of_exits ON events(received_ms, sequence) WHERE type = 'exit-seen';
CREATE INDEX IF NOT EXISTS events_of_explanations ON events(station, json_extract(text, '$.body.sequence'))
  WHERE type = 'exit-explained';
CREATE INDEX IF NOT EXISTS events_that_settle ON events(station, json_extract(text, '$.body.settles'))
  WHERE type = 'exit-seen' AND json_extract(text, '$.body.settles') IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_that_doubt ON events(station, json_extract(text, '$.body.doubts'))
  WHERE type = 'exit-seen' AND json_extract(text, '$.body.doubts') IS NOT NULL;
`;
/** So many are looked through for those that are open. */
const mostRead = 20_000;

/** Who left the yards, out of the events they delivered. */
export class ExitStore {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#db.exec(schema);
  }

  /** The last ones received, of one station or of all; with `openOnly` those somebody has to ask after. */
  list(station: string | null, openOnly: boolean, limit: number): StoredExit[] {
    const rows = this.#db
      .prepare<[string | null, string | null, number], Row>(
        `SELECT station, epoch, sequence, text FROM events INDEXED BY events_of_exits
         WHERE type = 'exit-seen' AND (? IS NULL OR station = ?) ORDER BY received_ms DESC, sequence DESC LIMIT ?`,
      )
      .all(station, station, openOnly ? mostRead : limit);
    const listed: StoredExit[] = [];
    for (const row of rows) {
      const exit = this.#exit(row);
      if (exit !== null && (exit.open || !openOnly)) listed.push(exit);
      if (listed.length === limit) break;
    }
    return listed;
  }

  #exit({ station, epoch, sequence, text }: Row): StoredExit | null {
    const event = LedgerEvent.parse(JSON.parse(text));
    if (event.type !== 'exit-seen') return null;
    const { camera, plate, colour, found, number, probably, late, pictures, seenMs } = event.body;
    const explained = this.#explained({ station, epoch, sequence });
    const stands = standsOut(event.body) || this.#said('doubts', { station, epoch, sequence });
    return {
      ...{ station, epoch, sequence, camera, plate, colour, found, number, probably, late, pictures },
      seenMs: seenMs ?? event.timeMs,
      open: stands && explained === null && !this.#said('settles', { station, epoch, sequence }),
      explained,
    };
  }

  /** Said on the same branch, or on a later one that still has this event. */
  #explained({ station, epoch, sequence }: Omit<Row, 'text'>): StoredExit['explained'] {
    const text = this.#db
      .prepare<[string, number, number, number]>(
        `SELECT x.text FROM events x WHERE x.type = 'exit-explained' AND x.station = ?
           AND json_extract(x.text, '$.body.sequence') = ? AND x.epoch >= ?
           AND NOT EXISTS (SELECT 1 FROM events o WHERE o.station = x.station AND o.sequence = json_extract(x.text, '$.body.sequence')
             AND o.epoch > ? AND o.epoch <= x.epoch)
         ORDER BY x.epoch, x.sequence LIMIT 1`,
      )
      .pluck()
      .get(station, sequence, epoch, epoch);
    if (typeof text !== 'string') return null;
    const event = LedgerEvent.parse(JSON.parse(text));
    if (event.type !== 'exit-explained') return null;
    const { as, note, operator } = event.body;
    return { as, note, operator, timeMs: event.timeMs };
  }

  #said(what: 'settles' | 'doubts', { station, epoch, sequence }: Omit<Row, 'text'>): boolean {
    const field = `json_extract(text, '$.body.${what}')`;
    const found = this.#db
      .prepare<[string, number, number]>(
        `SELECT 1 FROM events WHERE type = 'exit-seen' AND station = ? AND ${field} = ? AND ${field} IS NOT NULL
           AND epoch = ? LIMIT 1`,
      )
      .get(station, sequence, epoch);
    return found !== undefined;
  }
}
