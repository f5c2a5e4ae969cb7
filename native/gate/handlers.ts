import type { GateRow } from '../../station/contract.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { takenBy } from '../trace/handlers.ts';
import { sha256Hex } from '../store/blobStore.ts';
import { gateFile } from './gateFile.ts';
import type { GateBook } from './gateRows.ts';
import { gateRows } from './gateRows.ts';
import { unhurried } from './unhurried.ts';

const hourMs = 3_600_000;
/** More goes out by `yuanheng gate-ledger`, month by month: a file a browser holds whole has an end. */
const mostExported = 100_000;

/** 运输车辆电子台账. */
export function gateHandlers(desk: Desk): Pick<Handlers, 'gate.list' | 'gate.export'> {
  const { stores, settings, mode } = desk.deps;
  const book: GateBook = {
    db: stores.db,
    stationId: settings.station.id,
    drill: mode === 'drill',
    visitMs: settings.lane.loadingHours * hourMs,
  };
  let exporting = false;
  return {
    'gate.list': async ({ before, limit, ...query }) => {
      const rows: GateRow[] = [];
      for await (const row of unhurried(gateRows(book, query, before), limit + 1)) rows.push(row);
      return ok({ rows: rows.slice(0, limit), more: rows.length > limit });
    },
    'gate.export': async ({ form, inspecting, ...query }) => {
      if (exporting) return err({ code: 'station-busy', detail: '' });
      exporting = true;
      try {
        const rows: GateRow[] = [];
        for await (const row of unhurried(gateRows(book, query, null), mostExported)) rows.push(row);
        const bytes = await gateFile(form, rows);
        const written = desk.append({
          type: 'evidence-exported',
          body: {
            what: 'gate-ledger',
            numbers: `${query.from} ${query.to}`,
            sha256: sha256Hex(bytes),
            operator: takenBy(desk, inspecting),
          },
        });
        if (!written.ok) return written;
        const fileName = `运输车辆电子台账-${query.from}-${query.to}.${form}`;
        return ok({ fileName, base64: Buffer.from(bytes).toString('base64') });
      } finally {
        exporting = false;
      }
    },
  };
}
