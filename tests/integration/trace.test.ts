import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handClock } from '../../native/handClock.ts';
import { openRecords } from '../../native/store/records.ts';
import { noLoad } from '../../station/contract.ts';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.papers = { form: 'A4' };
  });
});
afterEach(async () => {
  await yard.close();
});

async function passage(plate: string, kg = 48_000): Promise<number> {
  await driveOn(yard, { plate, kg: 15_000, facts: sixAxles, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  await driveOn(yard, { plate, kg, kind: 'gross' });
  const { lane } = await yard.screen.until('identified', (view) => view.lane.phase === 'identified');
  await yard.screen.call('load.state', {
    crossingId: lane.crossingId ?? '',
    load: {
      ...noLoad,
      ...{ goods: '原煤', consignee: '阳泉某电厂', driver: '王师傅', loader: '2号铲车 赵师傅' },
    },
  });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

async function find(text: string, more: object = {}): Promise<readonly (readonly [number, string])[]> {
  const found = await yard.screen.call('trace.find', {
    ...{ by: 'plate', text, atMs: Date.now(), windowMs: 3_600_000, near: true },
    ...more,
  });
  if (!found.ok) throw new Error(found.error.code);
  return found.value.hits.map(({ number, how }) => [number, how] as const);
}

describe('a truck found on the road', () => {
  it('is traced to its passage by plate, part of it, a misread character, its slip, its driver and its receiver', async () => {
    const number = await passage('晋C83N16');
    expect(await find('晋C83N16')).toContainEqual([number, 'recorded']);
    expect(await find('晋c·83n16')).toContainEqual([number, 'recorded']);
    expect(await find('晋C88N16')).toContainEqual([number, 'near']);
    expect(await find('晋C88N16', { near: false })).toEqual([]);
    expect(await find('83N')).toContainEqual([number, 'part']);
    expect(await find('晋C8?N16')).toContainEqual([number, 'part']);
    expect(await find('晋C83N16', { atMs: Date.now() - 10 * 3_600_000 })).toEqual([]);
    expect(await find(`YQ-7-${String(number).padStart(8, '0')}`, { by: 'slip' })).toEqual([[number, 'slip']]);
    expect(await find(`YQ-8-${String(number).padStart(8, '0')}`, { by: 'slip' })).toEqual([]);
    expect(await find('王师傅', { by: 'driver' })).toEqual([[number, 'recorded']]);
    expect(await find('某电厂', { by: 'consignee' })).toEqual([[number, 'recorded']]);
    const detail = await yard.screen.call('passages.detail', { number });
    const hash = detail.ok ? detail.value.ledger.hash : '';
    expect(await find((hash.slice(0, 16).match(/.{4}/g) ?? []).join(' '), { by: 'slip' })).toEqual([
      [number, 'slip'],
    ]);
    for (const nasty of ["'; DROP TABLE ledger; --", '%', '*', '[', '%_"', '\u0000']) {
      expect(await find(nasty)).toEqual([]);
    }
  });

  it('is found under the corrected plate and under the one on its paper, and the correction stands beside it', async () => {
    const number = await passage('晋C11111');
    await yard.screen.call('record.correct', { number, field: 'plate', now: '晋C22222', reason: '认错' });
    await yard.screen.call('record.correct', { number, field: 'driver', now: '李师傅', reason: '写错' });
    expect(await find('晋C22222', { near: false })).toEqual([[number, 'corrected']]);
    expect(await find('晋C11111', { near: false })).toContainEqual([number, 'recorded']);
    expect(await find('李师傅', { by: 'driver' })).toEqual([[number, 'corrected']]);
    const found = await yard.screen.call('trace.find', {
      ...{ by: 'plate', text: '晋C22222', atMs: null, windowMs: 0, near: false },
    });
    expect(found.ok && found.value.hits[0]).toMatchObject({ plate: '晋C11111', plateNow: '晋C22222' });
  });

  it('comes with everything checked again, and a report whose giving out is in the ledger', async () => {
    const number = await passage('晋C83N16');
    const around = await yard.screen.call('trace.around', { number });
    expect(around.ok && around.value).toMatchObject({
      tareNumber: number - 1,
      check: { link: true, signature: 'holds', weight: 'same', readKg: 48_000, decision: 'same' },
      tareCheck: { signature: 'holds', weight: 'same', decision: 'none' },
      crossing: { outcome: 'slip', number },
      vehicle: { plate: '晋C83N16' },
    });
    const report = await yard.screen.call('trace.report', { number, print: true });
    if (!report.ok) throw new Error(report.error.detail);
    expect(report.value.fileName).toBe(`YQ-7-${String(number).padStart(8, '0')}-trace.pdf`);
    const pdf = Buffer.from(report.value.base64, 'base64');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const link = yard.station.desk.deps.stores.ledger;
    expect(link.link(link.head.sequence)?.text).toMatch(/"type":"evidence-exported"/);
    keep('trace.pdf', pdf);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    expect(text).toContain('王师傅');
    expect(text).toContain('2号铲车 赵师傅');
  });

  it('is read beside a running station by another program, that writes nothing', async () => {
    const number = await passage('晋C83N16');
    const records = openRecords(yard.dir);
    try {
      expect(records.passages.row(number)).toMatchObject({ plate: '晋C83N16' });
      expect(() => records.db.exec('DELETE FROM passages')).toThrow(/readonly/);
    } finally {
      records.close();
    }
  });
});

it('a trailer and what the camera read are names of the passage, too', () => {
  const { stores } = yard.station.desk.deps;
  const clock = handClock();
  const appended = stores.ledger.append((number) => ({
    type: 'weighing',
    body: sampleWeighing({
      number: number(),
      crossingId: 'c',
      plate: '晋C33333',
      cameraPlate: '晋C3B333',
      trailerPlate: '晋C1234挂',
      kind: 'gross',
      grossKg: 40_000,
    }),
  }));
  expect(appended.ok && clock.nowMs() > 0).toBe(true);
  const rows = stores.db.prepare('SELECT name, how FROM other_names ORDER BY how').all();
  expect(rows).toEqual([
    { name: '晋C3B333', how: 'camera' },
    { name: '晋C1234挂', how: 'trailer' },
  ]);
});

function keep(name: string, bytes: Uint8Array): void {
  const dir = process.env.YUANHENG_SHOTS;
  if (dir === undefined) return;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), bytes);
  expect(readFileSync(join(dir, name)).length).toBe(bytes.length);
}
