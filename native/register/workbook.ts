/** What stands around the cells of a workbook (ECMA-376 part 1, 18): which sheet, its texts, which numbers are days. */
import { SheetRefused, maxCellCharacters } from './sheet.ts';
import { walkXml } from './xmlStream.ts';
import type { ZipFile } from './zip.ts';

export interface Workbook {
  readonly sheet: Uint8Array;
  readonly texts: readonly string[];
  /** By style: whether a number of it is shown as a day. */
  readonly days: readonly boolean[];
  /** Day 0 of its numbers is in 1904. */
  readonly since1904: boolean;
}

const maxTexts = 1_000_000;
const maxStyles = 100_000;

export async function openWorkbook(zip: ZipFile): Promise<Workbook> {
  const book = await zip.read('xl/workbook.xml');
  if (book === null) throw new SheetRefused('not an .xlsx file');
  let relation: string | null = null;
  let since1904 = false;
  await walkXml(book, {
    open: (name, { id, state, date1904 }) => {
      if (name === 'workbookPr') since1904 = date1904 === '1' || date1904 === 'true';
      // The first one a person sees.
      if (name === 'sheet' && state === undefined) relation ??= id ?? null;
    },
  });
  const sheet = await zip.read(await pathOf(zip, relation));
  if (sheet === null) throw new SheetRefused('has no sheet');
  return { sheet, texts: await textsOf(zip), days: await daysOf(zip), since1904 };
}

async function pathOf(zip: ZipFile, relation: string | null): Promise<string> {
  let path = 'xl/worksheets/sheet1.xml';
  const relations = await zip.read('xl/_rels/workbook.xml.rels');
  if (relations !== null && relation !== null) {
    await walkXml(relations, {
      open: (_name, { Id, Target }) => {
        if (Id !== relation || Target === undefined) return;
        path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
      },
    });
  }
  return path;
}

async function textsOf(zip: ZipFile): Promise<readonly string[]> {
  const bytes = await zip.read('xl/sharedStrings.xml');
  const texts: string[] = [];
  if (bytes === null) return texts;
  let now = '';
  let inText = false;
  let inPhonetic = false;
  await walkXml(bytes, {
    open: (name) => {
      if (name === 'si') now = '';
      inText = name === 't';
      if (name === 'rPh') inPhonetic = true;
    },
    close: (name) => {
      inText = false;
      if (name === 'rPh') inPhonetic = false;
      if (name !== 'si') return;
      if (texts.push(plainText(now)) > maxTexts) throw new SheetRefused('holds more than a register');
    },
    text: (text) => {
      if (inText && !inPhonetic && now.length <= maxCellCharacters) now += text.slice(0, maxCellCharacters);
    },
  });
  return texts;
}

async function daysOf(zip: ZipFile): Promise<readonly boolean[]> {
  const bytes = await zip.read('xl/styles.xml');
  const days: boolean[] = [];
  if (bytes === null) return days;
  const formats = new Map<string, string>();
  let inStyles = false;
  await walkXml(bytes, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && numFmtId !== undefined) formats.set(numFmtId, formatCode ?? '');
      if (name === 'cellXfs') inStyles = true;
      if (name !== 'xf' || !inStyles) return;
      if (days.push(isDay(numFmtId ?? '0', formats)) > maxStyles)
        throw new SheetRefused('holds more than a register');
    },
    close: (name) => {
      if (name === 'cellXfs') inStyles = false;
    },
  });
  return days;
}

/** Numbers of built-in day formats, the Chinese ones among them (18.8.30). */
function isDay(format: string, formats: ReadonlyMap<string, string>): boolean {
  const code = formats.get(format);
  if (code !== undefined) return /[yd年日]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));
  const id = Number(format);
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/** ST_Xstring (22.9.2.19): what XML cannot carry stands as `_xHHHH_`. */
export function plainText(text: string): string {
  return text
    .slice(0, maxCellCharacters)
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .trim();
}
