import type { CallInput, PaperForm, PaperKind, PassageRow } from '../../station/contract.ts';
import type { Load } from '../../station/vehicles/load.ts';
import type { Db } from './database.ts';

export interface StoredPaper {
  readonly kind: PaperKind;
  readonly copy: number;
  readonly form: PaperForm;
  readonly timeMs: number;
  readonly printer: string | null;
  readonly failure: string | null;
}

export interface OutboxEntry {
  readonly state: 'waiting' | 'delivered' | 'set-aside';
  readonly attempts: number;
  readonly lastError: string | null;
  readonly deliveredAtMs: number | null;
}

interface Row extends Omit<PassageRow, 'displayNumber' | 'drill' | 'load' | 'voided' | 'corrected'>, Load {
  readonly voided: number;
  readonly corrected: number;
  readonly crossingId: string;
}

const columns = `p.number, p.time_ms AS timeMs, p.kind, p.plate, p.colour, p.axles, p.weighed_kg AS weighedKg,
  p.tare_kg AS tareKg, p.net_kg AS netKg, p.limit_kg AS limitKg, p.over_kg AS overKg, p.outcome,
  p.crossing_id AS crossingId, p.trailer AS trailerPlate, p.previous_number AS previousNumber,
  p.goods, p.shipper, p.consignee, p.destination, p.contract, p.driver, p.loader,
  (SELECT count(*) FROM papers WHERE papers.number = p.number AND papers.failure IS NULL) AS paperCopies,
  EXISTS (SELECT 1 FROM voids WHERE voids.number = p.number) AS voided,
  EXISTS (SELECT 1 FROM corrections WHERE corrections.number = p.number) AS corrected,
  (SELECT state FROM outbox WHERE outbox.sequence = p.sequence) AS sync`;

/** The lists of weighings the screens show; every row is derived from the ledger. */
export class PassagesStore {
  readonly #db: Db;
  readonly #drill: boolean;
  readonly #stationId: string;
  readonly #synced: boolean;

  constructor(
    db: Db,
    options: { readonly drill: boolean; readonly stationId: string; readonly synced: boolean },
  ) {
    this.#db = db;
    this.#drill = options.drill;
    this.#stationId = options.stationId;
    this.#synced = options.synced;
  }

  list(query: CallInput<'passages.list'>): { rows: PassageRow[]; more: boolean } {
    const where: string[] = [];
    const values: (string | number)[] = [];
    if (query.beforeNumber !== null) {
      where.push('p.number < ?');
      values.push(query.beforeNumber);
    }
    if (query.plate !== null && query.plate !== '') {
      where.push(`instr(p.plate, ?) > 0`);
      values.push(query.plate);
    }
    if (query.outcome !== null) {
      where.push('p.outcome = ?');
      values.push(query.outcome);
    }
    const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
    const rows = this.#db
      .prepare(`SELECT ${columns} FROM passages p ${condition} ORDER BY p.number DESC LIMIT ?`)
      .all(...values, query.limit + 1) as Row[];
    return {
      rows: rows.slice(0, query.limit).map((row) => this.#toRow(row)),
      more: rows.length > query.limit,
    };
  }

  row(number: number): PassageRow | null {
    const row = this.#db.prepare(`SELECT ${columns} FROM passages p WHERE p.number = ?`).get(number) as
      Row | undefined;
    return row === undefined ? null : this.#toRow(row);
  }

  /** The weighing a crossing ended in, if it has one already. */
  numberOfCrossing(crossingId: string): number | null {
    const row = this.#db.prepare('SELECT number FROM passages WHERE crossing_id = ?').get(crossingId) as
      { number: number } | undefined;
    return row?.number ?? null;
  }

  papers(number: number): StoredPaper[] {
    return this.#db
      .prepare(
        'SELECT kind, copy, form, time_ms AS timeMs, printer, failure FROM papers WHERE number = ? ORDER BY copy',
      )
      .all(number) as StoredPaper[];
  }

  outbox(sequence: number): OutboxEntry | null {
    const row = this.#db
      .prepare(
        `SELECT state, attempts, last_error AS lastError,
           CASE state WHEN 'delivered' THEN settled_ms END AS deliveredAtMs FROM outbox WHERE sequence = ?`,
      )
      .get(sequence) as OutboxEntry | undefined;
    return row ?? null;
  }

  #toRow({
    crossingId: _,
    goods,
    shipper,
    consignee,
    destination,
    contract,
    driver,
    loader,
    ...row
  }: Row): PassageRow {
    return {
      ...row,
      voided: row.voided === 1,
      corrected: row.corrected === 1,
      load: { goods, shipper, consignee, destination, contract, driver, loader },
      displayNumber: displayNumber(this.#stationId, row.number, this.#drill),
      sync: this.#synced || row.sync === 'delivered' ? row.sync : 'off',
      drill: this.#drill,
    };
  }
}

/** The weighing number as people see it; a drill's can't be mistaken for a real one. */
export function displayNumber(stationId: string, number: number, drill: boolean): string {
  return `${drill ? '演练-' : ''}${stationId}-${String(number).padStart(8, '0')}`;
}
