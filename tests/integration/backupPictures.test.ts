import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runBackup } from '../../cli/backup.ts';
import { runRestore } from '../../cli/restore.ts';
import { SampleStore } from '../../native/evidence/store.testStore.ts';

let root: string;
let place: string;
let store: SampleStore;
let base: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-backup-pictures-'));
  place = join(root, 'disk');
  mkdirSync(place);
  base = join(place, 'yuanheng-YQ-9');
  store = new SampleStore();
});
afterEach(() => {
  store.remove();
  rmSync(root, { recursive: true, force: true });
});

const lines: string[] = [];
const say = (line: string): void => {
  lines.push(line);
};
const io = { out: say, err: say, env: process.env, signal: new AbortController().signal };

async function backUp(): Promise<void> {
  // Something happens in the yard between two backups.
  store.stateVehicle('晋C83N16');
  const code = await runBackup(['--data', store.dir, '--to', place, '--keep', '2'], io);
  expect(code, lines.join('\n')).toBe(0);
}

/** What the yard's retention does with a picture past its age. */
async function retire(sha256: string): Promise<void> {
  const body = { why: 'age', kind: 'weighing', beforeMs: 1, pictures: 1, bytes: 1 } as const;
  store.append({ type: 'pictures-removed', body: { ...body, listSha256: 'a'.repeat(64) } });
  store.stores.pictures.drop([sha256], store.clock.nowMs());
  await store.stores.pictures.erase(sha256);
}

const isAt = (sha256: string): boolean =>
  existsSync(join(base, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`));

function takePicture(): string {
  const number = store.weigh({ plate: '晋C10001', kg: 40_000 });
  const text = store.stores.ledger.linkOfNumber(number)?.text ?? '';
  return (JSON.parse(text) as { body: { pictures: string[] } }).body.pictures[0] ?? '';
}

it('a picture that retention took away leaves the place with the last kept backup that needs it', async () => {
  const [old, young] = [takePicture(), takePicture()];
  await backUp();
  await retire(old);
  await backUp();
  // The first backup is still kept, and whoever puts it back wants its pictures.
  expect([isAt(old), isAt(young)]).toEqual([true, true]);
  const oldest = readdirSync(base)
    .filter((name) => name !== 'pictures')
    .sort()[0];
  const code = await runRestore(
    ['--from', join(base, oldest ?? ''), '--data', join(root, 'restored'), '--accept-loss'],
    io,
  );
  expect(code, lines.join('\n')).toBe(0);
  expect(existsSync(join(root, 'restored', 'pictures', old.slice(0, 2), `${old}.jpg`))).toBe(true);
  await backUp();
  expect([isAt(old), isAt(young)]).toEqual([false, true]);
  await backUp();
  expect([isAt(old), isAt(young)]).toEqual([false, true]);
});

it('one that was kept again meanwhile stays, and one that nobody accounts for does, too', async () => {
  const sha256 = takePicture();
  await backUp();
  const bytes = readFileSync(join(base, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`));
  await retire(sha256);
  await backUp();
  expect(store.stores.pictures.keep(bytes)).toBe(sha256);
  const stray = 'b'.repeat(64);
  mkdirSync(join(base, 'pictures', 'bb'), { recursive: true });
  writeFileSync(join(base, 'pictures', 'bb', `${stray}.jpg`), 'of another branch');
  for (let round = 0; round < 3; round += 1) await backUp();
  expect([isAt(sha256), isAt(stray)]).toEqual([true, true]);
});

it('a backup of another branch of the ledger, or of none, is kept beside the newest and counts as none of them', async () => {
  takePicture();
  await backUp();
  const [name = ''] = readdirSync(base).filter((each) => each !== 'pictures');
  const manifest = JSON.parse(readFileSync(join(base, name, 'manifest.json'), 'utf8')) as object;
  for (const headSequence of [900_001, 900_002, 900_003]) {
    const folder = join(base, `20200101-000000-${String(headSequence)}`);
    mkdirSync(folder);
    const other = { ...manifest, headSequence, epoch: 7, madeAtMs: 4e12, headHash: 'c'.repeat(64) };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(other));
  }
  for (let round = 0; round < 3; round += 1) await backUp();
  const left = readdirSync(base).filter((each) => each !== 'pictures');
  expect(left.filter((each) => each.startsWith('20200101-'))).toHaveLength(3);
  expect(left).toHaveLength(5);
});
