import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inkAbove, inkBelow } from '../slips/paperItems.ts';
import { itemWidthMm } from '../slips/draw.ts';
import { pagesOf } from '../slips/sheet.ts';
import { paintPage, paintSvg } from '../slips/paintSvg.ts';
import { layOut } from './layOut.ts';
import type { Block, Report } from './report.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({
    kind: fc.constant('facts' as const),
    columns: fc.constantFrom(1, 2, 3, 4),
    facts: fc.array(fc.record({ label: text, value: text, strong: fc.boolean() }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.constant([
      { head: '甲', share: 3 },
      { head: '乙', share: 1, right: true },
    ]),
    rows: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 120 }),
  }),
  fc.record({
    kind: fc.constant('pictures' as const),
    pictures: fc.array(
      fc.record({
        label: text,
        lines: fc.array(text, { maxLength: 4 }),
        jpeg: fc.constantFrom(null, 'AAAA'),
        lost: text,
      }),
      { maxLength: 9 },
    ),
  }),
  fc.record({
    kind: fc.constant('curve' as const),
    points: fc.array(
      fc.record({
        afterMs: fc.integer({ min: -10, max: 9e6 }),
        kg: fc.option(fc.integer({ min: -5e5, max: 5e5 })),
      }),
      { maxLength: 400 },
    ),
  }),
  fc.record({ kind: fc.constant('digits' as const), label: text, hex }),
  fc.record({ kind: fc.constant('signatures' as const), names: fc.array(text, { maxLength: 4 }) }),
);
const report: fc.Arbitrary<Report> = fc.record({
  kind: fc.constantFrom('trace', 'inspection', 'shift', 'manifest'),
  form: fc.constantFrom('A4', '241x140'),
  zh: text,
  en: text,
  number: text,
  station: fc.record({ id: text, name: text }),
  drill: fc.boolean(),
  timeMs: fc.integer({ min: 0, max: 4e12 }),
  blocks: fc.array(block, { maxLength: 12 }),
  foot: text,
});

it('whatever a report holds, nothing of it leaves its sheet, and no letter is too small to read', () => {
  fc.assert(
    fc.property(report, (each) => {
      const sheet = layOut(each);
      for (const item of pagesOf(sheet).flat()) {
        if (item.kind === 'text') {
          expect(item.sizeMm).toBeGreaterThanOrEqual(2.4);
          const width = itemWidthMm(item);
          const left =
            item.align === 'left'
              ? item.xMm
              : item.align === 'right'
                ? item.xMm - width
                : item.xMm - width / 2;
          expect(left).toBeGreaterThanOrEqual(5);
          expect(left + width).toBeLessThanOrEqual(sheet.widthMm - 5);
          expect(item.yMm - item.sizeMm * inkAbove).toBeGreaterThanOrEqual(3);
          expect(item.yMm + item.sizeMm * inkBelow).toBeLessThanOrEqual(sheet.heightMm - 3);
        } else if (item.kind === 'rect' || item.kind === 'picture') {
          expect(item.yMm + item.heightMm).toBeLessThanOrEqual(sheet.heightMm);
        } else if (item.kind === 'line') {
          expect(Math.max(item.y1Mm, item.y2Mm)).toBeLessThanOrEqual(sheet.heightMm);
        }
      }
    }),
    { numRuns: 150 },
  );
});

it('a long list goes on under its own head, and each page says which it is', () => {
  const rows = Array.from({ length: 150 }, (_, nth) => [`行${String(nth)}`, '1']);
  const columns = [
    { head: '名称', share: 1 },
    { head: '数', share: 1 },
  ];
  const sheet = layOut({
    ...{ kind: 'manifest', form: 'A4', zh: '装载清单', en: 'Manifest', number: 'n', drill: false, timeMs: 0 },
    ...{ station: { id: 'YQ-1', name: '某站' }, foot: '', blocks: [{ kind: 'table', columns, rows }] },
  });
  const pages = pagesOf(sheet);
  expect(pages.length).toBeGreaterThan(2);
  for (const [nth, items] of pages.entries()) {
    const words = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    expect(words).toContain('名称');
    expect(words.some((word) => word.endsWith(` ${String(nth + 1)}/${String(pages.length)}`))).toBe(true);
  }
  const all = pages.flat().flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  for (const [name = ''] of rows) expect(all).toContain(name);
});

it('a picture or a name that pretends to be markup is none on the screen or on paper', () => {
  const sheet = layOut({
    ...{
      kind: 'trace',
      form: 'A4',
      zh: '倒查报告',
      en: 'Trace',
      number: '"><script>',
      drill: false,
      timeMs: 0,
    },
    ...{ station: { id: 'x', name: '<img src=x onerror=alert(1)>' }, foot: '' },
    blocks: [
      {
        kind: 'pictures',
        pictures: [{ label: 'x', lines: ['<script>'], jpeg: '"/><script>alert(1)</script>', lost: '' }],
      },
    ],
  });
  for (const painted of [paintSvg(sheet), paintPage(sheet)]) {
    expect(painted).not.toMatch(/<script|<img|<[^>]*onerror/);
  }
});
