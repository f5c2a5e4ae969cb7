import { Buffer } from 'node:buffer';
import type { CallError, CallOutput, traceCalls } from '../../station/contract.ts';
import { traceReport } from '../../station/reports/traceReport.ts';
import type { Result } from '../../station/result.ts';
import { ok } from '../../station/result.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import type { Desk } from '../desk/desk.ts';
import { passageDetail } from '../desk/passageDetail.ts';
import type { Handlers } from '../peer.ts';
import { giveOut } from '../printers/giveOut.ts';
import type { Records } from '../store/records.ts';
import type { RuleSetOf } from './recheck.ts';
import { findTrace, traceAround } from './trace.ts';

/** 倒查 at the desk. */
export function traceHandlers(desk: Desk): Pick<Handlers, keyof typeof traceCalls> {
  const { stores, settings, rules } = desk.deps;
  const ruleSetOf: RuleSetOf = (sha256) => rules.bySha256(sha256);
  return {
    'trace.find': (query) => ok(findTrace(stores, query, settings.station.id)),
    'trace.around': ({ number }) => traceAround(stores, settings.station, number, ruleSetOf),
    'trace.report': async ({
      number,
      print,
      inspecting,
    }): Promise<Result<CallOutput<'trace.report'>, CallError>> => {
      const { clock } = desk.deps;
      const operator = takenBy(desk, inspecting);
      const sheet = traceSheet(stores, settings.station, number, ruleSetOf, {
        atMs: clock.nowMs(),
        operator,
      });
      if (!sheet.ok) return sheet;
      const given = await giveOut(desk, sheet.value, print);
      if (!given.ok) return given;
      const { fileName, base64, sha256 } = given.value;
      const written = desk.append({
        type: 'evidence-exported',
        body: { what: 'trace', numbers: String(number), sha256, operator },
      });
      if (!written.ok) return written;
      return given.value.notPrinted === null
        ? ok({ fileName, base64 })
        : { ok: false, error: { code: 'print-failed', detail: given.value.notPrinted } };
    },
  };
}

/** Who took a record out of the station. */
export function takenBy(desk: Desk, inspecting: boolean | undefined): string | null {
  return inspecting === true ? '检查员 inspector' : desk.operator;
}

/** The trace report of one passage, made from what is stored. */
export function traceSheet(
  records: Records,
  station: { readonly id: string; readonly name: string },
  number: number,
  ruleSetOf: RuleSetOf,
  given: { readonly atMs: number; readonly operator: string | null },
): Result<Sheet, CallError> {
  const detail = passageDetail(records, number);
  if (!detail.ok) return detail;
  const around = traceAround(records, station, number, ruleSetOf);
  if (!around.ok) return around;
  const tare = detail.value.tareNumber === null ? null : passageDetail(records, detail.value.tareNumber);
  const tareDetail = tare?.ok === true ? tare.value : null;
  const jpegOf = (sha256: string): string | null => {
    const bytes = records.pictures.read(sha256);
    return bytes === null ? null : Buffer.from(bytes).toString('base64');
  };
  return ok(traceReport({ detail: detail.value, tare: tareDetail, around: around.value, jpegOf, ...given }));
}
