import type { CallError } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import type { Desk } from '../desk/desk.ts';
import { sha256Hex } from '../store/blobStore.ts';
import { paperPdf } from './filePrinter.ts';

export interface GivenOut {
  readonly fileName: string;
  readonly base64: string;
  readonly sha256: string;
  /** Why it is not on paper; null when it is, and when papers are only kept. */
  readonly notPrinted: string | null;
}

/** A report as a PDF; with `print` it is also kept and printed as the slips are. */
export async function giveOut(
  desk: Desk,
  sheet: Sheet,
  print: boolean,
): Promise<Result<GivenOut, CallError>> {
  const { keepPaper, print: printer, settings } = desk.deps;
  const pdf = await paperPdf(sheet);
  if (!pdf.ok) return err({ code: 'print-failed', detail: pdf.error.detail });
  const { fileName, bytes } = pdf.value;
  let notPrinted: string | null = null;
  if (print) {
    const kept = await keepPaper(sheet);
    const printed = printer === null ? kept : await printer(sheet, settings.papers.printer);
    notPrinted = printed.ok ? null : printed.error.detail.slice(0, 500);
  }
  return ok({
    fileName,
    base64: Buffer.from(bytes).toString('base64'),
    sha256: sha256Hex(bytes),
    notPrinted,
  });
}
