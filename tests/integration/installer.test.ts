import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { TestYard } from '../support/yard.ts';
import { openYard } from '../support/yard.ts';

let yard: TestYard;
let other: TestScale | null = null;

afterEach(async () => {
  await yard.close();
  await other?.close();
  other = null;
});

function instrument(port: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    profile: 'yaohua-continuous',
    transport: { kind: 'tcp', host: '127.0.0.1', port },
    divisionKg: 20,
    maxKg: 100_000,
    ...change,
  };
}

describe('an installer at an unknown indicator', () => {
  it('finds its protocol with the evidence, while the scale shows no weight; then it weighs again', async () => {
    yard = await openYard();
    other = await startScale();
    other.put(12_460);
    const line = { kind: 'tcp', host: '127.0.0.1', port: other.port };
    expect(await yard.screen.call('instrument.detect', { line })).toMatchObject({ ok: true });
    await yard.screen.until('no weight', (_, weight) => weight.kind === 'none');
    await vi.waitFor(async () => {
      const found = await yard.screen.call('instrument.found', {});
      expect(found.ok && found.value).toMatchObject({
        running: false,
        candidates: [{ profile: 'yaohua-continuous', coveredPercent: 100, shows: '12460' }, {}],
      });
    }, 15_000);
    await yard.screen.until('own again', (_, weight) => weight.kind === 'live');
  });

  it('tries it, sees the bytes and the weight, and nothing of it is weighed with', async () => {
    yard = await openYard();
    const tried = await startScale();
    other = tried;
    tried.put(33_000);
    const answer = await yard.screen.call('instrument.try', { instrument: instrument(tried.port) });
    expect(answer).toMatchObject({ ok: true, value: { problems: [] } });
    await vi.waitFor(async () => {
      const live = await yard.screen.call('instrument.live', {});
      expect(live.ok && live.value).toMatchObject({ source: 'try', state: 'open', kg: 33_000 });
      expect(live.ok && live.value.bytes.at(-1)?.hex).toContain('022b303333303030');
    }, 5000);
    expect(yard.screen.weights.some((weight) => weight.kind === 'live' && weight.kg === 33_000)).toBe(false);
    expect(yard.screen.view?.lane.crossingId).toBeNull();
    await yard.screen.call('instrument.stop', {});
    await yard.screen.until('own again', (_, weight) => weight.kind === 'live' && weight.kg === 0);
  });

  it('is told which field is wrong, and nothing changes', async () => {
    yard = await openYard();
    const wrong = instrument(4001, { divisionKg: 0, options: { offset: 5 } });
    const answer = await yard.screen.call('instrument.save', {
      instrument: wrong,
      neighbours: [],
      confirmed: true,
    });
    expect(answer.ok && answer.value.problems.map(({ field }) => field)).toEqual(['divisionKg']);
    const bent = await yard.screen.call('instrument.save', {
      instrument: instrument(4001, { options: { offset: 5 } }),
      neighbours: [],
      confirmed: true,
    });
    expect(bent.ok && bent.value.problems[0]?.field).toContain('options');
    expect(yard.station.desk.deps.stores.ledger.lastOfType('instrument-changed')).toBeNull();
  });

  it('saves what was confirmed into the settings and the ledger, and leaves every other setting as it was', async () => {
    yard = await openYard();
    const file = join(yard.dir, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({ station: { id: 'YQ-7', name: '阳泉测试煤场' }, papers: { form: 'A4' } }),
    );
    const answer = await yard.screen.call('instrument.save', {
      instrument: instrument(4001, { profile: 'keli-continuous' }),
      neighbours: [],
      confirmed: true,
    });
    expect(answer).toMatchObject({ ok: true, value: { problems: [] } });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      papers: { form: 'A4' },
      instrument: { profile: 'keli-continuous', divisionKg: 20 },
    });
    const event = yard.station.desk.deps.stores.ledger.lastOfType('instrument-changed');
    expect(event?.text).toContain('keli-continuous');
  });

  it('changes nothing while a truck stands on the scale', async () => {
    yard = await openYard();
    yard.scale.put(30_000);
    await yard.screen.until('on', (view) => view.lane.crossingId !== null);
    for (const call of ['instrument.try', 'instrument.save'] as const) {
      const answer = await yard.screen.raw(call, {
        instrument: instrument(4001),
        neighbours: [],
        confirmed: true,
      });
      expect(answer).toMatchObject({ ok: false, error: { code: 'vehicle-on-scale' } });
    }
  });

  it('leaves with a report a PDF reader can read', async () => {
    yard = await openYard();
    await yard.screen.until('weight', (_, weight) => weight.kind === 'live');
    const report = await yard.screen.call('instrument.report', { installer: '王工' });
    if (!report.ok) throw new Error(report.error.code);
    const file = join(yard.dir, 'report.pdf');
    writeFileSync(file, Buffer.from(report.value.base64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    for (const part of ['仪表接入测试报告', 'yaohua-continuous', '王工', 'e = 20 kg'])
      expect(text).toContain(part);
  });
});
