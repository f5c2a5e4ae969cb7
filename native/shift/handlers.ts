import type { CallError, CallOutput, Manifest, ShiftRow } from '../../station/contract.ts';
import { chineseDate } from '../../station/chineseTime.ts';
import { manifestReport, shiftReport } from '../../station/reports/shiftReport.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import { paintSvg } from '../../station/slips/paintSvg.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { dayStartMs } from '../gate/exitRows.ts';
import { giveOut } from '../printers/giveOut.ts';
import { headNow } from '../store/restores.ts';
import { manifestFile } from './manifestFile.ts';
import { manifestOf, shiftFigures } from './figures.ts';
import { pastShifts, shiftAt, shiftStart } from './shifts.ts';

type Own = 'shift.get' | 'shift.close' | 'shift.paper' | 'manifest.get' | 'manifest.export';

const shownShifts = 30;
/** Counted between two frames of the indicator. */
const longestManifestMs = 62 * 24 * 3_600_000;

/** 交接班记录 and 装载清单. */
export function shiftHandlers(desk: Desk): Pick<Handlers, Own> {
  const { stores, clock, settings, mode } = desk.deps;
  const around = { station: settings.station, drill: mode === 'drill', form: settings.papers.form };
  const manifest = (from: string, to: string): Result<Manifest, CallError> =>
    dayStartMs(to) - dayStartMs(from) > longestManifestMs
      ? err({ code: 'bad-request', detail: 'a manifest is of a day or a month, at most 62 days' })
      : ok(manifestOf(stores.db, from, to));
  const sheetOf = (shift: ShiftRow): Sheet => shiftReport(shift, around);

  return {
    'shift.get': () => {
      const { after, fromMs } = shiftStart(stores, clock.nowMs());
      const figures = shiftFigures(stores.db, after, stores.ledger.head.sequence);
      return ok({ fromMs, figures, past: pastShifts(stores, shownShifts) });
    },
    'shift.close': async ({ next }) => {
      const toMs = clock.nowMs();
      const { after, fromMs } = shiftStart(stores, toMs);
      const figures = shiftFigures(stores.db, after, stores.ledger.head.sequence);
      const taker = next === '' ? null : next;
      const written = desk.append({
        type: 'shift-closed',
        body: {
          fromMs,
          toMs,
          operator: desk.operator,
          next: taker,
          figures: JSON.stringify(figures),
          ...headNow(stores),
        },
      });
      if (!written.ok) return written;
      // The paper is made from the event as it was stored, its own hash on it.
      const closed = pastShifts(stores, 1)[0];
      if (closed === undefined)
        return err({ code: 'store-failed', detail: 'the shift reads back differently' });
      desk.shiftClosed(closed);
      if (taker !== null) {
        const signedIn = desk.append({ type: 'operator-signed-in', body: { name: taker } });
        if (signedIn.ok) desk.operator = taker;
        desk.changed();
      }
      const given = await giveOut(desk, sheetOf(closed), true);
      const { sequence } = closed;
      return ok({ sequence, notPrinted: given.ok ? given.value.notPrinted : given.error.detail });
    },
    'shift.paper': async ({ sequence, print }): Promise<Result<CallOutput<'shift.paper'>, CallError>> => {
      const shift = shiftAt(stores, sequence);
      if (shift === null) return err({ code: 'no-such-entry', detail: String(sequence) });
      const sheet = sheetOf(shift);
      const given = await giveOut(desk, sheet, print);
      if (!given.ok) return given;
      const { fileName, base64, notPrinted } = given.value;
      if (notPrinted !== null) return err({ code: 'print-failed', detail: notPrinted });
      return ok({ fileName, base64, svg: paintSvg(sheet) });
    },
    'manifest.get': ({ from, to }) => manifest(from, to),
    'manifest.export': async ({ from, to, form }) => {
      const made = manifest(from, to);
      if (!made.ok) return made;
      if (form === 'xlsx') return ok(await manifestBook(desk, made.value));
      const given = await giveOut(desk, manifestReport(made.value, around, clock.nowMs()), form === 'print');
      if (!given.ok) return given;
      const { fileName, base64, notPrinted } = given.value;
      return notPrinted === null
        ? ok({ fileName, base64 })
        : err({ code: 'print-failed', detail: notPrinted });
    },
  };
}

async function manifestBook(desk: Desk, manifest: Manifest): Promise<CallOutput<'manifest.export'>> {
  const { stores, settings, mode, clock } = desk.deps;
  const bytes = await manifestFile(stores.db, manifest, settings.station.id, mode === 'drill');
  const { from, to } = manifest;
  return {
    fileName: `装载清单-${from === to ? from : `${from}-${to}`}-${chineseDate(clock.nowMs())}.xlsx`,
    base64: Buffer.from(bytes).toString('base64'),
  };
}
