import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textEms } from '../../station/slips/measure.ts';
import { dispatchSlip, refusalNote, type PaperLayout } from '../../station/slips/paper.ts';
import { allowedRecord, refusedRecord } from '../../station/slips/testRecord.ts';
import { paperFileName, paperKeeper } from './filePrinter.ts';
import { findFonts, fontCandidates, readFonts, type Fonts } from './fonts.ts';
import { paintPdf } from './paintPdf.ts';

function made<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const slip: PaperLayout = made(dispatchSlip(allowedRecord, '241x140'));
const note: PaperLayout = made(refusalNote({ ...refusedRecord, copy: 2 }, 'A4'));
let folder = '';
let fonts: Fonts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yuanheng-papers-'));
  fonts = made(await readFonts());
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('the same record gives the same bytes, whenever it is painted', async () => {
  for (const paper of [slip, note]) {
    expect(Buffer.from(await paintPdf(paper, fonts)).equals(await paintPdf(paper, fonts))).toBe(true);
  }
});

function realEms(words: string, weight: 'regular' | 'bold', pdf: PDFKit.PDFDocument): number {
  return pdf.font(weight).fontSize(100).widthOfString(words) / 100;
}

test('the layout reckons with the widths of the real font', () => {
  const pdf = new PDFDocument({ font: '' });
  pdf.registerFont('regular', fonts.regular);
  pdf.registerFont('bold', fonts.bold);
  const weight = fc.constantFrom('regular' as const, 'bold' as const);
  const ours = fc.string({
    unit: fc.constantFrom(...Array.from('晋冀C0123456789，。；：（）—≥ kgt挂超限吨')),
    maxLength: 40,
  });
  fc.assert(
    fc.property(ours, weight, (words, bold) => {
      const reckoned = textEms(words, bold);
      expect(realEms(words, bold, pdf)).toBeLessThanOrEqual(reckoned + 0.001);
      expect(realEms(words, bold, pdf)).toBeGreaterThanOrEqual(reckoned * 0.9 - 0.001);
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), weight, (words, bold) => {
      expect(realEms(words, bold, pdf)).toBeLessThanOrEqual(textEms(words, bold) * 1.1 + 0.1);
    }),
    { numRuns: 300 },
  );
});

test('a kept paper lies under its Chinese month, whole, and nothing half-written beside it', async () => {
  const keep = paperKeeper(join(folder, 'papers'));
  const { detail } = made(await keep(slip));
  expect(detail).toBe(join(folder, 'papers', '2025-12', 'YQ01-00000128-slip.pdf'));
  expect(made(await keep(note)).detail).toBe(
    join(folder, 'papers', '2025-12', 'YQ01-00000129-refusal-copy2.pdf'),
  );
  expect((await readFile(detail)).equals(await paintPdf(slip, fonts))).toBe(true);
  expect((await readdir(join(folder, 'papers', '2025-12'))).sort()).toEqual([
    'YQ01-00000128-slip.pdf',
    'YQ01-00000129-refusal-copy2.pdf',
  ]);
});

test('a display number cannot lead a file out of its folder', () => {
  const paper = made(dispatchSlip({ ...allowedRecord, displayNumber: '../../演练-a/b\\c:d' }, 'A4'));
  expect(paperFileName(paper)).toBe('_演练-a_b_c_d-slip.pdf');
});

test('a paper that cannot be stored is a failure in words, and leaves nothing behind', async () => {
  const blocked = join(folder, 'blocked');
  await mkdir(blocked);
  await writeFile(join(blocked, '2025-12'), 'a file where the folder should be');
  expect(await paperKeeper(blocked)(slip)).toMatchObject({ ok: false, error: { code: 'disk' } });
  expect(await readdir(blocked)).toEqual(['2025-12']);
});

test('without its fonts the program says so', async () => {
  const nowhere = `file://${join(folder, 'a', 'b', 'c', 'd.js')}`;
  expect(await findFonts(fontCandidates(nowhere))).toMatchObject({
    ok: false,
    error: { code: 'fonts-missing' },
  });
  const broken = { regular: join(folder, 'r.ttf'), bold: join(folder, 'b.ttf') };
  expect(await paperKeeper(folder, broken)(slip)).toMatchObject({
    ok: false,
    error: { code: 'fonts-missing' },
  });
});
