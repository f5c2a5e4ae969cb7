import { join } from 'node:path';
import { chineseDate } from '../../station/chineseTime.ts';
import { err, ok, type Result } from '../../station/result.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import { readFonts, type FontFiles } from './fonts.ts';
import { paintPdf } from './paintPdf.ts';
import type { Printed, PrintFailure } from './printer.ts';
import { writeAtomically } from './savePaper.ts';

/** A file name no display number can lead out of its folder. */
export function paperFileName(paper: Sheet): string {
  const number = paper.displayNumber.replace(/[^\p{L}\p{N}-]+/gu, '_');
  const copy = paper.copy > 1 ? `-copy${String(paper.copy)}` : '';
  return `${number}-${paper.kind}${copy}.pdf`;
}

export interface PaperFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export async function paperPdf(
  paper: Sheet,
  fontFiles?: FontFiles,
): Promise<Result<PaperFile, PrintFailure>> {
  const fonts = await readFonts(fontFiles);
  if (!fonts.ok) return fonts;
  return ok({ fileName: paperFileName(paper), bytes: await paintPdf(paper, fonts.value) });
}

/** Keeps every paper as a PDF under `folder/YYYY-MM`, whatever the printer does. */
export function paperKeeper(
  folder: string,
  fontFiles?: FontFiles,
): (paper: Sheet) => Promise<Result<Printed, PrintFailure>> {
  return async (paper) => {
    const pdf = await paperPdf(paper, fontFiles);
    if (!pdf.ok) return pdf;
    const path = join(folder, chineseDate(paper.timeMs).slice(0, 7), pdf.value.fileName);
    try {
      await writeAtomically(path, pdf.value.bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      return err({ code: 'disk', detail: `单据文件没有存上 The paper could not be stored: ${reason}` });
    }
    return ok({ detail: path });
  };
}
