import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runVerify } from '../../cli/verify.ts';
import type { Subject } from '../../native/evidence/bundleForm.ts';
import { EvidenceSource } from '../../native/evidence/source.ts';
import { SampleStore } from '../../native/evidence/store.testStore.ts';
import { verifyBundle } from '../../native/evidence/verifyBundle.ts';
import { writeBundle } from '../../native/evidence/writeBundle.ts';
import { restoresOf } from '../../native/store/restores.ts';
import { anchorLine, readAnchor } from '../../station/ledger/anchor.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { linesOf, pack, unpack, withLines } from '../support/bundles.ts';
import type { Verdict } from '../support/stranger.ts';
import { strangers } from '../support/stranger.ts';

let dir: string;
let before: SampleStore;
let after: SampleStore;
let anchors: string[];

/** A day's work, a copy of the store in the middle of it, and what the rest of the day laid down outside. */
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-branches-'));
  anchors = [];
  before = new SampleStore();
  before.weigh({ plate: '晋C83N16', kg: 15_200, kind: 'tare' });
  before.weigh({ plate: '晋C83N16', kg: 48_600, tare: { number: 1, kg: 15_200 } });
  layDown(before, 0, 2);
  after = new SampleStore(before);
  before.weigh({ plate: '晋C10001', kg: 50_200 });
  before.weigh({ plate: '晋C10002', kg: 46_000 });
  layDown(before, 0, 4);
  after.clock.setNow(before.clock.nowMs() + 60_000);
});
afterEach(() => {
  before.remove();
  after.remove();
  rmSync(dir, { recursive: true, force: true });
});

/** A checkpoint, and its line on the stick. */
function layDown(store: SampleStore, epoch: number, number: number): void {
  const { sequence } = store.append({
    type: 'checkpoint',
    body: { why: 'time', operator: null, epoch, number },
  });
  const link = store.stores.ledger.link(sequence);
  if (link === null) throw new Error('no checkpoint');
  anchors.push(anchorLine(link));
}

type RestoredBody = Extract<EventBody, { type: 'store-restored' }>['body'];

function declare(change: Partial<RestoredBody> = {}): void {
  const { sequence, hash } = after.stores.ledger.head;
  const lost = before.stores.ledger.head;
  after.append({
    type: 'store-restored',
    body: {
      ...{ from: 'backup', epoch: 1, headSequence: sequence, headHash: hash, numbersUsedTo: 4, unsigned: 0 },
      lostTo: { sequence: lost.sequence, hash: lost.hash },
      operator: '站长',
      ...change,
    },
  });
}

async function exported(store: SampleStore, subject: Subject, name = 'bundle'): Promise<string> {
  const out = join(dir, `${name}.zip`);
  const source = new EvidenceSource(store.stores.db);
  const { pictures } = store.stores;
  const made = await writeBundle({ source, pictures, subject, out, verifierPage: null });
  if (!made.ok) throw new Error(made.error.code);
  return out;
}

/** What both verifiers say, which is one thing. `stick`: whether they are shown the anchors. */
async function said(path: string, stick = false): Promise<Verdict> {
  const file = join(dir, 'anchors.jsonl');
  writeFileSync(file, `half a line\n${anchors.join('\n')}\n`);
  const known = stick ? anchors.map(readAnchor).filter((each) => each !== null) : [];
  const verdict = await verifyBundle(path, null, known);
  const own =
    verdict.kind === 'fails'
      ? { kind: verdict.kind, part: verdict.fault.part, code: verdict.fault.code }
      : { kind: verdict.kind };
  expect(strangers([path], null, stick ? file : null)).toEqual([own]);
  return own;
}

const day: Subject = { from: '2026-11-02', to: '2026-11-02' };

describe('a ledger that was put back from a backup, and says so', () => {
  beforeEach(() => {
    declare();
    after.weigh({ plate: '晋C20001', kg: 44_000 });
    after.weigh({ plate: '晋C83N16', kg: 47_000, tare: { number: 1, kg: 15_200 } });
    layDown(after, 1, 6);
  });

  it('gives bundles of each weighing and of the day that hold, with the restore in them', async () => {
    for (const subject of [{ number: 2 }, { number: 6 }, day]) {
      const path = await exported(after, subject);
      expect(await said(path)).toEqual({ kind: 'holds' });
      const verdict = await verifyBundle(path, null);
      if (verdict.kind !== 'holds') throw new Error(verdict.kind);
      expect(verdict.report.restores).toMatchObject(restoresOf(after.stores.db));
    }
  });

  it('agrees with the anchors of both branches, and the command says what was lost', async () => {
    const path = await exported(after, day);
    expect(await said(path, true)).toEqual({ kind: 'holds' });
    const out: string[] = [];
    const file = join(dir, 'anchors.jsonl');
    const io = { out: (line: string) => out.push(line), err: (line: string) => out.push(line) };
    expect(await runVerify(['bundle', path, '--anchors', file, '--lang', 'en'], io)).toBe(0);
    const from = before.stores.ledger.head.sequence;
    expect(out.join('\n')).toMatch(
      new RegExp(`put back from a backup \\(1\\).*–${String(from)} of before are lost`),
    );
    expect(out.join('\n')).toContain('agrees with 3 heads');
    expect(await runVerify(['bundle', path, '--anchors', path], io)).toBe(2);
  });

  it('cannot have the restore left out', async () => {
    const files = await unpack(await exported(after, { number: 2 }));
    const lines = linesOf(files);
    const without = lines.filter(({ text }) => !text.includes('"store-restored"'));
    expect(without).toHaveLength(lines.length - 1);
    const path = await pack(join(dir, 'without.zip'), withLines(files, without));
    const head = after.stores.ledger.head.sequence;
    expect(await said(path)).toEqual({ kind: 'fails', part: `event ${String(head)}`, code: 'epoch' });
  });

  it('is no proof for a weighing of the branch that was given up, where somebody went on with that', async () => {
    for (let each = 0; each < 4; each += 1) before.weigh({ plate: '晋C10003', kg: 46_000 });
    anchors = anchors.slice(2);
    const { sequence } = JSON.parse(anchors[0] ?? '') as { sequence: number };
    const path = await exported(before, day);
    expect(await said(path)).toEqual({ kind: 'holds' });
    expect(await said(path, true)).toEqual({
      kind: 'fails',
      part: `event ${String(sequence)}`,
      code: 'forked',
    });
  });
});

describe('a ledger that was put back or forked without a word', () => {
  it('is named by an anchor where another event stands now', async () => {
    for (let each = 0; each < 4; each += 1) after.weigh({ plate: '晋C30001', kg: 41_000 + 20 * each });
    layDown(after, 0, 6);
    anchors.pop();
    const path = await exported(after, day);
    expect(await said(path)).toEqual({ kind: 'holds' });
    const { sequence } = JSON.parse(anchors[1] ?? '') as { sequence: number };
    expect(await said(path, true)).toEqual({
      kind: 'fails',
      part: `event ${String(sequence)}`,
      code: 'forked',
    });
  });

  it('is named where it ends before an anchor that is older than its end', async () => {
    after.weigh({ plate: '晋C30001', kg: 41_000 });
    layDown(after, 0, 3);
    anchors.pop();
    const head = after.stores.ledger.head.sequence;
    const verdict = await said(await exported(after, day), true);
    expect(verdict).toEqual({ kind: 'fails', part: `event ${String(head)}`, code: 'cut-off' });
  });

  it('is no fault where the bundle is merely older than the anchor', async () => {
    const path = await exported(before, { number: 2 });
    before.weigh({ plate: '晋C10003', kg: 46_000 });
    layDown(before, 0, 5);
    expect(await said(path, true)).toEqual({ kind: 'holds' });
  });

  it('does not pass with an anchor that nobody signed', async () => {
    const [first = ''] = anchors;
    const { signature } = JSON.parse(first) as { signature: string };
    anchors = [first.replace(signature, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`)];
    const verdict = await said(await exported(before, { number: 2 }), true);
    expect(verdict).toMatchObject({ kind: 'fails', code: 'signature' });
  });
});

describe('a restore that lies', () => {
  it.each<[string, string, Partial<RestoredBody>]>([
    ['goes on from another event than stands there', 'forked', { headHash: 'a'.repeat(64) }],
    ['goes on from an event of the future', 'forked', { headSequence: 900 }],
  ])('%s: %s', async (_, code, change) => {
    declare(change);
    const verdict = await said(await exported(after, { number: 2 }));
    expect(verdict).toMatchObject({ kind: 'fails', code });
  });

  it('begins an epoch that was there before', async () => {
    declare();
    declare();
    expect(await said(await exported(after, { number: 2 }))).toMatchObject({ kind: 'fails', code: 'epoch' });
  });

  it('gives a number again that was given out before', async () => {
    declare({ numbersUsedTo: 50 });
    after.weigh({ plate: '晋C20001', kg: 44_000, lie: (body) => ({ ...body, number: 40 }) });
    expect(await said(await exported(after, { number: 40 }))).toEqual({
      ...{ kind: 'fails', part: 'weighing 40', code: 'number' },
    });
  });
});
