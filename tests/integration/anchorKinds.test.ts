import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runVerify } from '../../cli/verify.ts';
import { SampleStore } from '../../native/evidence/store.testStore.ts';
import { headNow } from '../../native/store/restores.ts';
import { anchorLine } from '../../station/ledger/anchor.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';

let store: SampleStore;
let stick: string;
beforeEach(() => {
  store = new SampleStore();
  stick = mkdtempSync(join(tmpdir(), 'yuanheng-stick-'));
  store.weigh({ plate: '晋C10001', kg: 40_000 });
});
afterEach(() => {
  store.remove();
  rmSync(stick, { recursive: true, force: true });
});

/** The head as a shift report prints it and as everybody outside keeps it. */
function shiftClosed(): SignedLink {
  store.append({
    type: 'shift-closed',
    body: { fromMs: 0, toMs: 1, operator: '张三', next: null, figures: '{}', ...headNow(store.stores) },
  });
  const link = store.stores.ledger.lastOfType('shift-closed');
  if (link === null) throw new Error('no shift');
  return link;
}

/** With an SQL prompt: the last rows, with everything that would tell of them in the store. */
function cutLast(count: number): void {
  const from = store.stores.ledger.head.sequence - count;
  const db = new Database(join(store.dir, 'yuanheng.db'));
  const triggers = db.prepare(`SELECT sql FROM sqlite_master WHERE type = 'trigger'`).pluck().all();
  db.exec(`DROP TRIGGER ledger_never_changes; DROP TRIGGER ledger_never_shrinks;
    DELETE FROM outbox WHERE sequence > ${String(from)}; DELETE FROM ledger WHERE sequence > ${String(from)}`);
  for (const sql of triggers) db.exec(String(sql));
  db.close();
}

async function verify(...more: readonly string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const code = await runVerify(['data', store.dir, '--lang', 'en', ...more], { out: say, err: say });
  return { code, said: lines.join('\n') };
}

const settings = (more: object): void => {
  writeFileSync(
    join(store.dir, 'config.json'),
    JSON.stringify({ station: { id: 'YQ-9', name: '煤场' }, ...more }),
  );
};

async function platformSaying(head: object): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ head }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, close: () => server.close() };
}

const groups = (hash: string): string => (hash.match(/.{4}/g) ?? []).join(' ').toUpperCase();

it.each<[string, (link: SignedLink) => readonly string[] | Promise<readonly string[]>]>([
  [
    'a stick, its file named',
    (link) => {
      const file = join(stick, 'taken-along.jsonl');
      writeFileSync(file, `${anchorLine(link)}\n`);
      return ['--anchors', file];
    },
  ],
  [
    'a folder that the settings name',
    (link) => {
      writeFileSync(join(stick, 'anchors-YQ-9.jsonl'), `${anchorLine(link)}\n`);
      settings({ copies: { anchors: [{ path: stick }] } });
      return [];
    },
  ],
  [
    'the heads of shift reports kept beside the papers',
    (link) => {
      mkdirSync(join(store.dir, 'papers'));
      writeFileSync(join(store.dir, 'papers', 'anchors-YQ-9.jsonl'), `${anchorLine(link)}\n`);
      return [];
    },
  ],
  [
    'a shift report on paper, typed in',
    ({ sequence, hash }) => ['--head', `${String(sequence)}:${groups(hash)}`],
  ],
  [
    'the platform, when it is asked',
    async ({ sequence, hash }) => {
      const platform = await platformSaying({ epoch: 0, sequence, hash, timeMs: 1, number: 1 });
      platforms.push(platform);
      settings({ platform: { url: platform.url } });
      return ['--platform'];
    },
  ],
])('the last rows deleted are shown by %s', async (_, layDown) => {
  const args = await layDown(shiftClosed());
  const whole = await verify(...args);
  expect(whole.code, whole.said).toBe(0);
  expect(whole.said).toContain('1 anchors');
  cutLast(1);
  const cut = await verify(...args);
  expect(cut.code).toBe(1);
  expect(cut.said).toContain('was laid down outside, and the ledger ends before it');
});

const platforms: { readonly close: () => void }[] = [];
afterEach(() => {
  for (const each of platforms.splice(0)) each.close();
});

it('a platform that does not answer leaves the question open, and a head mistyped is none', async () => {
  settings({ platform: { url: 'http://127.0.0.1:9' } });
  expect(await verify('--platform')).toMatchObject({ code: 3 });
  expect(await verify('--head', '7:abc')).toMatchObject({ code: 2 });
  expect(await verify('--head', `7:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });
});
