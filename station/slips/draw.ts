import { fitBlock, fitLine, lineEms } from './fit.ts';
import { textWidthMm } from './measure.ts';
import type { Align, Box, LineItem, RectItem, TextItem, Weight } from './paperItems.ts';

export interface TextLook {
  readonly sizeMm: number;
  readonly minSizeMm: number;
  readonly weight?: Weight;
  readonly align?: Align;
  readonly style?: TextItem['style'];
}

function round(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

function anchor(xMm: number, widthMm: number, align: Align): number {
  if (align === 'left') return xMm;
  return align === 'right' ? xMm + widthMm : xMm + widthMm / 2;
}

/** One line on the baseline `yMm`, shrunk into the width that begins at `xMm`. */
export function textLine(xMm: number, yMm: number, widthMm: number, raw: string, look: TextLook): TextItem {
  const weight = look.weight ?? 'regular';
  const align = look.align ?? 'left';
  const { text, sizeMm } = fitLine(raw, weight, widthMm, look.sizeMm, look.minSizeMm);
  return {
    kind: 'text',
    xMm: round(anchor(xMm, widthMm, align)),
    yMm: round(yMm),
    sizeMm,
    text,
    weight,
    align,
    maxWidthMm: round(widthMm),
    style: look.style ?? 'solid',
  };
}

/** As many lines as the box holds, from its top. */
export function textBlock(box: Box, raw: string, look: TextLook): readonly TextItem[] {
  const weight = look.weight ?? 'regular';
  const { lines, sizeMm } = fitBlock(raw, weight, box, look.sizeMm, look.minSizeMm);
  return lines.map((line, index) =>
    textLine(box.xMm, box.yMm + sizeMm * (1.03 + index * lineEms), box.widthMm, line, {
      ...look,
      sizeMm,
    }),
  );
}

export function rule(x1Mm: number, y1Mm: number, x2Mm: number, y2Mm: number, lineMm: number): LineItem {
  return { kind: 'line', x1Mm: round(x1Mm), y1Mm: round(y1Mm), x2Mm: round(x2Mm), y2Mm: round(y2Mm), lineMm };
}

export function frame(box: Box, lineMm: number): RectItem {
  return {
    kind: 'rect',
    xMm: round(box.xMm),
    yMm: round(box.yMm),
    widthMm: round(box.widthMm),
    heightMm: round(box.heightMm),
    lineMm,
  };
}

export function inset(box: Box, xMm: number, yMm: number): Box {
  return {
    xMm: box.xMm + xMm,
    yMm: box.yMm + yMm,
    widthMm: box.widthMm - 2 * xMm,
    heightMm: box.heightMm - 2 * yMm,
  };
}

/** Columns of equal width. */
export function columns(box: Box, count: number): readonly Box[] {
  const widthMm = box.widthMm / count;
  return Array.from({ length: count }, (_, index) => ({ ...box, xMm: box.xMm + index * widthMm, widthMm }));
}

/** The width the text of an item takes. */
export function itemWidthMm(item: TextItem): number {
  return textWidthMm(item.text, item.weight, item.sizeMm);
}
