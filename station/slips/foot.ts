import { columns, frame, rule, textLine } from './draw.ts';
import type { PaperItem } from './paperItems.ts';
import type { Plan } from './plans.ts';
import type { SlipRecord } from './slipRecord.ts';

const signatures = [
  { zh: '单位盖章', en: 'Company seal' },
  { zh: '司磅员签字', en: 'Weigher' },
  { zh: '驾驶员签字', en: 'Driver' },
] as const;

/** A drill is signed by nobody: what it is stands in place of the lines. */
export function signatureRow(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const { signatures: box, type } = plan;
  if (record.drill) {
    const sizeMm = Math.min(box.heightMm * 0.55, 9);
    return [
      frame(box, 0.8),
      textLine(
        box.xMm + 3,
        box.yMm + box.heightMm / 2 + sizeMm * 0.36,
        box.widthMm - 6,
        '演练 不具效力 DRILL, NOT VALID',
        {
          sizeMm,
          minSizeMm: type.smallest,
          weight: 'bold',
          align: 'center',
        },
      ),
    ];
  }
  const bottom = box.yMm + box.heightMm - 1;
  return columns(box, signatures.length).flatMap((cell, index) => {
    const words = signatures[index];
    if (words === undefined) return [];
    const labelWidth = type.value * 5.4;
    return [
      textLine(cell.xMm + 1, bottom - type.label * 1.4, labelWidth, words.zh, {
        sizeMm: type.value,
        minSizeMm: type.smallest,
        weight: 'bold',
      }),
      textLine(cell.xMm + 1, bottom - 0.4, labelWidth, words.en, {
        sizeMm: type.label,
        minSizeMm: type.smallest,
      }),
      rule(cell.xMm + 1 + labelWidth, bottom, cell.xMm + cell.widthMm - 4, bottom, 0.4),
    ];
  });
}

/** What anyone can hold against the ledger, years later. */
export function checkWords(record: SlipRecord): string {
  const { release } = record;
  const own = `防伪校验 账本第 ${linkWords(record)}`;
  return release === null ? own : `${own}，特许 账本第 ${linkWords(release)}`;
}

function linkWords({ sequence, hash }: { readonly sequence: number; readonly hash: string }): string {
  const groups = hash.slice(0, 16).match(/.{4}/g) ?? [];
  return `${String(sequence)} 条 ${groups.join(' ')}`;
}

export function footer(plan: Plan, record: SlipRecord, note: string): readonly PaperItem[] {
  const { foot: box, type } = plan;
  const bottom = box.yMm + box.heightMm;
  const look = { sizeMm: type.text, minSizeMm: type.smallest };
  return [
    rule(box.xMm, box.yMm, box.xMm + box.widthMm, box.yMm, 0.3),
    textLine(
      box.xMm + 1,
      box.yMm + type.text * 1.15,
      box.widthMm - 2,
      record.drill ? `演练打印件，不具效力。${note}` : note,
      {
        ...look,
        weight: 'bold',
      },
    ),
    textLine(
      box.xMm + 1,
      bottom - type.text * 0.24,
      box.widthMm - 2,
      `${checkWords(record)}，本单由已存台账生成`,
      look,
    ),
  ];
}

/**
 * 演练 or 特许 across the sheet, behind everything else: no crop or photograph of a drill passes for a real paper,
 * nor one of a controlled release for a dispatch slip.
 */
export function paperMark(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  if (!record.drill && record.release === null) return [];
  const [first, second] = record.drill ? ['演', '练'] : ['特', '许'];
  const { printable, type } = plan;
  const upright = printable.heightMm > printable.widthMm;
  const marks = upright ? [first, second] : [`${first}${second}`];
  const rowMm = printable.heightMm / marks.length;
  return marks.map((mark, row) =>
    textLine(
      printable.xMm,
      printable.yMm + (row + 0.5) * rowMm + type.drill * 0.36,
      printable.widthMm,
      mark,
      {
        sizeMm: type.drill,
        minSizeMm: type.smallest,
        weight: 'bold',
        align: 'center',
        style: 'outline',
      },
    ),
  );
}
