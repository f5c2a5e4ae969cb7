import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallName } from '../../station/contract.ts';
import { calls, noLoad } from '../../station/contract.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard();
});

afterEach(async () => {
  await yard.close();
});

function papers(): string[] {
  const files = readdirSync(yard.dir, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.pdf')).map((file) => join(yard.dir, file));
}

function textOf(pdf: string): string {
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
}

/** Papers about records, not for a truck to leave with; their titles say so. */
const reports = /-(trace|inspection|shift|manifest)\.pdf$/;

describe('a truck through the scale house', () => {
  it('weighed empty, loaded and legal, leaves with a slip a PDF reader can read', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, facts: sixAxles });
    expect(await save(yard)).toMatchObject({ number: 1, kind: 'tare', outcome: null, paper: null });
    await driveOff(yard);
    const ready = await driveOn(yard, { plate: '晋C12345', kg: 48_200 });
    expect(ready.lane.kind).toBe('gross');
    expect(ready.lane.decision).toMatchObject({ outcome: 'allow', limitKg: 49_000, leftKg: 800 });
    expect(ready.lane.next).toBe('save-and-print-slip');
    expect(await save(yard)).toMatchObject({ number: 2, outcome: 'allow', paper: 'slip' });
    const [slip] = papers();
    const text = textOf(slip!);
    for (const part of ['出场装载单', '晋C12345', '48', '32', 'YQ-7-00000002']) expect(text).toContain(part);
    const detail = await yard.screen.call('passages.detail', { number: 2 });
    expect(detail.ok && detail.value).toMatchObject({
      row: { netKg: 32_600, tareKg: 15_600 },
      tareNumber: 1,
      ledger: { intact: true },
      papers: [{ kind: 'slip', copy: 1, failure: null }],
    });
    expect(detail.ok && detail.value.frames.length).toBeGreaterThanOrEqual(8);
    expect(detail.ok && detail.value.curve.at(-1)).toMatchObject({ kg: 48_200 });
  });

  it('keeps its bytes from the zero before to the zero after, also those that came once it was weighed', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    const { number } = await save(yard);
    const curve = async (): Promise<readonly (number | null)[]> => {
      const detail = await yard.screen.call('passages.detail', { number });
      return detail.ok ? detail.value.curve.map(({ kg }) => kg) : [];
    };
    const before = await curve();
    expect([before.slice(0, 3), before.at(-1)]).toEqual([[0, 0, 0], 40_000]);
    yard.scale.put(38_000);
    await yard.screen.until('unloaded', (_, weight) => weight.kind === 'live' && weight.kg === 38_000);
    await driveOff(yard);
    const after = await curve();
    expect(after.slice(0, before.length)).toEqual(before);
    expect([after.includes(38_000), after.slice(-3)]).toEqual([true, [0, 0, 0]]);
    const { ledger, curves } = yard.station.desk.deps.stores;
    const closed = JSON.parse(ledger.lastOfType('crossing-closed')!.text) as {
      body: { curveSha256: string };
    };
    expect(curves.read(closed.body.curveSha256)?.split('\n')).toHaveLength(after.length);
  });

  it('exactly at the limit leaves, one division more does not', async () => {
    await driveOn(yard, { plate: '晋C00001', kg: 49_000, facts: sixAxles });
    expect((await save(yard)).outcome).toBe('allow');
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C00001', kg: 49_020 });
    expect(await save(yard)).toMatchObject({ outcome: 'refuse', paper: 'refusal' });
  });

  it('overloaded, cannot get a slip by any contract call', async () => {
    await driveOn(yard, { plate: '晋C99999', kg: 52_000, facts: sixAxles });
    const { number } = await save(yard);
    const crossingId = yard.screen.view?.lane.crossingId ?? '';
    const inputs: Readonly<Record<CallName, unknown>> = {
      'view.get': {},
      'operator.sign-in': { name: '张三' },
      'plate.enter': { crossingId, plate: '晋C88888', colour: 'yellow' },
      'vehicle.state': { plate: '晋C99999', colour: 'yellow', facts: sixAxles, papers: papersInOrder },
      'vehicle.get': { plate: '晋C99999', colour: 'yellow' },
      'kind.choose': { crossingId, kind: 'tare' },
      'weighing.save': { crossingId },
      'paper.print': { number },
      'paper.view': { number, form: 'A4' },
      'paper.pdf': { number, form: '241x140' },
      'passages.list': { beforeNumber: null, limit: 10, plate: null, outcome: null },
      'passages.detail': { number },
      'picture.get': { sha256: '0'.repeat(64) },
      'outbox.list': {},
      'outbox.retry': { sequence: 1 },
      'clock.confirm': {},
      'crossing.maintenance': { crossingId, note: '检修' },
      'crossings.list': { beforeSequence: null, limit: 10, unexplainedOnly: false },
      'crossing.explain': { crossingId, as: 'other', note: '放行' },
      'record.correct': { number, field: 'plate', now: '晋C88888', reason: '放行' },
      'manual.put': {
        weighedAtMs: 1,
        plate: '晋C99999',
        colour: 'yellow',
        kind: 'gross',
        statedKg: 40_000,
        source: '手写',
        reason: '放行',
      },
      'manual.list': { limit: 10 },
      'evidence.make': { number },
      'evidence.state': {},
      'evidence.chunk': { fileName: 'evidence-YQ-7-00000001.zip', offset: 0 },
      'keys.publish': { what: 'list' },
      'keys.list': {},
      'beams.get': {},
      'beams.live': {},
      'beams.try': { beams: {} },
      'beams.stop': {},
      'beams.save': { beams: null },
      'camera.try': { id: 'entry' },
      'cameras.find': { address: '127.0.0.1:9' },
      'cameras.save': { cameras: [] },
      'live.next': { camera: 'entry', afterMs: 0 },
      'exits.list': {
        ...{ beforeSequence: null, limit: 10, show: 'all', found: null, plate: null, from: null, to: null },
      },
      'exit.explain': { sequence: 1, as: 'other', note: '放行' },
      'key.introduce': { reason: 'rotation' },
      'key.revoke': { keyId: '0'.repeat(16), sinceMs: 0, reason: '放行' },
      'trace.find': { by: 'plate', text: '晋C99999', atMs: null, windowMs: 0, near: true },
      'trace.around': { number },
      'trace.report': { number, print: true },
      'inspection.look': {},
      'inspection.check': {},
      'inspection.progress': {},
      'inspection.sample': { count: 1, seed: null },
      'inspection.sign': { inspector: '检查员', remark: '', count: 1, seed: 'a' },
      'inspection.mode': { on: false },
      'gate.list': {
        ...{ from: '2020-01-01', to: '2099-01-01', plate: null, fleet: null, emission: null },
        before: null,
        limit: 10,
      },
      'gate.export': {
        ...{ from: '2020-01-01', to: '2099-01-01', plate: null, fleet: null, emission: null },
        form: 'csv',
      },
      'shift.get': {},
      'shift.close': { next: null },
      'shift.paper': { sequence: 1, print: true },
      'manifest.get': { from: '2020-01-01', to: '2020-01-01' },
      'manifest.export': { from: '2020-01-01', to: '2020-01-01', form: 'pdf' },
      // Of this one itself further down: a voided record has no paper at all.
      'weighing.void': { number: number + 1000, reason: '放行' },
      'plate.none': { crossingId },
      'trailer.enter': { crossingId, plate: '晋C1234挂' },
      'rear.enter': { crossingId, plate: '晋C99999' },
      'axles.state': { crossingId, axleLoadsKg: null, measuredBy: '' },
      'load.state': { crossingId, load: noLoad },
      'register.list': { kind: 'vehicle', search: '', afterKey: null, limit: 10 },
      'register.put': {
        each: {
          kind: 'listing',
          entry: { plate: '晋C99999', colour: 'yellow', list: 'white', reason: '放行' },
        },
        formerKey: null,
      },
      'register.remove': { kind: 'vehicle', key: '晋C99999 yellow', reason: '放行' },
      'register.history': { kind: 'vehicle', key: '晋C99999 yellow' },
      'register.tares': { plate: '晋C99999', colour: 'yellow' },
      'register.export': { kind: 'vehicle', empty: false },
      'register.preview': { kind: 'vehicle', base64: '' },
      'register.import': { previewId: 'none' },
      'picture.keep': { base64: '' },
      'rules.list': {},
      'rules.load': { text: '{}' },
      'decision.explain': { number },
      'release.grant': {
        number,
        kind: 'emergency-order',
        document: '1',
        validUntil: '2099-12-31',
        picture: '0'.repeat(64),
        authority: '应急管理局',
        reason: '放行',
        requestedBy: { name: '张三', pin: '123456' },
        approvedBy: { name: '李四', pin: '123456' },
      },
      'people.list': {},
      'people.enrol': { name: '张三', role: 'manager', pin: '123456', by: null },
      'console.get': {},
      'loading.get': {},
      'copies.get': {},
      'copies.checkpoint': {},
      'copies.backup': { place: null },
      'copies.accept-loss': { reason: '放行' },
      'instrument.ports': {},
      'instrument.profiles': {},
      'instrument.get': {},
      'instrument.live': {},
      'instrument.detect': { line: {} },
      'instrument.found': {},
      'instrument.try': { instrument: {} },
      'instrument.suggest': {},
      'instrument.stop': {},
      'instrument.save': { instrument: {}, neighbours: [], confirmed: true },
      'instrument.report': { installer: '王工' },
      'cameras.list': {},
      'cameras.addresses': { id: 'entry' },
    };
    for (const name of Object.keys(calls) as CallName[]) {
      await yard.screen.raw(name, inputs[name]);
      await yard.screen.raw(name, {
        ...(inputs[name] as object),
        kind: 'slip',
        outcome: 'allow',
        force: true,
      });
    }
    const view = await yard.screen.call('paper.view', { number, form: '241x140' });
    expect(view.ok && view.value.kind).toBe('refusal');
    expect(papers().length).toBeGreaterThan(0);
    for (const report of papers().filter((paper) => reports.test(paper))) {
      expect(textOf(report)).not.toMatch(/可以放行|^\s*出场装载单/m);
      // A shift report counts what was allowed; here nothing was.
      if (!report.endsWith('-shift.pdf')) expect(textOf(report)).not.toContain('准予出场');
    }
    for (const paper of papers().filter((each) => !reports.test(each))) {
      expect(paper).toContain('-refusal');
      expect(textOf(paper)).toContain('超限拒放单');
      expect(textOf(paper)).not.toMatch(/可以放行|^\s*出场装载单/m);
    }
    expect(yard.screen.view?.recent).toHaveLength(1);
    expect((await yard.screen.call('weighing.void', { number, reason: '车牌有误' })).ok).toBe(true);
    expect(await yard.screen.call('paper.view', { number, form: '241x140' })).toMatchObject({
      ok: false,
      error: { code: 'already-voided' },
    });
  });

  it('pressed twice, is weighed once', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    const [first, second] = await Promise.all([save(yard), save(yard)]);
    expect(second.number).toBe(first.number);
    expect(papers()).toHaveLength(1);
  });

  it('cannot be weighed again before the scale was empty', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    await save(yard);
    yard.scale.put(30_000);
    await yard.screen.until(
      'new weight',
      (_, weight) => weight.kind === 'live' && weight.kg === 30_000 && weight.stable,
    );
    expect(yard.screen.view?.lane).toMatchObject({ phase: 'decided', next: 'drive-off' });
    expect((await save(yard)).number).toBe(1);
  });

  it('with unknown axles is not decided until somebody states them, and then remembered', async () => {
    await emptyScale(yard);
    yard.scale.put(30_000);
    const on = await yard.screen.until('stable', (view) => view.lane.phase === 'stable');
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C70001', colour: 'yellow' });
    await yard.screen.call('kind.choose', { crossingId, kind: 'gross' });
    const refused = await yard.screen.call('weighing.save', { crossingId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'vehicle-unknown' } });
    const rigid = { axles: 4, vehicleClass: 'rigid', layout: '2+2', driveAxles: null } as const;
    const facts = { ...sixAxles, ...rigid, registeredGrossKg: 31_000 };
    await yard.screen.call('vehicle.state', {
      plate: '晋C70001',
      colour: 'yellow',
      facts,
      papers: papersInOrder,
    });
    expect((await save(yard)).outcome).toBe('allow');
    await driveOff(yard);
    const again = await driveOn(yard, { plate: '晋C70001', kg: 32_200, kind: 'gross' });
    expect(again.lane.decision).toMatchObject({ outcome: 'refuse', limitKg: 31_000, overKg: 1200 });
  });

  it('lighter than its own tare is not decided', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, facts: sixAxles });
    await save(yard);
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C12345', kg: 12_000, kind: 'gross' });
    expect(await save(yard)).toMatchObject({ outcome: 'cannot-decide', paper: null });
  });

  it('that left unweighed stands in the ledger as unexplained', async () => {
    yard.scale.put(40_000);
    await yard.screen.until('on', (view) => view.lane.phase === 'stable');
    await driveOff(yard);
    const event = yard.station.desk.deps.stores.ledger.lastOfType('crossing-closed');
    expect(JSON.parse(event!.text)).toMatchObject({
      body: { outcome: 'unexplained', peakKg: 40_000, number: null },
    });
  });
});

describe('a line that fails', () => {
  it('has no weight on screen and none to save once frames stop', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    yard.scale.mute(true);
    await yard.screen.until(
      'stale',
      (view, weight) => weight.kind === 'none' && weight.why === 'stale' && view.lane.next === 'repair-scale',
    );
    const crossingId = yard.screen.view?.lane.crossingId ?? '';
    const refused = await yard.screen.call('weighing.save', { crossingId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'scale-not-ready' } });
    yard.scale.mute(false);
    await yard.screen.until('back', (view) => view.lane.phase === 'identified');
    expect((await save(yard)).outcome).toBe('allow');
  });

  it('dropped and taken up again, weighs the same truck on', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    yard.scale.drop();
    await yard.screen.until('down', (view) => view.lane.stableKg === null);
    await yard.screen.until('back', (view) => view.lane.phase === 'identified');
    expect((await save(yard)).number).toBe(1);
  });
});

describe('a truck counts only from a zero that was seen', () => {
  /** Weighed as it stands: what a person can do with a truck that is there already. */
  async function savedAsItStands(plate: string): Promise<number> {
    const on = await yard.screen.until('stands', (view) => view.lane.phase === 'stable');
    expect(on.lane.next).toBe('weigh-again');
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('vehicle.state', {
      ...{ plate, colour: 'yellow', facts: sixAxles, papers: papersInOrder },
    });
    await yard.screen.call('plate.enter', { crossingId, plate, colour: 'yellow' });
    const tare = await yard.screen.call('kind.choose', { crossingId, kind: 'tare' });
    expect(tare.ok).toBe(true);
    await yard.screen.until('a tare is refused', (view) => view.lane.next === 'weigh-again');
    expect(await yard.screen.call('weighing.save', { crossingId })).toMatchObject({ ok: false });
    await yard.screen.call('kind.choose', { crossingId, kind: 'gross' });
    await yard.screen.until('undecided', (view) => view.lane.next === 'save-without-paper');
    const saved = await save(yard);
    expect(saved).toMatchObject({ outcome: 'cannot-decide', paper: null });
    return saved.number;
  }

  async function reasonsOf(number: number): Promise<readonly string[]> {
    const detail = await yard.screen.call('passages.detail', { number });
    return detail.ok ? (detail.value.decision?.reasons ?? []).map(({ code }) => code) : [];
  }

  it('not found on the deck by a program that starts; off and on again, it does', async () => {
    yard.screen.close();
    await yard.station.close();
    yard.scale.put(40_000);
    await yard.reopen();
    expect(await reasonsOf(await savedAsItStands('晋C12345'))).toEqual(['zero-not-seen']);
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, kind: 'gross' });
    expect((await save(yard)).outcome).toBe('allow');
  });

  it('not left there by a program that stopped before it was weighed', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    await yard.restart();
    expect(await reasonsOf(await savedAsItStands('晋C12345'))).toEqual(['zero-not-seen']);
  });

  it('not come while the line was silent', async () => {
    await yard.screen.until('empty', (view) => view.lane.next === 'wait-for-truck');
    yard.scale.mute(true);
    await yard.screen.until('silent', (_, weight) => weight.kind === 'none');
    yard.scale.put(40_000);
    yard.scale.mute(false);
    const number = await savedAsItStands('晋C12345');
    expect(await reasonsOf(number)).toEqual(['zero-not-seen']);
    await driveOff(yard);
    const { ledger } = yard.station.desk.deps.stores;
    expect(JSON.parse(ledger.lastOfType('crossing-closed')!.text)).toMatchObject({
      body: { number, outcome: 'cannot-decide', from: 'unknown', to: 'zero' },
    });
  });

  it('not onto a scale that did not return to zero, where it is a crossing of its own', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    expect((await save(yard)).outcome).toBe('allow');
    yard.scale.put(100);
    await yard.screen.until('said so', (view) => view.lane.next === 'clear-scale');
    yard.scale.put(30_000);
    const number = await savedAsItStands('晋C70001');
    expect(await reasonsOf(number)).toEqual(['not-from-zero']);
    const { ledger } = yard.station.desk.deps.stores;
    expect(JSON.parse(ledger.lastOfType('crossing-closed')!.text)).toMatchObject({
      body: { number: 1, outcome: 'slip', from: 'zero', to: 'off-zero' },
    });
    await driveOff(yard);
  });
});

describe('an indicator that was set up otherwise than it is', () => {
  it('with another division: said at once, and nothing is decided, nor a tare taken', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_010, facts: sixAxles });
    const said = await yard.screen.until('said so', (view) =>
      view.faults.some(({ code }) => code === 'indicator-division'),
    );
    expect(said.faults).toMatchObject([{ detail: '40010 ≠ kg, d = 20 kg' }]);
    await yard.screen.until('undecided', (view) => view.lane.decision?.outcome === 'cannot-decide');
    expect(await save(yard)).toMatchObject({ outcome: 'cannot-decide', paper: null });
    const detail = await yard.screen.call('passages.detail', { number: 1 });
    expect(detail.ok && detail.value.decision?.reasons).toEqual([
      { code: 'indicator-disagrees', detail: 'division: 40010 ≠ kg, d = 20 kg' },
    ]);
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C12345', kg: 15_000, kind: 'tare' });
    const crossingId = yard.screen.view?.lane.crossingId ?? '';
    expect(await yard.screen.call('weighing.save', { crossingId })).toMatchObject({
      ok: false,
      error: { code: 'scale-not-ready' },
    });
  });
});

describe('a program that stops', () => {
  it('between the record and the exit, does not weigh the same crossing again', async () => {
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    await save(yard);
    await yard.restart();
    const back = await yard.screen.until('resumed', (view) => view.lane.next === 'drive-off');
    expect(back.lane).toMatchObject({
      phase: 'decided',
      saved: { number: 1 },
      decision: { outcome: 'allow' },
    });
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C12345', kg: 41_000 });
    expect((await save(yard)).number).toBe(2);
  });
});
