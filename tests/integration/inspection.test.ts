import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Database from 'better-sqlite3';
import { WebSocket } from 'ws';
import { consoleOf } from '../../native/console/consoleOf.ts';
import { inspectorCalls } from '../../native/console/inspectorLine.ts';
import type { ConsoleServer } from '../../native/console/server.ts';
import type { CallName, ReplyMessage } from '../../station/contract.ts';
import { calls, noLoad } from '../../station/contract.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import { sampleNumbers } from '../../station/ledger/sample.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, save, sixAxles } from '../support/yard.ts';

const screensDir = resolve(import.meta.dirname, '../../dist/renderer');
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard();
  served = await consoleOf(() => yard.station, { screensDir, port: 0 });
});
afterEach(async () => {
  await served.close();
  await yard.close();
});

async function signIn(code: string): Promise<Response> {
  return fetch(`${served.url}login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: served.url.slice(0, -1) },
    body: JSON.stringify({ code }),
  });
}

/** A browser's line, with the cookie of its login. */
async function lineOf(code: string): Promise<{
  readonly ask: (call: string, input: unknown) => Promise<ReplyMessage>;
  readonly close: () => void;
}> {
  const cookie = (await signIn(code)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}station`, {
    headers: { cookie },
    origin: served.url.slice(0, -1),
  });
  await new Promise((opened, failed) => {
    socket.once('open', opened);
    socket.once('error', failed);
  });
  let last = 0;
  return {
    ask: (call, input) =>
      new Promise((answered) => {
        const id = (last += 1);
        const hear = (data: Buffer): void => {
          const message = JSON.parse(data.toString('utf8')) as ReplyMessage | { event: string };
          if ('event' in message || message.id !== id) return;
          socket.off('message', hear);
          answered(message);
        };
        socket.on('message', hear);
        socket.send(JSON.stringify({ id, call, input }));
      }),
    close: () => {
      socket.close();
    },
  };
}

async function weigh(plate: string, kg = 48_000): Promise<void> {
  await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
}

function texts(): string[] {
  return [...yard.station.desk.deps.stores.ledger.links()].map(({ text }) => text);
}

const day = { from: '2020-01-01', to: '2099-12-31', plate: null, fleet: null, emission: null };
/** What an inspector's page asks, each as it would. */
const asked: Readonly<Partial<Record<CallName, unknown>>> = {
  'passages.list': { beforeNumber: null, limit: 10, plate: null, outcome: null },
  'passages.detail': { number: 1 },
  'paper.view': { number: 1, form: 'A4' },
  'paper.pdf': { number: 1, form: 'A4' },
  'picture.get': { sha256: '0'.repeat(64) },
  'crossings.list': { beforeSequence: null, limit: 10, unexplainedOnly: false },
  'exits.list': {
    ...{ beforeSequence: null, limit: 10, show: 'all', found: null, plate: null, from: null, to: null },
  },
  'manual.list': { limit: 10 },
  'keys.publish': { what: 'list' },
  'decision.explain': { number: 1 },
  'trace.find': { by: 'plate', text: '晋C83N16', atMs: null, windowMs: 0, near: true },
  'trace.around': { number: 1 },
  'trace.report': { number: 1, print: false },
  'inspection.sample': { count: 5, seed: 'abc' },
  'inspection.sign': { inspector: '王检查', remark: '', count: 5, seed: 'abc' },
  'gate.list': { ...day, before: null, limit: 10 },
  'gate.export': { ...day, form: 'csv' },
  'manifest.get': { from: '2020-01-01', to: '2020-01-01' },
};

describe("an inspector's login", () => {
  it('looks at everything and changes nothing, whatever it asks: every call of the contract', async () => {
    await weigh('晋C83N16');
    const line = await lineOf(served.inspectorCode);
    const own = new Set(['inspection', 'evidence-exported']);
    for (const call of Object.keys(calls) as CallName[]) {
      const before = texts().length;
      const answer = await line.ask(call, asked[call] ?? (call === 'inspection.mode' ? { on: false } : {}));
      const added = texts()
        .slice(before)
        .map((text) => (JSON.parse(text) as { type: string }).type);
      if (!inspectorCalls.has(call)) {
        expect(answer, call).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
        expect(added, call).toEqual([]);
      } else {
        expect(answer.ok || answer.error.code, call).toSatisfy(
          (said: unknown) => said === true || said === 'no-such-picture',
        );
        // What an inspector adds is that it looked, and what it took with it.
        for (const type of added) expect(own, call).toContain(type);
        if (added.includes('evidence-exported')) expect(texts().at(-1)).toContain('检查员');
      }
    }
    expect(await line.ask('inspection.mode', { on: true })).toMatchObject({ ok: true });
    expect(await line.ask('weighing.void', { number: 1, reason: '不该能作废' })).toMatchObject({ ok: false });
    for (const odd of ['__proto__', 'constructor', 'view.get ', '']) {
      expect(await line.ask(odd, {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    line.close();
  });

  it('is one of three codes, each a line of its own in the ledger, and refused ones do not fill it', async () => {
    expect(new Set([served.code, served.loaderCode, served.inspectorCode]).size).toBe(3);
    for (const code of [served.code, served.loaderCode, served.inspectorCode]) {
      expect((await signIn(code)).status).toBe(200);
    }
    for (let nth = 0; nth < 20; nth += 1) await signIn('0000-0000-0000');
    const sessions = texts()
      .map((text) => JSON.parse(text) as { type: string; body: unknown })
      .filter(({ type }) => type === 'console-session')
      .map(({ body }) => body);
    const from = '127.0.0.1';
    expect(sessions).toEqual([
      { what: 'opened', role: 'desk', from },
      { what: 'opened', role: 'loader', from },
      { what: 'opened', role: 'inspector', from },
      ...[1, 2, 3].map(() => ({ what: 'refused', role: null, from })),
    ]);
  });
});

describe('at the desk', () => {
  it('a screen made an inspector’s is refused by the station until it is made a desk again', async () => {
    await weigh('晋C83N16');
    const { screen } = yard;
    expect((await screen.call('inspection.mode', { on: true })).ok).toBe(true);
    const voiding = { number: 1, reason: '不该能作废' };
    expect(await screen.call('weighing.void', voiding)).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await screen.call('load.state', { crossingId: '', load: noLoad })).ok).toBe(false);
    expect((await screen.call('inspection.mode', { on: false })).ok).toBe(true);
    expect((await screen.call('weighing.void', voiding)).ok).toBe(true);
  });
});

describe('an inspection', () => {
  it('draws rows anyone can draw again, makes each out again, and is signed by the station’s key', async () => {
    for (const plate of ['晋C00001', '晋C00002', '晋C00003']) await weigh(plate);
    await weigh('晋C00004', 52_000);
    const { screen } = yard;
    await screen.call('inspection.check', {});
    await vi.waitFor(
      async () => {
        const progress = await screen.call('inspection.progress', {});
        expect(progress.ok && progress.value).toMatchObject({ state: 'done', fault: null, weighings: 4 });
      },
      { timeout: 30_000 },
    );
    const sampled = await screen.call('inspection.sample', { count: 3, seed: 'yq-1' });
    if (!sampled.ok) throw new Error(sampled.error.code);
    expect(sampled.value.rows.map(({ check }) => check.number)).toEqual(sampleNumbers('yq-1', 4, 3));
    expect(sampled.value.rows.some(({ doubtful }) => doubtful)).toBe(false);

    const signed = await screen.call('inspection.sign', {
      ...{ inspector: '王检查', remark: '现场抽查', count: 4, seed: 'yq-1' },
    });
    if (!signed.ok) throw new Error(signed.error.detail);
    const { signature, ...content } = JSON.parse(signed.value.json) as Record<string, CanonicalValue> & {
      publicKey: string;
      signature: string;
    };
    const canonical = canonicalJson(content);
    const sha256 = createHash('sha256').update(canonical, 'utf8').digest('hex');
    expect(sha256).toBe(signed.value.sha256);
    const key = createPublicKey({
      key: Buffer.from(content.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const message = Buffer.from(`yuanheng-inspection-1:${sha256}`, 'utf8');
    expect(verify(null, message, key, Buffer.from(signature, 'base64'))).toBe(true);
    const last = JSON.parse(texts().at(-1) ?? '') as { type: string; body: object };
    expect(last).toMatchObject({
      type: 'inspection',
      body: { inspector: '王检查', summarySha256: sha256, sampled: sampleNumbers('yq-1', 4, 4) },
    });
    keep('inspection.pdf', Buffer.from(signed.value.base64, 'base64'));
  });

  it('sees a weight that was changed behind the program, a number that is gone, and a picture that is missing', async () => {
    await weigh('晋C00001');
    await weigh('晋C00002');
    await weigh('晋C00003');
    const other = new Database(join(yard.dir, 'yuanheng.db'));
    other.exec(`DROP TRIGGER ledger_never_changes;
      UPDATE ledger SET text = replace(text, '48000', '47000') WHERE number = 2;
      PRAGMA foreign_keys = OFF; DELETE FROM passages WHERE number = 3`);
    other.close();
    const { screen } = yard;
    const look = await screen.call('inspection.look', {});
    if (!look.ok) throw new Error(look.error.detail);
    expect(look.value.figures.tail.fault).toMatch(/^hash /);
    const sample = await screen.call('inspection.sample', { count: 3, seed: 'x' });
    const doubtful = sample.ok ? sample.value.rows.filter((row) => row.doubtful) : [];
    expect(doubtful.map(({ check }) => check.number)).toContain(2);
    await screen.call('inspection.check', {});
    await vi.waitFor(
      async () => {
        const progress = await screen.call('inspection.progress', {});
        expect(progress.ok && progress.value.state === 'done' && progress.value.fault).toMatch(/^hash /);
      },
      { timeout: 30_000 },
    );
    rmSync(join(yard.dir, 'pictures'), { recursive: true, force: true });
  });

  it('shows when a backup was put back and what was lost between, on the screen, on paper and in what is signed', async () => {
    await weigh('晋C00001');
    const { screen, station } = yard;
    const { sequence, hash, timeMs } = station.desk.deps.stores.ledger.head;
    station.desk.append({
      type: 'store-restored',
      body: {
        ...{ from: 'backup of 2026-11-02', epoch: 2, headSequence: sequence, headHash: hash, unsigned: 0 },
        lostTo: { sequence: sequence + 9, hash: 'a'.repeat(64) },
        ...{ numbersUsedTo: 4, operator: '站长' },
      },
    });
    await weigh('晋C00002');
    const look = await screen.call('inspection.look', {});
    if (!look.ok) throw new Error(look.error.detail);
    // The numbers that the restore declares lost are its own, and no gap besides.
    expect(look.value).toMatchObject({
      figures: { weighings: 2, lastNumber: 5, missingNumbers: [] },
      state: { contradiction: null },
    });
    const restored = {
      ...{ epoch: 2, from: 'backup of 2026-11-02', operator: '站长', unsigned: 0 },
      ...{ sequence: sequence + 1, headSequence: sequence, headTimeMs: timeMs },
      ...{ lostEvents: { first: sequence + 1, last: sequence + 9 }, lostNumbers: { first: 2, last: 4 } },
    };
    expect(look.value.figures.restores).toEqual([expect.objectContaining(restored)]);
    const signed = await screen.call('inspection.sign', {
      ...{ inspector: '王检查', remark: '', count: 1, seed: 'yq-2' },
    });
    if (!signed.ok) throw new Error(signed.error.detail);
    const summary: unknown = JSON.parse(signed.value.json);
    expect(summary).toMatchObject({
      figures: { restores: [restored] },
      found: expect.arrayContaining([`restore-lost ${String(sequence + 1)}`]) as string[],
    });
    const pdf = join(yard.dir, 'inspection.pdf');
    writeFileSync(pdf, Buffer.from(signed.value.base64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-']).toString('utf8').replaceAll(/\s+/g, '');
    expect(text).toContain('恢复备份时丢失过记录');
    expect(text).toContain(`丢失第${String(sequence + 1)}–${String(sequence + 9)}条`);
    expect(text).toContain('编号2–4不再使用');
  });

  it('counts what is unexplained, voided, corrected and typed by hand', async () => {
    await weigh('晋C00001');
    await weigh('晋C00002');
    const { screen, scale } = yard;
    await emptyScale(yard);
    scale.put(30_000);
    await screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await driveOff(yard);
    await screen.call('weighing.void', { number: 1, reason: '车牌有误' });
    await screen.call('record.correct', { number: 2, field: 'goods', now: '焦炭', reason: '写错' });
    await screen.call('manual.put', {
      ...{ weighedAtMs: 1, plate: '晋C00009', colour: 'yellow', kind: 'gross', statedKg: 40_000 },
      ...{ source: '手写单', reason: '停电' },
    });
    const look = await screen.call('inspection.look', {});
    expect(look.ok && look.value.figures).toMatchObject({
      ...{ weighings: 2, lastNumber: 2, missingNumbers: [], crossings: 3, unexplained: 1 },
      ...{ voids: 1, corrections: 1, manual: 1, releases: 0, tail: { fault: null } },
    });
    expect(look.ok && look.value.state).toMatchObject({
      retention: { recordMonths: 24, pictureMonths: 24 },
      verification: { state: 'not-stated' },
      sync: { state: 'off', setAside: 0 },
    });
  });
});

function keep(name: string, bytes: Uint8Array): void {
  const dir = process.env.YUANHENG_SHOTS;
  if (dir === undefined) return;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), bytes);
}
