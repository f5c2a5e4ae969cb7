import { rule, textLine } from '../slips/draw.ts';
import type { Box, PaperItem } from '../slips/paperItems.ts';
import { kgWords } from '../slips/words.ts';
import type { CurvePoint } from './report.ts';

const labelMm = 18;
const mostPoints = 240;

/** The crossing's weight over time; a stretch without a weight stays empty. */
export function curveItems(points: readonly CurvePoint[], box: Box): readonly PaperItem[] {
  const lastMs = points.at(-1)?.afterMs ?? 0;
  const topKg = Math.max(1, ...points.map(({ kg }) => kg ?? 0));
  const left = box.xMm + labelMm;
  const right = box.xMm + box.widthMm;
  const top = box.yMm + 3;
  const bottom = box.yMm + box.heightMm - 5;
  const small = { sizeMm: 2.6, minSizeMm: 2.4 };
  const axes = [
    rule(left, bottom, right, bottom, 0.2),
    rule(left, top, left, bottom, 0.2),
    textLine(box.xMm, top + 2.2, labelMm - 1.5, kgWords(Math.round(topKg)), { ...small, align: 'right' }),
    textLine(box.xMm, bottom, labelMm - 1.5, '0 kg', { ...small, align: 'right' }),
    textLine(left, bottom + 3.6, box.widthMm - labelMm, `${(lastMs / 1000).toFixed(1)} s`, {
      ...small,
      align: 'right',
    }),
  ];
  if (points.length < 2 || lastMs <= 0) return axes;
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  const kept = points.filter((_, nth) => nth % every === 0 || nth === points.length - 1);
  const place = ({ afterMs, kg }: CurvePoint): readonly [number, number] | null =>
    kg === null
      ? null
      : [
          left + (Math.max(0, Math.min(lastMs, afterMs)) / lastMs) * (right - left),
          bottom - (Math.max(0, kg) / topKg) * (bottom - top),
        ];
  const lines = kept.flatMap((point, nth) => {
    const from = nth === 0 ? null : place(kept[nth - 1] ?? point);
    const to = place(point);
    return from === null || to === null ? [] : [rule(...from, ...to, 0.3)];
  });
  return [...axes, ...lines];
}
