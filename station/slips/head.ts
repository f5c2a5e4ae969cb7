import { columns, frame, inset, rule, textBlock, textLine } from './draw.ts';
import type { PaperItem } from './paperItems.ts';
import type { Plan } from './plans.ts';
import type { SlipRecord } from './slipRecord.ts';
import { colourWords, copyWords } from './words.ts';

export interface Title {
  readonly zh: string;
  readonly en: string;
}

/** Station on the left, what paper this is in the middle, its number on the right. */
export function header(plan: Plan, record: SlipRecord, title: Title): readonly PaperItem[] {
  const { header: box, headerSideMm: side, type } = plan;
  const right = box.xMm + box.widthMm - side;
  const middleX = box.xMm + side + 2;
  const middle = box.widthMm - 2 * side - 4;
  const bottom = box.yMm + box.heightMm;
  const small = { sizeMm: type.label, minSizeMm: type.smallest };
  return [
    ...textBlock(
      { xMm: box.xMm, yMm: box.yMm, widthMm: side - 3, heightMm: box.heightMm - type.label * 1.9 },
      record.stationName,
      { sizeMm: type.name, minSizeMm: type.smallest, weight: 'bold' },
    ),
    textLine(box.xMm, bottom - 1.4, side - 3, `站号 Station ${record.stationId}`, small),
    textLine(middleX, box.yMm + type.title * 0.98, middle, record.drill ? `演练·${title.zh}` : title.zh, {
      sizeMm: type.title,
      minSizeMm: type.smallest,
      weight: 'bold',
      align: 'center',
    }),
    textLine(middleX, bottom - 1.4, middle, record.drill ? `DRILL · ${title.en}` : title.en, {
      sizeMm: type.label + 0.4,
      minSizeMm: type.smallest,
      align: 'center',
    }),
    textLine(right, box.yMm + type.label * 1.1, side, '编号 No.', { ...small, align: 'right' }),
    textLine(right, box.yMm + type.label * 1.6 + type.number * 0.95, side, record.displayNumber, {
      sizeMm: type.number,
      minSizeMm: type.smallest,
      weight: 'bold',
      align: 'right',
    }),
    textLine(right, bottom - 1.4, side, copyWords(record.copy), {
      sizeMm: type.label + 0.4,
      minSizeMm: type.smallest,
      weight: record.copy > 1 ? 'bold' : 'regular',
      align: 'right',
    }),
    rule(box.xMm, bottom, box.xMm + box.widthMm, bottom, 0.6),
  ];
}

export function plateBox(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const { plate: box, type } = plan;
  const inner = inset(box, 3, 1.2);
  const labelLook = { sizeMm: type.label, minSizeMm: type.smallest };
  const half = inner.widthMm / 2;
  const labelY = inner.yMm + type.label * 1.1;
  const room = box.yMm + box.heightMm - labelY;
  return [
    frame(box, 0.8),
    textLine(inner.xMm, labelY, half, '车牌号 Plate', labelLook),
    textLine(inner.xMm + half, labelY, half, colourWords(record.colour), { ...labelLook, align: 'right' }),
    textLine(inner.xMm, labelY + room / 2 + type.plate * 0.33, inner.widthMm, record.plate, {
      sizeMm: type.plate,
      minSizeMm: type.smallest,
      weight: 'bold',
      align: 'center',
    }),
  ];
}

export interface Verdict {
  readonly word: Title;
  /** 还可装 or 超限, with its weight. */
  readonly amount: Title;
  readonly amountWords: string;
  /** What follows from it, on the whole width below. */
  readonly order: string;
}

export function verdictBox(plan: Plan, verdict: Verdict): readonly PaperItem[] {
  const { verdict: box, type } = plan;
  const orderHeight = box.heightMm * 0.32;
  const splitY = box.yMm + box.heightMm - orderHeight;
  const [left, right] = columns(inset(box, 3, 1.2), 2);
  if (left === undefined || right === undefined) return [];
  const labelLook = { sizeMm: type.label, minSizeMm: type.smallest };
  const big = { sizeMm: type.verdict, minSizeMm: type.smallest, weight: 'bold' as const };
  const labelY = left.yMm + type.label * 1.1;
  const bigY = labelY + (splitY - labelY) / 2 + type.verdict * 0.35;
  return [
    frame(box, 0.8),
    rule(box.xMm, splitY, box.xMm + box.widthMm, splitY, 0.4),
    textLine(left.xMm, labelY, left.widthMm - 2, `判定 Decision: ${verdict.word.en}`, labelLook),
    textLine(left.xMm, bigY, left.widthMm - 2, verdict.word.zh, big),
    textLine(right.xMm, labelY, right.widthMm, `${verdict.amount.zh} ${verdict.amount.en}`, {
      ...labelLook,
      align: 'right',
    }),
    textLine(right.xMm, bigY, right.widthMm, verdict.amountWords, { ...big, align: 'right' }),
    textLine(left.xMm, splitY + orderHeight / 2 + type.order * 0.35, box.widthMm - 6, verdict.order, {
      sizeMm: type.order,
      minSizeMm: type.smallest,
      weight: 'bold',
    }),
  ];
}
