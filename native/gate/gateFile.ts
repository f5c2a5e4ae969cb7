import { chineseDateTime } from '../../station/chineseTime.ts';
import type { GateField, GateNote, GateRow } from '../../station/contract.ts';
import { writeSheet } from '../register/writeSheet.ts';

const missingWords: Readonly<Record<GateField, string>> = {
  entry: '进厂时间',
  pictures: '照片',
  plate: '号牌',
  registeredOn: '注册日期',
  vin: 'VIN',
  engineNumber: '发动机号',
  emission: '排放阶段',
  document: '随车清单或行驶证',
  goods: '货物名称',
  tonnes: '运输量',
  fleet: '车队名称',
};
const noteWords: Readonly<Record<GateNote, string>> = {
  corrected: '号牌或货物已更正',
  voided: '已作废',
  released: '特许放行',
  'vin-check': 'VIN 校验位不符',
  'fuel-rule': '非国六、新能源车运输煤焦矿',
};

interface GateColumn {
  readonly heading: string;
  readonly widthCharacters: number;
  readonly cell: (row: GateRow) => string;
}

/** `yyyymmdd hhmmss`, as the ledger's table asks. */
function stamp(timeMs: number | null): string {
  return timeMs === null ? '' : chineseDateTime(timeMs).replaceAll(/[-:]/g, '');
}

function picture(sha256: string | null): string {
  return sha256 === null ? '' : `${sha256}.jpg`;
}

const columns: readonly GateColumn[] = [
  { heading: '过磅编号', widthCharacters: 18, cell: (row) => row.displayNumber },
  { heading: '进厂时间', widthCharacters: 17, cell: (row) => stamp(row.entryMs) },
  { heading: '出厂时间', widthCharacters: 17, cell: (row) => stamp(row.exitMs) },
  { heading: '进厂照片', widthCharacters: 20, cell: (row) => picture(row.entryPicture) },
  { heading: '出厂照片', widthCharacters: 20, cell: (row) => picture(row.exitPicture) },
  { heading: '号牌', widthCharacters: 12, cell: (row) => row.plate },
  { heading: '注册日期', widthCharacters: 12, cell: (row) => row.registeredOn?.replaceAll('-', '') ?? '' },
  { heading: '车辆识别代号VIN', widthCharacters: 20, cell: (row) => row.vin ?? '' },
  { heading: '发动机号', widthCharacters: 16, cell: (row) => row.engineNumber ?? '' },
  { heading: '排放阶段', widthCharacters: 10, cell: (row) => row.emission ?? '' },
  { heading: '随车清单照片', widthCharacters: 20, cell: (row) => picture(row.listPicture) },
  { heading: '行驶证照片', widthCharacters: 20, cell: (row) => picture(row.licencePicture) },
  { heading: '运输货物名称', widthCharacters: 16, cell: (row) => (row.goods ?? '').slice(0, 32) },
  {
    heading: '运输量（吨）',
    widthCharacters: 12,
    cell: (row) => (row.tenths === null ? '' : (row.tenths / 10).toFixed(1)),
  },
  { heading: '车队名称', widthCharacters: 20, cell: (row) => (row.fleet ?? '').slice(0, 100) },
  {
    heading: '缺项',
    widthCharacters: 30,
    cell: (row) => row.missing.map((each) => missingWords[each]).join('、'),
  },
  {
    heading: '备注',
    widthCharacters: 20,
    cell: (row) => row.notes.map((each) => noteWords[each]).join('、'),
  },
];

export type GateForm = 'xlsx' | 'csv';

/** The ledger as a file. Between pieces the program does what else it has to. */
export async function gateFile(form: GateForm, rows: Iterable<GateRow>): Promise<Uint8Array> {
  if (form === 'csv') return csvFile(rows);
  return writeSheet(
    '运输车辆电子台账',
    columns.map(({ heading, widthCharacters }) => ({ heading, widthCharacters, text: true })),
    cellRows(rows),
  );
}

function* cellRows(rows: Iterable<GateRow>): Generator<readonly string[]> {
  for (const row of rows) yield columns.map(({ cell }) => cell(row));
}

const rowsAPiece = 500;

/** RFC 4180 in UTF-8 with a byte-order mark, without which a Chinese Excel reads it as GBK. */
async function csvFile(rows: Iterable<GateRow>): Promise<Uint8Array> {
  const pieces: Buffer[] = [Buffer.from(`\ufeff${csvLine(columns.map(({ heading }) => heading))}`, 'utf8')];
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(csvLine(columns.map(({ cell }) => cell(row))));
    if (lines.length < rowsAPiece) continue;
    pieces.push(Buffer.from(lines.join(''), 'utf8'));
    lines = [];
    await new Promise((resolve) => setImmediate(resolve));
  }
  pieces.push(Buffer.from(lines.join(''), 'utf8'));
  return Buffer.concat(pieces);
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** What a spreadsheet would take for a formula gets an apostrophe before it: a fleet's name runs nothing. */
function csvCell(text: string): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ');
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
