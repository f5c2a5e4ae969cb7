import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runKeys } from '../../cli/keys.ts';
import { runVerifySlip } from '../../cli/verifySlip.ts';
import { newStationKey } from '../../native/keys/stationKey.ts';
import { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { readSlipCode } from '../../station/slips/slipCode.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;
let work: string;
const hourMs = 3_600_000;
const dotMatrix = resolve(import.meta.dirname, '../support/dotMatrix.py');

beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'yuanheng-slip-'));
  yard = await openYard();
});
afterEach(async () => {
  await yard.close();
  rmSync(work, { recursive: true, force: true });
});

async function weigh(plate: string, kg: number): Promise<number> {
  await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

/** What a scanner reads off the paper that was kept. */
function scanned(picture: string): string {
  return execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', picture], {
    encoding: 'utf8',
    // It looks for a desktop's message bus first, and says so.
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
function paperPicture(): string {
  const papers = join(yard.dir, 'papers');
  const pdf = readdirSync(papers, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('.pdf'),
  );
  execFileSync('pdftoppm', [
    '-r',
    '180',
    '-png',
    '-singlefile',
    join(papers, pdf ?? ''),
    join(work, 'paper'),
  ]);
  return join(work, 'paper.png');
}

function publish(nowMs = Date.now()): string {
  const file = join(work, 'keys.json');
  const said: string[] = [];
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
  expect(runKeys(['--data', yard.dir, '--out', file], io, nowMs)).toBe(0);
  return file;
}

function verify(text: string, keys: string, nowMs = Date.now()): { code: number; said: string } {
  const said: string[] = [];
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
  const code = runVerifySlip([text, '--keys', keys], io, nowMs);
  return { code, said: said.join('\n') };
}

describe('the code on a paper', () => {
  it('is read off the printed slip and found genuine; later it is expired, and void once it was voided', async () => {
    const number = await weigh('晋C12345', 40_000);
    const text = scanned(paperPicture());
    const keys = publish();
    const genuine = verify(text, keys);
    expect(genuine.code).toBe(0);
    expect(genuine.said).toContain('✔ 真实有效');
    expect(genuine.said).toContain('晋C12345');
    expect(genuine.said).toContain('40000 kg');
    expect(verify(text, keys, Date.now() + 13 * hourMs)).toMatchObject({ code: 1 });
    expect(verify(text, keys, Date.now() + 13 * hourMs).said).toContain('已过有效期');
    await yard.screen.call('weighing.void', { number, reason: '货主退货' });
    const voided = verify(text, publish());
    expect(voided).toMatchObject({ code: 1 });
    expect(voided.said).toContain('✖ 已作废');
    expect(voided.said).toContain('作废名单截至 voids known until 20');
    // Void stays void, whatever hour it is.
    expect(verify(text, publish(), Date.now() + 99 * hourMs).said).toContain('✖ 已作废');
  });

  it('says by which clock and which list it was judged, and when either cannot tell', async () => {
    await weigh('晋C12345', 40_000);
    const text = scanned(paperPicture());
    expect(verify(text, publish(Date.now() - hourMs)).said).toContain('作废名单早于此单');
    const now = verify(text, publish());
    expect(now.said).not.toContain('作废名单早于此单');
    expect(now.said).not.toContain('此单晚于本机时钟');
    expect(now.said).toContain('按本机时钟');
    expect(verify(text, publish(), Date.now() - hourMs).said).toContain('此单晚于本机时钟');
    expect(verify(text, publish(), Date.now() + 13 * hourMs).said).toContain('按本机时钟');
  });

  it('is void by the list the station gives out on its screen, too, which is the command’s', async () => {
    const number = await weigh('晋C12345', 40_000);
    const text = scanned(paperPicture());
    const file = join(work, 'screen.json');
    const give = async (): Promise<number> => {
      const given = await yard.screen.call('keys.publish', { what: 'list' });
      if (!given.ok) throw new Error(given.error.code);
      writeFileSync(file, given.value.text);
      expect(given.value.fileName).toMatch(/^keys-YQ-7-\d{4}-\d\d-\d\d\.json$/);
      return given.value.voided;
    };
    expect(await give()).toBe(0);
    expect(verify(text, file).said).toContain('✔ 真实有效');
    await yard.screen.call('weighing.void', { number, reason: '货主退货' });
    expect(await give()).toBe(1);
    expect(verify(text, file).said).toContain('✖ 已作废');
    const read = (path: string) => PublishedKeys.parse(JSON.parse(readFileSync(path, 'utf8')));
    const { asOfMs: _one, signature: _two, ...screen } = read(file);
    const { asOfMs: _three, signature: _four, ...command } = read(publish());
    expect(screen).toEqual(command);
  });

  it('is altered when a kilogram, the plate or the hours are, and of an unknown station under other keys', async () => {
    await weigh('晋C12345', 40_000);
    const text = scanned(paperPicture());
    const keys = publish();
    for (const [from, to] of [
      [':40000:', ':39000:'],
      ['C12345', 'C54321'],
      [':12:A:', ':99:A:'],
    ] as const) {
      expect(text).toContain(from);
      expect(verify(text.replace(from, to), keys).said).toContain('被改动过');
    }
    const other = PublishedKeys.parse(JSON.parse(readFileSync(keys, 'utf8')));
    writeFileSync(keys, JSON.stringify({ ...other, station: 'ZZ-1' }));
    expect(verify(text, keys)).toMatchObject({ code: 2 });
    expect(verify(text.replace('YQ-7', 'YQ-8'), publish()).said).toContain('没有这个站的公钥');
  });

  it('signed by anyone else is altered, even with a file of keys that was bent to hold them', async () => {
    await weigh('晋C12345', 40_000);
    const text = scanned(paperPicture());
    const file = publish();
    const keys = PublishedKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { publicKey } = generateKeyPairSync('ed25519');
    const forged = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    writeFileSync(
      file,
      JSON.stringify({ ...keys, keys: keys.keys.map((key) => ({ ...key, publicKey: forged })) }),
    );
    expect(verify(text, file)).toMatchObject({ code: 2 });
  });

  it('is checked by openssl with nothing of ours', async () => {
    await weigh('晋C12345', 40_000);
    const read = readSlipCode(scanned(paperPicture()));
    if (!read.ok) throw new Error(read.error);
    const [key] = PublishedKeys.parse(JSON.parse(readFileSync(publish(), 'utf8'))).keys;
    writeFileSync(join(work, 'key.der'), Buffer.from(key?.publicKey ?? '', 'base64'));
    writeFileSync(join(work, 'signature'), Buffer.from(read.value.signature, 'base64'));
    writeFileSync(join(work, 'message'), read.value.message);
    const said = execFileSync(
      'openssl',
      [
        ...['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-rawin', '-inkey', join(work, 'key.der')],
        ...['-sigfile', join(work, 'signature'), '-in', join(work, 'message')],
      ],
      { encoding: 'utf8' },
    );
    expect(said).toContain('Signature Verified Successfully');
  });

  it('on a refusal note says that the truck must not leave', async () => {
    await weigh('晋C12345', 52_000);
    const read = readSlipCode(scanned(paperPicture()));
    expect(read).toMatchObject({ ok: true, value: { decision: 'refuse', grossKg: 52_000, limitKg: 49_000 } });
  });

  it('is read from a worn dot-matrix print in a phone’s picture at arm’s length', async () => {
    await weigh('晋C12345', 40_000);
    const picture = paperPicture();
    const text = scanned(picture);
    const photo = join(work, 'photo.jpg');
    // A phone's preview is 1920 pixels wide; at arm's length the sheet fills most of it.
    for (const seed of ['1', '2', '3']) {
      execFileSync('/usr/bin/python3', [dotMatrix, picture, photo, seed, '1600']);
      expect(scanned(photo)).toBe(text);
    }
  });
});

describe('the key it is signed with', () => {
  it('is in no file that could be read without the account’s secret', () => {
    const pem = readFileSync(join(yard.dir, 'station-key.pem'), 'utf8');
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    const file = join(yard.dir, 'station-key.pem');
    const read = (pass: string): number | null =>
      spawnSync('openssl', ['pkey', '-in', file, '-passin', `pass:${pass}`, '-noout']).status;
    expect(read('wrong')).not.toBe(0);
    expect(read(process.env.YUANHENG_KEY_SECRET ?? '')).toBe(0);
  });

  it('that the ledger does not know signs nothing and decides nothing, until a person introduces it', async () => {
    expect(newStationKey(yard.dir, process.env.YUANHENG_KEY_SECRET ?? '').ok).toBe(true);
    await yard.restart();
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(yard.screen.view?.lane.decision).toMatchObject({
      outcome: 'cannot-decide',
      reasons: [{ code: 'key-unusable' }],
    });
    expect((await yard.screen.call('key.introduce', { reason: 'rotation' })).ok).toBe(false);
    expect((await yard.screen.call('key.introduce', { reason: 'new-computer' })).ok).toBe(true);
    expect(await save(yard)).toMatchObject({ outcome: 'allow', paper: 'slip' });
    const keys = PublishedKeys.parse(JSON.parse(readFileSync(publish(), 'utf8')));
    // Nobody vouched for the new one, and everyone who looks sees so.
    expect(keys.keys.map(({ vouched }) => vouched)).toEqual([true, false]);
    expect(verify(scanned(paperPicture()), publish()).code).toBe(0);
  });
});
