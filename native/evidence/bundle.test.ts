import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EventBody } from '../../station/ledger/event.ts';
import { weightOnly } from '../../station/limits/policy.ts';
import { RegisterEntry } from '../../station/vehicles/register/entries.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subject } from './bundleForm.ts';
import { EvidenceSource } from './source.ts';
import type { SampleStore } from './store.testStore.ts';
import { twoDays } from './store.testStore.ts';
import { verifyBundle } from './verifyBundle.ts';
import { writeBundle } from './writeBundle.ts';

let store: SampleStore;
let net: number;

beforeEach(() => {
  ({ store, net } = twoDays());
});
afterEach(() => {
  store.remove();
});

async function exported(subject: Subject, name = 'bundle.zip'): Promise<string> {
  const out = join(store.dir, name);
  const source = new EvidenceSource(store.stores.db);
  const made = await writeBundle({
    source,
    pictures: store.stores.pictures,
    subject,
    out,
    verifierPage: null,
  });
  if (!made.ok) throw new Error(`${made.error.code} ${made.error.detail}`);
  return out;
}

describe('an evidence bundle', () => {
  it('of one weighing holds, with its tare and what was said of it later', async () => {
    const verdict = await verifyBundle(await exported({ number: net }), null);
    expect(verdict).toMatchObject({
      kind: 'holds',
      report: {
        station: 'YQ-9',
        stationName: '阳泉证据煤场',
        weighings: [
          { number: 1, kind: 'tare', weighedKg: 15_200 },
          { number: net, kind: 'gross', weighedKg: 48_600, netKg: 33_400, outcome: 'allow', corrected: true },
        ],
        published: false,
      },
    });
  });

  it('of a period holds, over a new key, given rules and four protocols', async () => {
    const verdict = await verifyBundle(await exported({ from: '2026-11-02', to: '2026-11-03' }), null);
    expect(verdict).toMatchObject({ kind: 'holds' });
    if (verdict.kind === 'fails') throw new Error(verdict.fault.part);
    expect(verdict.report.weighings.map(({ outcome }) => outcome)).toEqual([
      null,
      'allow',
      'refuse',
      'refuse',
      'allow',
    ]);
    expect(verdict.report.weighings.filter(({ voided }) => voided)).toHaveLength(1);
    expect(verdict.report.keys).toHaveLength(2);
  });

  it('of the same records is the same file, though it was written down that one was given out', async () => {
    const first = readFileSync(await exported({ number: net }, 'one.zip'));
    store.append({
      type: 'evidence-exported',
      body: { what: 'bundle', numbers: '2', sha256: '0'.repeat(64), operator: null },
    });
    expect(readFileSync(await exported({ number: net }, 'two.zip')).equals(first)).toBe(true);
  });

  it('carries the verifier’s page where there is one, as it is', async () => {
    const page = join(store.dir, 'verifier.html');
    writeFileSync(page, '<!doctype html><title>核验</title>');
    const source = new EvidenceSource(store.stores.db);
    const out = join(store.dir, 'with-page.zip');
    const { pictures } = store.stores;
    await writeBundle({ source, pictures, subject: { number: net }, out, verifierPage: page });
    expect(execFileSync('unzip', ['-p', out, 'verifier.html'])).toEqual(readFileSync(page));
    expect(await verifyBundle(out, null)).toMatchObject({ kind: 'holds' });
  });

  it('holds the papers that were pictured when somebody stated what its vehicle is, and not without them', async () => {
    store.stateVehicle('晋C10009');
    const number = store.weigh({ plate: '晋C10009', kg: 47_000 });
    const path = await exported({ number });
    expect(await verifyBundle(path, null)).toMatchObject({ kind: 'holds' });
    const licence = store.stores.pictures.keep(Buffer.from('licence of 晋C10009'));
    expect(execFileSync('unzip', ['-l', path]).toString()).toContain(licence);
    expect(execFileSync('python3', ['tests/verifier', path]).toString()).toContain('holds');
    execFileSync('rm', [join(store.dir, 'pictures', licence.slice(0, 2), `${licence}.jpg`)]);
    const gone = await exported({ number }, 'gone.zip');
    const missing = [`pictures/${licence}.jpg`];
    expect(await verifyBundle(gone, null)).toMatchObject({ kind: 'incomplete', report: { missing } });
    expect(execFileSync('python3', ['tests/verifier', gone]).toString()).toContain('incomplete');
  });

  it('of a released truck holds the document its release names, and not without it', async () => {
    const number = store.weigh({ plate: '晋C10008', kg: 52_000 });
    const picture = store.stores.pictures.keep(Buffer.from('permit'));
    const signers = { requestedBy: '张三', approvedBy: '李四' };
    store.append({
      type: 'release-granted',
      body: {
        ...{
          number,
          kind: 'emergency-order',
          document: '应急〔2026〕1号',
          validUntil: '2026-12-31',
          picture,
        },
        ...{ permittedKg: null, permitPlate: null, authority: '应急管理局', reason: '抢险', ...signers },
      },
    });
    const path = await exported({ number });
    expect(await verifyBundle(path, null)).toMatchObject({ kind: 'holds' });
    expect(execFileSync('unzip', ['-l', path]).toString()).toContain(picture);
    expect(execFileSync('python3', ['tests/verifier', path]).toString()).toContain('holds');
  });

  it('holds what a camera told of it late with its picture, and not without it', async () => {
    const picture = store.stores.pictures.keep(Buffer.from('told late'));
    const times = { deviceMs: null, seenMs: 1_000, receivedMs: 61_000, lateMs: 60_000 };
    const told = store.append({
      type: 'plate-told-late',
      body: {
        ...{ number: net, camera: 'entry', end: 'front', eventKey: 'SN7/1', plate: '晋C83M16' },
        ...{ colour: 'yellow', percent: 71, rearPlate: null, pictures: [picture], ...times },
      },
    });
    store.append({ type: 'program-stopped', body: {} });
    const path = await exported({ number: net });
    expect(await verifyBundle(path, null)).toMatchObject({ kind: 'holds' });
    const events = execFileSync('unzip', ['-p', path, 'events.jsonl']).toString();
    expect(events).toContain(`"sequence":${String(told.sequence)},`);
    execFileSync('rm', [join(store.dir, 'pictures', picture.slice(0, 2), `${picture}.jpg`)]);
    const gone = await exported({ number: net }, 'gone.zip');
    const missing = [`pictures/${picture}.jpg`];
    expect(await verifyBundle(gone, null)).toMatchObject({ kind: 'incomplete', report: { missing } });
    expect(execFileSync('python3', ['tests/verifier', path]).toString()).toContain('holds');
    expect(execFileSync('python3', ['tests/verifier', gone]).toString()).toContain('incomplete');
  });

  it('holds for limits on the net, and for a case of before they were limits', async () => {
    const tare = { number: 1, kg: 15_200 };
    const policy = { ...weightOnly, licenceLoad: true, quota: true };
    const around = { policy, licenceLoadKg: 33_000, quotaLeftKg: 32_000 };
    const over = store.weigh({ plate: '晋C83N16', kg: 48_400, tare, around });
    const before = store.weigh({ plate: '晋C83N16', kg: 48_400, tare, around: { ...around, version: 1 } });
    for (const [number, limitKg] of [
      [over, 47_200],
      [before, 49_000],
    ] as const) {
      const path = await exported({ number });
      const verdict = await verifyBundle(path, null);
      if (verdict.kind !== 'holds') throw new Error(JSON.stringify(verdict));
      expect(verdict.report.weighings.find((each) => each.number === number)).toMatchObject({
        outcome: 'refuse',
        limitKg,
      });
      expect(execFileSync('python3', ['tests/verifier', path]).toString()).toContain('holds');
    }
  });

  it('of days in which the clock was set back and forth holds for each of them', async () => {
    for (const day of [4, 2, 5, 3, 6]) {
      store.clock.setNow(Date.UTC(2026, 10, day, 3));
      store.weigh({ plate: '晋C10007', kg: 40_000 + day * 20 });
      store.stateVehicle('晋C10007');
    }
    for (let day = 2; day <= 7; day += 1) {
      const on = `2026-11-0${String(day)}`;
      const made = exported({ from: on, to: on }, `${on}.zip`);
      if (day === 7) await expect(made).rejects.toThrow('nothing-in-period');
      else expect(await verifyBundle(await made, null)).toMatchObject({ kind: 'holds' });
    }
  });

  it('of days with an import, which signs few of its rows, holds', async () => {
    const names = ['煤', '焦炭', '铁矿石'] as const;
    const bodies = names.map((name): EventBody => {
      const entry = RegisterEntry.parse({ kind: 'goods', entry: { name, category: 'coal' } });
      return {
        type: 'register-changed',
        body: { kind: 'goods', key: name, now: entry, reason: '导入', operator: null, importId: 'i' },
      };
    });
    const appended = store.stores.ledger.appendAll(bodies);
    expect(appended.ok).toBe(true);
    store.weigh({ plate: '晋C10009', kg: 40_000 });
    const path = await exported({ from: '2026-11-03', to: '2026-11-03' });
    expect(await verifyBundle(path, null)).toMatchObject({ kind: 'holds' });
  });

  it('holds who last entered in the register what was weighed, not the whole import it came with', async () => {
    const plates = Array.from({ length: 200 }, (_, at) => `晋C2${String(at).padStart(4, '0')}`);
    const bodies = plates.map((plate): EventBody => {
      const now = RegisterEntry.parse({ kind: 'vehicle', entry: { plate, colour: 'yellow', axles: 6 } });
      return {
        type: 'register-changed',
        body: {
          ...{ kind: 'vehicle', key: `${plate} yellow`, now },
          ...{ reason: '导入', operator: '李站长', importId: 'i' },
        },
      };
    });
    expect(store.stores.ledger.appendAll(bodies).ok).toBe(true);
    const path = await exported({ number: store.weigh({ plate: '晋C20100', kg: 40_000 }) });
    expect(await verifyBundle(path, null)).toMatchObject({ kind: 'holds' });
    const lines = execFileSync('unzip', ['-p', path, 'events.jsonl']).toString().split('\n');
    const entered = lines.filter((line) => line.includes('register-changed'));
    expect(entered.some((line) => line.includes('晋C20100') && line.includes('李站长'))).toBe(true);
    expect(entered.length).toBeLessThan(65);
  });

  it('is a zip file for anybody else’s program, too', async () => {
    const path = await exported({ number: net });
    expect(execFileSync('unzip', ['-t', path]).toString()).toContain('No errors');
    expect(execFileSync('unzip', ['-p', path, 'bundle.json']).toString()).toContain('"yuanheng-evidence-1"');
  });

  it('any one byte of it changed is found', async () => {
    const path = await exported({ number: net });
    const whole = readFileSync(path);
    const touched = join(store.dir, 'touched.zip');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        writeFileSync(touched, bytes);
        expect(await verifyBundle(touched, null)).toMatchObject({ kind: 'fails' });
      }),
      { numRuns: 300 },
    );
  });

  it('cut off anywhere is none', async () => {
    const path = await exported({ number: net });
    const whole = readFileSync(path);
    const cut = join(store.dir, 'cut.zip');
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)));
      expect(await verifyBundle(cut, null)).toMatchObject({ kind: 'fails', fault: { part: 'zip' } });
    }
  });

  it('says what the station had lost, and that the rest holds', async () => {
    const sha256 = store.stores.pictures.keep(Buffer.from('gone'));
    const number = store.weigh({
      plate: '晋C10004',
      kg: 40_000,
      lie: (body) => ({ ...body, pictures: [...body.pictures, sha256] }),
    });
    execFileSync('rm', [join(store.dir, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`)]);
    const verdict = await verifyBundle(await exported({ number }), null);
    expect(verdict).toMatchObject({ kind: 'incomplete', report: { missing: [`pictures/${sha256}.jpg`] } });
  });

  it('of no such number, or of a period without records, is not made', async () => {
    await expect(exported({ number: 4_000 })).rejects.toThrow('no-such-number');
    await expect(exported({ from: '2020-01-01', to: '2020-01-02' })).rejects.toThrow('nothing-in-period');
  });
});

describe('a station that writes what is not so, and signs it', () => {
  it.each([
    [
      'another weight than its bytes',
      'weight',
      { lie: (b) => ({ ...b, weighedKg: 47_000, grossKg: 47_000 }) },
    ],
    [
      'a frame whose sum is wrong',
      'frames',
      { lie: (b) => ({ ...b, frames: ['022b30313530303030313e03'] }) },
    ],
    ['no frame', 'frames', { lie: (b) => ({ ...b, frames: [] }) }],
    [
      'bytes that are not those of the curve',
      'curve',
      { curve: (text) => text.split('\n').slice(0, 45).join('\n') },
    ],
    [
      'a crossing that began otherwise than when it was weighed',
      'curve',
      { whole: (text) => text.replace('300 ', '301 ') },
    ],
    [
      'a decision the rules do not give',
      'decision',
      {
        kg: 50_500,
        lie: (b) => ({ ...b, decision: b.decision && { ...b.decision, outcome: 'allow', reasons: [] } }),
      },
    ],
    [
      'a case of a lighter truck',
      'decision',
      { lie: (b) => ({ ...b, case: b.case && { ...b.case, grossKg: 1_000 } }) },
    ],
    ['a tare nobody weighed', 'tare', { tare: { number: 1, kg: 15_000 } }],
    [
      'a net that is not the difference',
      'tare',
      { tare: { number: 1, kg: 15_200 }, lie: (b) => ({ ...b, netKg: 1 }) },
    ],
  ] as readonly [string, string, Partial<Parameters<SampleStore['weigh']>[0]>][])(
    '%s: %s',
    async (_, code, lie) => {
      const number = store.weigh({ plate: '晋C83N16', kg: 48_000, ...lie });
      const verdict = await verifyBundle(await exported({ number }), null);
      expect(verdict).toMatchObject({ kind: 'fails', fault: { part: `weighing ${String(number)}`, code } });
    },
  );
});
