import { chineseDateTime } from '../chineseTime.ts';
import { rule, textLine } from '../slips/draw.ts';
import { oneLine } from '../slips/measure.ts';
import type { Box, PaperItem } from '../slips/paperItems.ts';
import type { Sheet } from '../slips/sheet.ts';
import type { Frame, Strip } from './drawBlocks.ts';
import { stripsOf } from './drawBlocks.ts';
import type { Report } from './report.ts';

interface Form {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly body: Box;
  readonly textMm: number;
}

/** The continuous form keeps its tractor holes free, as the slips do. */
const forms: Readonly<Record<Report['form'], Form>> = {
  A4: { widthMm: 210, heightMm: 297, body: { xMm: 15, yMm: 27, widthMm: 180, heightMm: 253 }, textMm: 3.5 },
  '241x140': {
    widthMm: 241,
    heightMm: 140,
    body: { xMm: 16, yMm: 25, widthMm: 209, heightMm: 101 },
    textMm: 3.3,
  },
};
/** What a hostile or endless list cannot exceed. */
const mostPages = 60;

/** Lays a report out on as many pages as it needs; each says which it is, of how many. */
export function layOut(report: Report): Sheet {
  const { form, kind, number, timeMs, drill } = report;
  const { widthMm, heightMm, body, textMm } = forms[form];
  const frame: Frame = { xMm: body.xMm, widthMm: body.widthMm, textMm };
  const pages = flow(
    report.blocks.flatMap((block) => stripsOf(block, frame)),
    body,
  );
  const whole = pages.map((items, nth) => [
    ...headItems(report, frame),
    ...items,
    ...footItems(report, frame, heightMm, nth + 1, pages.length),
  ]);
  const [items = [], ...morePages] = whole;
  return {
    ...{ kind, form, widthMm, heightMm, timeMs, copy: 1, items, morePages },
    title: oneLine(`${drill ? '演练 ' : ''}${report.zh} ${number}`),
    displayNumber: number,
  };
}

function flow(strips: readonly Strip[], { yMm: top, heightMm }: Box): readonly (readonly PaperItem[])[] {
  const pages: PaperItem[][] = [[]];
  let yMm = top;
  for (const [nth, strip] of strips.entries()) {
    const followed = strip.heightMm + (strips[nth + 1]?.heightMm ?? 0);
    const needsMm = strip.needsMm === undefined ? strip.heightMm : Math.max(strip.needsMm, followed);
    if (yMm + needsMm > top + heightMm && yMm > top) {
      if (pages.length === mostPages) break;
      pages.push([]);
      yMm = top;
      if (strip.head !== undefined) {
        pages.at(-1)?.push(...strip.head.draw(yMm));
        yMm += strip.head.heightMm;
      }
    }
    pages.at(-1)?.push(...strip.draw(yMm));
    yMm += strip.heightMm;
  }
  return pages;
}

function headItems({ zh, en, number, station, drill }: Report, frame: Frame): readonly PaperItem[] {
  const { xMm, widthMm, textMm } = frame;
  const third = widthMm / 3;
  const smallest = { minSizeMm: 2.4 };
  const small = { sizeMm: textMm * 0.85, ...smallest };
  const topMm = 8;
  return [
    textLine(xMm, topMm + 6, third - 2, station.name, { sizeMm: textMm * 1.15, ...smallest, weight: 'bold' }),
    textLine(xMm, topMm + 12, third - 2, `站号 Station ${station.id}`, small),
    textLine(xMm + third, topMm + 7.5, third, drill ? `演练·${zh}` : zh, {
      sizeMm: textMm * 1.9,
      ...smallest,
      weight: 'bold',
      align: 'center',
    }),
    textLine(xMm + third, topMm + 13, third, drill ? `DRILL · ${en}` : en, { ...small, align: 'center' }),
    textLine(xMm + 2 * third + 2, topMm + 6, third - 2, number, {
      sizeMm: textMm * 1.15,
      ...smallest,
      weight: 'bold',
      align: 'right',
    }),
    rule(xMm, topMm + 15, xMm + widthMm, topMm + 15, 0.6),
  ];
}

function footItems(
  { foot, timeMs, drill }: Report,
  { xMm, widthMm, textMm }: Frame,
  pageHeightMm: number,
  page: number,
  pages: number,
): readonly PaperItem[] {
  const look = { sizeMm: textMm * 0.8, minSizeMm: 2.4 };
  const yMm = pageHeightMm - 8;
  const words = `${drill ? '演练 不具效力 ' : ''}${foot}`;
  return [
    rule(xMm, yMm - 4, xMm + widthMm, yMm - 4, 0.3),
    textLine(xMm, yMm, widthMm * 0.66, words, look),
    textLine(
      xMm + widthMm * 0.67,
      yMm,
      widthMm * 0.33,
      `${chineseDateTime(timeMs)}  ${String(page)}/${String(pages)}`,
      { ...look, align: 'right' },
    ),
  ];
}
