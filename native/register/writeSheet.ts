import type { FileToZip } from './writeZip.ts';
import { writeZip } from './writeZip.ts';

export interface SheetColumn {
  readonly heading: string;
  readonly widthCharacters: number;
  /** Whole column, also the part to be filled in: keeps 0353… and dates as they are typed. */
  readonly text?: boolean;
  /** Offered where the cell is filled in. */
  readonly choices?: readonly string[];
  /** Shown beside the cell while it is filled in. */
  readonly hint?: string;
}

export type SheetRowValues = readonly (string | number | null)[];

/** A list in the file itself; Excel takes no longer one. */
const maxListCharacters = 255;
const rowsAPiece = 200;
const styles = { plain: 0, heading: 1, text: 2 } as const;

/** One sheet of texts and numbers. A text stays a text, whatever it begins with: no cell is ever a formula. */
export function writeSheet(
  name: string,
  columns: readonly SheetColumn[],
  rows: Iterable<SheetRowValues>,
): Promise<Uint8Array> {
  const files: readonly FileToZip[] = [
    { name: '[Content_Types].xml', pieces: [xml(contentTypes)] },
    { name: '_rels/.rels', pieces: [xml(relations([['officeDocument', 'xl/workbook.xml']]))] },
    { name: 'xl/workbook.xml', pieces: [xml(workbook(name))] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      pieces: [
        xml(
          relations([
            ['worksheet', 'worksheets/sheet1.xml'],
            ['styles', 'styles.xml'],
          ]),
        ),
      ],
    },
    { name: 'xl/styles.xml', pieces: [xml(styleSheet)] },
    { name: 'xl/worksheets/sheet1.xml', pieces: sheetPieces(columns, rows) },
  ];
  return writeZip(files);
}

function* sheetPieces(columns: readonly SheetColumn[], rows: Iterable<SheetRowValues>): Generator<string> {
  const cols = columns.map(
    ({ widthCharacters, text }, at) =>
      `<col min="${String(at + 1)}" max="${String(at + 1)}" width="${String(widthCharacters)}" ` +
      `style="${String(text === true ? styles.text : styles.plain)}" customWidth="1"/>`,
  );
  yield xml(
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${cols.join('')}</cols><sheetData>` +
      rowXml(
        1,
        columns.map(({ heading }) => heading),
        styles.heading,
      ),
  );
  let number = 1;
  let piece: string[] = [];
  for (const row of rows) {
    piece.push(rowXml((number += 1), row, styles.text));
    if (piece.length < rowsAPiece) continue;
    yield piece.join('');
    piece = [];
  }
  yield `${piece.join('')}</sheetData>${validations(columns)}</worksheet>`;
}

function rowXml(number: number, values: SheetRowValues, style: number): string {
  const cells = values.map((value, at) => {
    if (value === null) return '';
    const place = `r="${columnName(at)}${String(number)}"`;
    return typeof value === 'number'
      ? `<c ${place}><v>${String(value)}</v></c>`
      : `<c ${place} s="${String(style)}" t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
  });
  return `<row r="${String(number)}">${cells.join('')}</row>`;
}

/** Helps whoever fills it in; what they write instead is not refused here but named by the preview. */
function validations(columns: readonly SheetColumn[]): string {
  const rules = columns.flatMap(({ choices, hint }, at) => {
    const list = choices?.join(',') ?? '';
    const listed = list !== '' && list.length <= maxListCharacters;
    if (!listed && hint === undefined) return [];
    const prompt = hint === undefined ? '' : ` showInputMessage="1" prompt="${escaped(hint)}"`;
    const column = columnName(at);
    return [
      `<dataValidation type="${listed ? 'list' : 'none'}" allowBlank="1" errorStyle="warning"${prompt} ` +
        `sqref="${column}2:${column}1048576">${listed ? `<formula1>"${escaped(list)}"</formula1>` : ''}</dataValidation>`,
    ];
  });
  return rules.length === 0
    ? ''
    : `<dataValidations count="${String(rules.length)}">${rules.join('')}</dataValidations>`;
}

export function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}

/** What XML cannot carry, and what would be read as such, stands as `_xHHHH_` (ST_Xstring, 22.9.2.19). */
function cellText(text: string): string {
  return escaped(
    text
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(/[\p{Cc}\ufffe\uffff]|\p{Cs}/gu, (character) =>
        character === '\n' || character === '\t'
          ? character
          : `_x${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
      ),
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function xml(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
}

const contentTypes =
  `<Types xmlns="${packages}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`;

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], at) =>
      `<Relationship Id="rId${String(at + 1)}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packages}/relationships">${each.join('')}</Relationships>`;
}

function workbook(sheetName: string): string {
  return (
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
    `<sheet name="${escaped(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  );
}

/** Plain, bold for headings, and text (format 49 is `@`). */
const styleSheet =
  `<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
