import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAllowed, anyRecord, anyRefused } from './arbitraries.ts';
import { dispatchSlip, refusalNote, type PaperLayout } from './paper.ts';
import { paintPage, paintSvg } from './paintSvg.ts';
import { allowDecision, allowedRecord, refuseDecision, refusedRecord } from './testRecord.ts';

function made<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function wordsOf(paper: PaperLayout): string {
  return paper.items.map((item) => (item.kind === 'text' ? item.text : '')).join('\n');
}

test('only a record that says allow, and whose weights agree with it, becomes a slip', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const { outcome, limitKg, overKg } = record.decision;
      const slip = dispatchSlip(record, '241x140');
      if (slip.ok) {
        expect(outcome).toBe('allow');
        expect(overKg).toBe(0);
        expect(limitKg).not.toBeNull();
        expect(record.grossKg).toBeLessThanOrEqual(limitKg ?? -1);
      }
      expect(refusalNote(record, 'A4').ok).toBe(outcome === 'refuse');
    }),
    { numRuns: 400 },
  );
  fc.assert(
    fc.property(anyAllowed, (record) => dispatchSlip(record, 'A4').ok && !refusalNote(record, 'A4').ok),
  );
  fc.assert(
    fc.property(anyRefused, (record) => !dispatchSlip(record, 'A4').ok && refusalNote(record, 'A4').ok),
  );
});

test('a decision that says allow above the limit, or gives a reason against it, gets no paper at all', () => {
  const lies = [
    { ...allowDecision, limitKg: null, leftKg: null },
    { ...allowDecision, limitKg: 46_000, leftKg: 2_350 },
    { ...allowDecision, limitKg: 46_000, leftKg: -650 },
    { ...allowDecision, overKg: 20 },
    { ...allowDecision, reasons: refuseDecision.reasons },
  ];
  for (const decision of lies) {
    expect(dispatchSlip({ ...allowedRecord, decision }, 'A4')).toEqual({ ok: false, error: 'not-allowed' });
    expect(refusalNote({ ...allowedRecord, decision }, 'A4')).toEqual({ ok: false, error: 'not-refused' });
  }
});

test('exactly at the limit a truck leaves with nothing left to load', () => {
  const record = { ...allowedRecord, grossKg: 49_000, decision: { ...allowDecision, leftKg: 0 } };
  expect(wordsOf(made(dispatchSlip(record, 'A4')))).toContain('0.00 t');
});

test('the slip says who, what, how heavy, by which rule, and where it stands in the ledger', () => {
  for (const form of ['241x140', 'A4'] as const) {
    const words = wordsOf(made(dispatchSlip(allowedRecord, form))).replaceAll('发\n运', '发运');
    for (const expected of [
      '出场装载单',
      '阳泉市郊区荫营煤炭发运站',
      'YQ01-00000128',
      '正本 Original',
      '晋C12345',
      '准予出场',
      '还可装',
      '2.35 t',
      '46,650 kg',
      '49,000 kg',
      '15,320 kg',
      '31,330 kg',
      '6 轴 · 铰接列车 · 1+2+3',
      '2025-12-01 00:30:05',
      '张建国',
      '第三条',
      '账本第 412 条 9f3c 2a7b e01d 4c58',
    ]) {
      expect(words).toContain(expected);
    }
    expect(words).not.toContain('演练');
  }
});

test('the refusal note says how much to unload, and that it lets nobody leave', () => {
  const words = wordsOf(made(refusalNote({ ...refusedRecord, copy: 3 }, '241x140')));
  for (const expected of [
    '超限拒放单',
    '禁止出场',
    '1.20 t',
    '需卸货 ≥ 1,200 kg',
    '不得凭本单出场',
    '未称',
    '补打 第2次',
  ]) {
    expect(words).toContain(expected);
  }
  expect(words).not.toContain('准予出场');
});

test('a licensed load that holds is named with its sum, and what must come off is by it', () => {
  const limits = [
    { kind: 'legal', kg: 31_000, name: null, holds: false },
    { kind: 'licence-load', kg: 30_000, name: null, holds: true },
  ] as const;
  const decision = {
    ...refuseDecision,
    limitKg: 30_000,
    overKg: 900,
    limits,
    reasons: [{ code: 'net-above-licence-load' as const, detail: '' }],
  };
  const record = {
    ...refusedRecord,
    grossKg: 30_900,
    tareKg: 14_000,
    tareNumber: 5,
    netKg: 16_900,
    decision,
  };
  const words = wordsOf(made(refusalNote(record, 'A4'))).replaceAll('\n', '');
  for (const expected of [
    '超限拒放单',
    '限值 皮重加核定载质量',
    '需卸货 ≥ 900 kg',
    '法定限值31,000 kg；皮重加核定载质量14,000 kg + 16,000 kg = 30,000 kg 为准；净重超过核定载质量',
  ])
    expect(words).toContain(expected);
});

test('a load beyond its contract alone is refused, and is called no overload', () => {
  const limits = [
    { kind: 'legal', kg: 49_000, name: null, holds: false },
    { kind: 'quota', kg: 30_000, name: 'HT-1', holds: true },
  ] as const;
  const reasons = [{ code: 'quota-used-up' as const, detail: '' }];
  const decision = { ...refuseDecision, limitKg: 30_000, overKg: 2_200, limits, reasons };
  const paper = made(refusalNote({ ...refusedRecord, decision }, 'A4'));
  expect(paper.title).toMatch(/^拒放单/);
  expect(wordsOf(paper)).toContain('超合同');
  expect(wordsOf(paper)).toContain('需卸货 ≥ 2,200 kg');
});

test('what is unknown is printed as unknown, never left blank', () => {
  const bare = {
    ...refusedRecord,
    axles: null,
    vehicleClass: null,
    layout: null,
    operator: null,
    lane: ' ',
    plate: '',
  };
  const paper = made(refusalNote(bare, 'A4'));
  for (const item of paper.items) if (item.kind === 'text') expect(item.text).not.toBe('');
  expect(wordsOf(paper)).toContain('轴数未登记 · 车型未登记 · 轴组未登记');
});

test('every drill paper says in words and across the sheet that it is worth nothing', () => {
  const record = { ...allowedRecord, drill: true };
  for (const form of ['241x140', 'A4'] as const) {
    const paper = made(dispatchSlip(record, form));
    expect(wordsOf(paper)).toContain('演练 不具效力');
    expect(wordsOf(paper)).toContain('演练·出场装载单');
    expect(paper.title).toContain('演练');
    const marks = paper.items.filter((item) => item.kind === 'text' && item.style === 'outline');
    expect(marks.length).toBeGreaterThan(0);
    expect(wordsOf(paper)).not.toContain('驾驶员签字');
  }
});

test('a hostile plate or name is printed as text and cannot become markup', () => {
  const nasty = `<script>alert("x")</script>&'`;
  const record = {
    ...allowedRecord,
    plate: nasty,
    stationName: nasty,
    displayNumber: nasty,
    operator: nasty,
  };
  const page = paintPage(made(dispatchSlip(record, 'A4')));
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;');
  fc.assert(
    fc.property(anyRefused, (any) => {
      const svg = paintSvg(made(refusalNote(any, 'A4')));
      const tags = new Set([...svg.matchAll(/<\/?([^\s>/]*)/g)].map((match) => match[1]));
      expect(
        [...tags].every((tag) => ['svg', 'title', 'text', 'rect', 'line', 'path'].includes(tag ?? '')),
      ).toBe(true);

      expect(Array.from(svg).filter((char) => (char.codePointAt(0) ?? 0) < 0x20)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('the page for Chromium is one sheet of the form', () => {
  expect(paintPage(made(dispatchSlip(allowedRecord, '241x140')))).toContain(
    '@page{size:241mm 140mm;margin:0}',
  );
  expect(paintPage(made(dispatchSlip(allowedRecord, 'A4')))).toContain('@page{size:210mm 297mm;margin:0}');
});
