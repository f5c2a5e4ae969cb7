import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PaperForm } from '../contract.ts';
import { anyAllowed, anyRefused } from './arbitraries.ts';
import { itemWidthMm } from './draw.ts';
import { dispatchSlip, refusalNote } from './paper.ts';
import { inkAbove, inkBelow, type PaperItem, type TextItem } from './paperItems.ts';
import { planOf } from './plans.ts';
import type { SlipRecord } from './slipRecord.ts';

const forms: readonly PaperForm[] = ['241x140', 'A4'];
const anyPrintable = fc.oneof(anyAllowed, anyRefused);

interface Span {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function itemsOf(record: SlipRecord, form: PaperForm): readonly PaperItem[] {
  const paper = record.decision.outcome === 'allow' ? dispatchSlip(record, form) : refusalNote(record, form);
  if (!paper.ok) throw new Error(paper.error);
  return paper.value.items;
}

function solidTexts(items: readonly PaperItem[]): readonly TextItem[] {
  return items.filter((item): item is TextItem => item.kind === 'text' && item.style === 'solid');
}

function inkOf(item: PaperItem): Span {
  switch (item.kind) {
    case 'line':
      return { left: item.x1Mm, right: item.x2Mm, top: item.y1Mm, bottom: item.y2Mm };
    case 'picture':
    case 'rect':
      return {
        left: item.xMm,
        right: item.xMm + item.widthMm,
        top: item.yMm,
        bottom: item.yMm + item.heightMm,
      };
    case 'code': {
      const sizeMm = item.modules.length * item.moduleMm;
      return { left: item.xMm, right: item.xMm + sizeMm, top: item.yMm, bottom: item.yMm + sizeMm };
    }
    case 'text': {
      const width = itemWidthMm(item);
      const shift = { left: 0, center: width / 2, right: width }[item.align];
      const left = item.xMm - shift;
      return {
        left,
        right: left + width,
        top: item.yMm - inkAbove * item.sizeMm,
        bottom: item.yMm + inkBelow * item.sizeMm,
      };
    }
  }
}

const slack = 0.01;

function overlap(a: Span, b: Span): boolean {
  return (
    a.left < b.right - slack &&
    b.left < a.right - slack &&
    a.top < b.bottom - slack &&
    b.top < a.bottom - slack
  );
}

test.each(forms)(
  '%s: whatever the names and weights, nothing is printed outside the printable area',
  (form) => {
    const plan = planOf(form);
    const { printable } = plan;
    expect(printable.xMm).toBeGreaterThanOrEqual(13);
    expect(plan.widthMm - printable.xMm - printable.widthMm).toBeGreaterThanOrEqual(13);
    fc.assert(
      fc.property(anyPrintable, (record) => {
        for (const item of itemsOf(record, form)) {
          const ink = inkOf(item);
          expect(ink.left).toBeGreaterThanOrEqual(printable.xMm - slack);
          expect(ink.right).toBeLessThanOrEqual(printable.xMm + printable.widthMm + slack);
          expect(ink.top).toBeGreaterThanOrEqual(printable.yMm - slack);
          expect(ink.bottom).toBeLessThanOrEqual(printable.yMm + printable.heightMm + slack);
        }
      }),
      { numRuns: 150 },
    );
  },
);

test.each(forms)('%s: no text lies over another and each keeps to its own width', (form) => {
  fc.assert(
    fc.property(anyPrintable, (record) => {
      const texts = solidTexts(itemsOf(record, form));
      for (const text of texts) expect(itemWidthMm(text)).toBeLessThanOrEqual(text.maxWidthMm + slack);
      const clashes = texts.flatMap((a, index) =>
        texts.slice(index + 1).flatMap((b) => (overlap(inkOf(a), inkOf(b)) ? [`${a.text} | ${b.text}`] : [])),
      );
      expect(clashes).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

test.each(forms)('%s: a dot-matrix printer can print it: no letter too small, no line too thin', (form) => {
  fc.assert(
    fc.property(anyPrintable, (record) => {
      for (const item of itemsOf(record, form)) {
        if (item.kind === 'text') expect(item.sizeMm).toBeGreaterThanOrEqual(2.4);
        else if (item.kind === 'code') expect(item.moduleMm).toBeGreaterThanOrEqual((2 * 25.4) / 180);
        else if (item.kind !== 'picture') expect(item.lineMm).toBeGreaterThanOrEqual(0.3);
      }
    }),
    { numRuns: 50 },
  );
});
