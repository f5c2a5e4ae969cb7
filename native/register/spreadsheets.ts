import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { chineseDate } from '../../station/chineseTime.ts';
import type { CallError, RegisterKind } from '../../station/contract.ts';
import { registerTitles } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { sha256Hex } from '../store/blobStore.ts';
import type { Stores } from '../store/stores.ts';
import { writeCell } from './cells.ts';
import { changesSince } from './changesSince.ts';
import { sheetColumn, sheetFields } from './columns.ts';
import { changed, everyEntry, signed } from './entries.ts';
import { planImport } from './importPlan.ts';
import { Imports } from './imports.ts';
import { readSheet } from './readSheet.ts';
import type { SheetRowValues } from './writeSheet.ts';
import { writeSheet } from './writeSheet.ts';

type Own = 'register.export' | 'register.preview' | 'register.import';

/** So many entries are written between two frames of an indicator; more wait until the scale is empty. */
const changesWhileWeighing = 100;

/** Lists as Excel files. Reading and writing them never holds up a weighing; nothing is imported half. */
export function spreadsheetHandlers(desk: Desk): Pick<Handlers, Own> {
  const { stores, clock } = desk.deps;
  const imports = new Imports(clock.monotonicMs);
  let working = false;
  /** One file at a time: two of the largest would need the memory of both. */
  const alone = async <T>(work: () => Promise<Result<T, CallError>>): Promise<Result<T, CallError>> => {
    if (working) return err({ code: 'station-busy', detail: '' });
    working = true;
    try {
      return await work();
    } finally {
      working = false;
    }
  };

  return {
    'register.export': ({ kind, empty }) =>
      alone(async () => {
        const fields = sheetFields(kind, empty ? 'by-people' : 'by-anybody');
        const rows = empty ? [] : rowsOf(stores, kind);
        const { zh } = registerTitles[kind];
        const bytes = await writeSheet(zh, fields.map(sheetColumn), rows);
        return ok({
          fileName: `${zh}-${empty ? '模板' : chineseDate(clock.nowMs())}.xlsx`,
          base64: Buffer.from(bytes).toString('base64'),
        });
      }),
    'register.preview': ({ kind, base64 }) =>
      alone(async () => {
        const bytes = Buffer.from(base64, 'base64');
        const sheet = await readSheet(bytes);
        if (!sheet.ok) return err({ code: 'file-not-understood', detail: sheet.error });
        const { sequence } = stores.ledger.head;
        const plan = await planImport(kind, sheet.value, (of, key) => stores.register.get(of, key));
        const fileSha256 = sha256Hex(bytes);
        const previewId = imports.keep({ plan, fileSha256, sequence });
        const { rows, added, changed: altered, same, badRows } = plan;
        return ok({
          ...{ previewId, kind, fileSha256, rows, added, changed: altered, same, badRows },
          problems: [...plan.problems],
          unknownHeadings: [...plan.unknownHeadings],
        });
      }),
    'register.import': ({ previewId }) => {
      const previewed = imports.get(previewId);
      if (previewed === null) return err({ code: 'preview-is-over', detail: '' });
      const { plan, fileSha256, sequence } = previewed;
      const { kind, changes, added, changed: altered, badRows } = plan;
      if (badRows > 0) {
        return err({ code: 'file-not-understood', detail: `${String(badRows)} rows` });
      }
      if (changes.length > changesWhileWeighing && desk.lane.view().crossingId !== null) {
        return err({ code: 'vehicle-on-scale', detail: '' });
      }
      for (const entry of changesSince(stores.db, sequence)) {
        // Somebody changed what the preview was shown of.
        if (plan.restsOn.has(entry)) return err({ code: 'preview-is-over', detail: entry });
      }
      if (changes.length > 0) {
        const { operator } = desk;
        const importId = randomUUID();
        const written = desk.appendAll([
          {
            type: 'register-imported',
            body: { importId, kind, fileSha256, added, changed: altered, operator },
          },
          ...changes.map((each) => changed(signed(each, operator), { reason: '', operator, importId })),
        ]);
        if (!written.ok) return written;
        desk.lane.registerChanged(null);
        desk.changed();
      }
      imports.drop(previewId);
      return ok({ added, changed: altered });
    },
  };
}

function* rowsOf(stores: Stores, kind: RegisterKind): Generator<SheetRowValues> {
  const fields = sheetFields(kind, 'by-anybody');
  for (const { entry } of everyEntry(stores, kind)) {
    const values = entry as Readonly<Record<string, unknown>>;
    yield fields.map((field) => writeCell(field, values[field.name]));
  }
}
