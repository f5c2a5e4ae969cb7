import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';

const launcher = resolve(import.meta.dirname, '../bin/yuanheng.mjs');
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

function start(args: readonly string[], node = process.execPath): ChildProcess {
  const child = spawn(node, [launcher, ...args], { stdio: 'pipe' });
  child.stdin.on('error', () => undefined);
  closers.push(() => child.kill('SIGKILL'));
  return child;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) => {
    child.once('close', (code, signal) => {
      done({ code, signal, out, err });
    });
  });
}

function run(args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  const child = start(args);
  child.stdin?.end(input);
  return ended(child);
}

const decode = ['decode', '--profile', 'yaohua-continuous'];
const frame = '022b30313234353030313903';
const line = `{"valid":true,"kg":12450,"display":"12450","motion":null,"overload":null,"net":null,"raw":"${frame}"}`;

describe('yuanheng decode', () => {
  test('one line a frame, bad ones with their reason, from hex on standard input', async () => {
    const hex = `00007f7f ${frame}\n022B3031323435303031 3803\n${frame.slice(0, 18)}`;
    expect(await run([...decode, '--hex'], hex)).toEqual({
      code: 0,
      signal: null,
      err: '',
      out: `${[
        '{"valid":false,"reason":"noise","raw":"00007f7f"}',
        line,
        '{"valid":false,"reason":"checksum","raw":"022b30313234353030313803"}',
        `{"valid":false,"reason":"incomplete","raw":"${frame.slice(0, 18)}"}`,
      ].join('\n')}\n`,
    });
  });

  test('bytes from a file and from standard input read the same', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'yuanheng-decode-'));
    closers.push(() => {
      rmSync(directory, { recursive: true, force: true });
    });
    const file = join(directory, 'stream.bin');
    const bytes = Buffer.from(frame, 'hex');
    writeFileSync(file, bytes);
    const results = await Promise.all([
      run([...decode, file]),
      run([...decode, '-'], bytes),
      run(decode, bytes),
    ]);
    for (const { code, out } of results) expect([code, out]).toEqual([0, `${line}\n`]);
  });

  test('a frame is printed when it came, not when the stream ends', async () => {
    const child = start([...decode, '--hex']);
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stdin?.write(frame.slice(0, 5));
    child.stdin?.write(frame.slice(5));
    await vi.waitFor(
      () => {
        expect(out).toBe(`${line}\n`);
      },
      { timeout: 10_000 },
    );
    child.stdin?.end();
    expect((await ended(child)).code).toBe(0);
  });

  test('it ends quietly when its reader goes away in the middle of an endless stream', async () => {
    const child = start(decode);
    const end = ended(child);
    const bytes = Buffer.concat(Array<Buffer>(5000).fill(Buffer.from(frame, 'hex')));
    let going = true;
    const feed = (): void => {
      if (going) child.stdin?.write(bytes, () => setImmediate(feed));
    };
    feed();
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await end;
    going = false;
    expect([code, err]).toEqual([0, '']);
  });
});

describe('yuanheng limit', () => {
  test('an overloaded four-axle truck', async () => {
    const { code, out } = await run('limit --axles 4 --class rigid --layout 2+2 --gross 32200'.split(' '));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      decision: 'refuse',
      limitKg: 31_000,
      overKg: 1200,
      missing: [],
      clauses: [{ id: 'art3-rigid-4' }, { id: 'std-rigid-2+2' }],
    });
  });

  test.each([
    ['--axles 4 --class rigid --gross 31000', 'allow', 31_000, ['layout']],
    ['--axles 6 --class articulated --layout 1+2+3 --gross 46001', 'refuse', 46_000, ['driveAxles']],
    ['--axles 6 --class articulated --layout 1+2+3 --drive-axles 2 --gross 49000', 'allow', 49_000, []],
    [
      '--axles 5 --class articulated --layout 1+2+2 --single-tyred-axles 2 --gross=37001',
      'refuse',
      37_000,
      [],
    ],
    [
      '--axles 5 --class articulated --layout 1+2+2 --single-tyred-axles 2 --wide-tyres --gross 43000',
      'allow',
      43_000,
      [],
    ],
    [
      '--axles 4 --class articulated --layout 1+1+2 --air-suspension --trailer-axle-spacing 1800 --gross 37000',
      'allow',
      37_000,
      [],
    ],
    ['--axles 2 --class rigid --registered-gross 16000 --gross 16001', 'refuse', 16_000, []],
    ['--gross 3000', 'cannot-decide', null, ['axles', 'class', 'layout', 'driveAxles']],
    ['--axles 4 --class rigid --layout 2+2 --gross 1 --date 2016-09-20', 'cannot-decide', null, []],
  ])('%s: %s', async (args, decision, limitKg, missing) => {
    const { code, out } = await run(['limit', ...args.split(' ')]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ decision, limitKg, missing });
  });
});

test.each([
  ['', 'which command'],
  ['detect', 'which PORT or FILE?'],
  ['detect /no/such/port', 'No such file'],
  ['capture /dev/null', 'which PORT and FILE?'],
  ['capture x y --framing 9N1', '--framing must be such as 8N1'],
  ['replay /no/such/file tcp:0', 'cannot read'],
  ['profiles x', 'unexpected argument x'],
  ['decode --profile custom --options {"lengthBytes":1}', '--options: lengthBytes'],
  ['weigh', 'unknown command weigh'],
  ['limit --axles 4', '--gross KG is missing'],
  ['limit --gross', '--gross needs a value'],
  ['limit --gross 3e4', '--gross must be a whole number'],
  ['limit --gross -1', '--gross must be a whole number'],
  ['limit --gross 1 --gross 2', '--gross is given twice'],
  ['limit --gross 1 --axles 0', '--axles must be a whole number from 1 to 20'],
  ['limit --gross 1 --axles 2 --single-tyred-axles 3', 'more than the vehicle has'],
  ['limit --gross 1 --class truck', '--class must be one of rigid, articulated, centre-axle, full-trailer'],
  ['limit --gross 1 --layout 1-2', '--layout must be'],
  ['limit --gross 1 --date 2026-02-29', '--date must be a calendar day'],
  ['limit --gross 1 --wide-tyres=yes', '--wide-tyres takes no value'],
  ['limit --gross 1 --tyres wide', 'unknown option --tyres'],
  ['limit 1', 'unexpected argument 1'],
  ['decode', '--profile is missing; known are yaohua-continuous'],
  ['decode --profile toledo', '--profile must be one of yaohua-continuous'],
  ['decode --profile yaohua-continuous /no/such/file', 'cannot read /no/such/file: ENOENT'],
  ['decode --profile yaohua-continuous a b', 'unexpected argument b'],
])('"yuanheng %s" says what is wrong in one line and ends with 2', async (args, message) => {
  const { code, out, err } = await run(args.split(' ').filter((word) => word !== ''));
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['abc', 'odd number'],
  ['02zz', "'z' at character 3"],
  ['02é', 'byte c3 at character 3'],
])('hex text %j is refused', async (text, message) => {
  const { code, err } = await run([...decode, '--hex'], text);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('help and version', async () => {
  for (const args of [['--help'], ['limit', '--help'], ['decode', '--help']]) {
    const { code, out } = await run(args);
    expect([code, out.includes('yuanheng')]).toEqual([0, true]);
  }
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a signal ends the command as it would any other', async () => {
  const child = start(decode);
  const end = ended(child);
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stdin?.write(Buffer.from(frame, 'hex'));
  await vi.waitFor(
    () => {
      expect(out).not.toBe('');
    },
    { timeout: 10_000 },
  );
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ signal: 'SIGTERM' });
});
