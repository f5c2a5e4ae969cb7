import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEvidence } from '../../cli/evidence.ts';
import { runVerify } from '../../cli/verify.ts';
import type { Subject } from '../../native/evidence/bundleForm.ts';
import { openForReading } from '../../native/store/database.ts';
import { publishedText } from '../../native/evidence/published.testStore.ts';
import { readPublishedKeys } from '../../native/evidence/publishedKeys.ts';
import { EvidenceSource } from '../../native/evidence/source.ts';
import type { SampleStore, Weighed } from '../../native/evidence/store.testStore.ts';
import { twoDays } from '../../native/evidence/store.testStore.ts';
import { verifyBundle } from '../../native/evidence/verifyBundle.ts';
import { writeBundle } from '../../native/evidence/writeBundle.ts';
import type { EventJson, Files, Line } from '../support/bundles.ts';
import { flippedAt, placesIn } from '../support/flips.ts';
import type { Verdict } from '../support/stranger.ts';
import { strangers } from '../support/stranger.ts';
import { Forger, linesOf, pack, relisted, unpack, withLines, withManifest } from '../support/bundles.ts';

let dir: string;
let store: SampleStore;
let net: number;
let one: Files;
let period: Files;
/** What stands for the page where none was built. */
let page: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-bundles-'));
  page = join(dir, 'page.html');
  writeFileSync(page, '<!doctype html><title>核验</title>');
  ({ store, net } = twoDays());
  one = await unpack(await exported({ number: net }, 'one'));
  period = await unpack(await exported({ from: '2026-11-02', to: '2026-11-03' }, 'period'));
});
afterAll(() => {
  store.remove();
  rmSync(dir, { recursive: true, force: true });
});

async function exported(subject: Subject, name: string, verifierPage: string | null = null): Promise<string> {
  const out = join(dir, `${name}.zip`);
  const source = new EvidenceSource(store.stores.db);
  const made = await writeBundle({
    source,
    pictures: store.stores.pictures,
    subject,
    out,
    verifierPage,
  });
  if (!made.ok) throw new Error(made.error.code);
  return out;
}

async function ours(path: string, keys: string | null = null): Promise<Verdict> {
  const published = keys === null ? null : readPublishedKeys(readFileSync(keys, 'utf8'));
  if (published?.ok === false) throw new Error(published.error);
  const verdict = await verifyBundle(path, published?.value ?? null);
  return verdict.kind === 'fails'
    ? { kind: 'fails', part: verdict.fault.part, code: verdict.fault.code }
    : { kind: verdict.kind };
}

/** The same numbers in every run. */
function* chance(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

interface Mutant {
  readonly what: string;
  readonly files: Iterable<readonly [string, Buffer]>;
}

const numbers = chance(7);
const pick = (below: number): number => Number(numbers.next().value) % below;

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[pick(copy.length)]! ^= 1 + pick(255);
  return copy;
}

/** What somebody does who knows that files have hashes, and what somebody does who does not. */
function* fileMutants(files: Files): Generator<Mutant> {
  const names = [...files.keys()];
  for (const name of names) {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    for (let round = 0; round < 4; round += 1) {
      const changed = new Map(files).set(name, flipped(bytes));
      yield { what: `a byte of ${name}`, files: changed };
      if (name !== 'bundle.json') yield { what: `a byte of ${name}, listed anew`, files: relisted(changed) };
    }
    const without = new Map([...files].filter(([each]) => each !== name));
    yield { what: `${name} left out`, files: without };
    if (name === 'bundle.json') continue;
    yield { what: `${name} left out, listed anew`, files: relisted(without) };
    yield {
      what: `${name} declared missing`,
      files: withManifest(relisted(without), (m) => (m.missing = [name])),
    };
    const other = names[pick(names.length)] ?? name;
    const swapped = new Map(files).set(name, files.get(other)!).set(other, bytes);
    if (other !== 'bundle.json') yield { what: `${name} in the place of ${other}`, files: relisted(swapped) };
  }
  const strange = Buffer.from('x');
  yield { what: 'a file more', files: new Map(files).set(`pictures/${'0'.repeat(64)}.jpg`, strange) };
  for (const name of [
    '../evil.sh',
    '/etc/passwd',
    'pictures/../../x.jpg',
    'C:\\x',
    'pictures\\x.jpg',
    'bundle.json\0',
  ])
    yield { what: `a file called ${name}`, files: new Map(files).set(name, strange) };
  const deep = Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}\n`);
  yield { what: 'events nested deep', files: relisted(new Map(files).set('events.jsonl', deep)) };
  yield { what: 'a manifest nested deep', files: new Map(files).set('bundle.json', deep) };
  const latin = Buffer.from('{"hash":"\xe9"}\n', 'latin1');
  yield { what: 'events that are no UTF-8', files: relisted(new Map(files).set('events.jsonl', latin)) };
  yield { what: 'no events', files: relisted(new Map(files).set('events.jsonl', Buffer.alloc(0))) };
  yield { what: 'a file twice', files: [...files, ['README.txt', strange]] };
}

function* eventMutants(files: Files): Generator<Mutant> {
  const lines = linesOf(files);
  const anew = (what: string, changed: readonly Line[]): Mutant => ({
    what,
    files: withLines(files, changed),
  });
  for (const [at, line] of lines.entries()) {
    const put = (...instead: readonly Line[]): Line[] => lines.toSpliced(at, 1, ...instead);
    yield anew(`event ${line.sequence} left out`, put());
    yield anew(`event ${line.sequence} twice`, put(line, line));
    const next = lines[at + 1];
    if (next !== undefined)
      yield anew(`event ${line.sequence} after the next`, lines.toSpliced(at, 2, next, line));
    yield anew(`event ${line.sequence} unsigned`, put({ ...line, keyId: null, signature: null }));
    yield anew(
      `event ${line.sequence} an hour later`,
      put({ ...line, text: line.text.replace('"timeMs":1', '"timeMs":2') }),
    );
  }
}

/** Somebody with the tools, and without the station's key. */
function* forgeries(files: Files): Generator<Mutant> {
  const forger = new Forger();
  const lines = linesOf(files);
  const lighter = (event: EventJson): void => {
    if (event.type === 'weighing') Object.assign(event.body, { weighedKg: 1_000, grossKg: 1_000 });
    else event.timeMs += 1;
  };
  for (const as of ['unsigned', 'self', 'station'] as const) {
    for (const [at, line] of lines.entries()) {
      const forged = lines.toSpliced(at, 1, forger.rewritten(line, lighter, as));
      yield { what: `event ${line.sequence} written anew, ${as}`, files: withLines(files, forged) };
    }
  }
  const whole = forger.all(lines, 'YQ-9', lighter);
  yield { what: 'all written anew with another weight', files: withLines(files, whole) };
  const head = (m: Record<string, unknown>): void =>
    void (m.head = { sequence: whole.at(-1)!.sequence, hash: whole.at(-1)!.hash });
  yield { what: 'all written anew, the head too', files: withManifest(withLines(files, whole), head) };
}

function* manifestMutants(files: Files): Generator<Mutant> {
  const changes: readonly [string, (m: Record<string, never>) => void][] = [
    ['another name', (m) => Object.assign(m, { stationName: '别的煤场' })],
    ['another station', (m) => Object.assign(m, { station: 'YQ-1' })],
    ['a drill', (m) => Object.assign(m, { mode: 'drill' })],
    ['another number', (m) => Object.assign(m, { numbers: [99] })],
    ['a number more', (m) => Object.assign(m, { numbers: [1, 2, 77] })],
    ['no number', (m) => Object.assign(m, { numbers: [] })],
    ['another subject', (m) => Object.assign(m, { subject: { number: 55 } })],
    ['more days', (m) => Object.assign(m, { subject: { from: '2026-11-01', to: '2026-12-31' } })],
    ['fewer days', (m) => Object.assign(m, { subject: { from: '2026-11-03', to: '2026-11-03' } })],
    ['a shorter run', (m) => Object.assign(m, { run: { from: 3, to: 12 } })],
    ['a day that is none', (m) => Object.assign(m, { subject: { from: '2026-11-31', to: 'soon' } })],
    ['a longer run', (m) => Object.assign(m, { run: { from: 1, to: 500 } })],
    ['a head that is not here', (m) => Object.assign(m, { head: { sequence: 999, hash: '0'.repeat(64) } })],
    ['another head', (m) => Object.assign(m, { head: { sequence: 2, hash: '0'.repeat(64) } })],
    ['another format', (m) => Object.assign(m, { format: 'yuanheng-evidence-2' })],
    ['a field more', (m) => Object.assign(m, { trust: 'me' })],
    ['a fraction', (m) => Object.assign(m, { numbers: [1, 2, 3.5] })],
  ];
  for (const [what, change] of changes) {
    try {
      yield { what: `manifest: ${what}`, files: withManifest(files, change as never) };
    } catch {
      // What has no canonical form is written as it comes.
      const manifest = JSON.parse(files.get('bundle.json')!.toString()) as Record<string, never>;
      change(manifest);
      yield { what, files: new Map(files).set('bundle.json', Buffer.from(JSON.stringify(manifest))) };
    }
  }
}

/** Writes them all, asks both, and compares what each names. */
async function agree(
  mutants: Iterable<Mutant>,
  name: string,
  keys: string | null = null,
): Promise<Verdict[]> {
  const paths: string[] = [];
  const whats: string[] = [];
  for (const { what, files } of mutants) {
    paths.push(await pack(join(dir, `${name}-${paths.length}.zip`), files));
    whats.push(what);
  }
  const theirs = strangers(paths, keys);
  const own: Verdict[] = [];
  for (const path of paths) own.push(await ours(path, keys));
  expect(own.map((verdict, at) => ({ what: whats[at], ...verdict }))).toEqual(
    theirs.map((verdict, at) => ({ what: whats[at], ...verdict })),
  );
  for (const path of paths) rmSync(path);
  return own;
}

const failing = (verdicts: readonly Verdict[]): number =>
  verdicts.filter(({ kind }) => kind === 'fails').length;

describe('two verifiers that share nothing', () => {
  it('agree that what the station gave out holds', async () => {
    expect(
      await agree(
        [
          { what: 'one', files: one },
          { what: 'period', files: period },
        ],
        'good',
      ),
    ).toEqual([{ kind: 'holds' }, { kind: 'holds' }]);
  });

  it('name the same part of a bundle whose files were touched', async () => {
    const verdicts = await agree(fileMutants(one), 'file');
    expect(verdicts.length).toBeGreaterThan(100);
    // A text for people proves nothing, and may be another one; what is declared missing is said to be.
    expect(failing(verdicts)).toBeGreaterThan(verdicts.length * 0.85);
  });

  it('name the same event where events were touched', async () => {
    const ofOne = [...eventMutants(one)];
    const ofPeriod = [...eventMutants(period)];
    const verdicts = await agree([...ofOne, ...ofPeriod], 'event');
    expect(verdicts.length).toBeGreaterThan(150);
    const held = (from: number, mutants: readonly Mutant[]): string[] =>
      mutants.flatMap(({ what }, at) => (verdicts[from + at]?.kind === 'fails' ? [] : [what]));
    // An excerpt says nothing of what it leaves out, and the next signature covers an event without one.
    expect(held(0, ofOne).filter((what) => !/left out|unsigned/.test(what))).toEqual([]);
    expect(held(ofOne.length, ofPeriod).filter((what) => !what.endsWith('unsigned'))).toEqual([]);
  });

  it('name the same event of a forgery, and only published keys show one that is forged whole', async () => {
    const mutants = [
      ...forgeries(one),
      ...forgeries(period),
      ...manifestMutants(one),
      ...manifestMutants(period),
    ];
    const verdicts = await agree(mutants, 'forged');
    expect(failing(verdicts)).toBeGreaterThan(verdicts.length * 0.9);
    const keys = join(dir, 'keys.json');
    writeFileSync(keys, publishedText(store));
    const forger = new Forger();
    const whole = forger.all(linesOf(one), 'YQ-9', () => undefined);
    const { sequence, hash } = whole.at(-1)!;
    const files = withManifest(withLines(one, whole), (m) => (m.head = { sequence, hash }));
    const rules = [{ what: 'forged whole', files }];
    expect(await agree(rules, 'whole')).toEqual([{ kind: 'holds' }]);
    expect(await agree([...rules, { what: 'one', files: one }], 'keys', keys)).toEqual([
      { kind: 'fails', part: 'keys', code: 'not-published' },
      { kind: 'holds' },
    ]);
    writeFileSync(
      keys,
      publishedText(store, (known) => Object.assign(known[0]!, { revokedSinceMs: 1 })),
    );
    expect(await agree([{ what: 'revoked', files: one }], 'revoked', keys)).toEqual([
      { kind: 'fails', part: 'keys', code: 'revoked-key' },
    ]);
  });

  it('name the file whichever byte of it was changed, of every kind of file, and none says that it holds', async () => {
    const path = await exported({ from: '2026-11-02', to: '2026-11-03' }, 'flips', page);
    const whole = readFileSync(path);
    const flips = await placesIn(path, 5);
    const kinds = new Set(flips.map(({ of }) => of.replace(/[/].*/, '')));
    expect([...kinds].sort()).toEqual([
      'README.txt',
      'bundle.json',
      'curves',
      'events.jsonl',
      'pictures',
      'rules',
      'verifier.html',
      'zip',
    ]);
    expect(flips.length).toBeGreaterThan(200);
    const paths = flips.map(({ at }, nth) => {
      const changed = join(dir, `flip-${nth}.zip`);
      // One bit, all bits, or any of them.
      writeFileSync(changed, flippedAt(whole, at, [1 << (nth % 8), 255, 1 + pick(255)][nth % 3]!));
      return changed;
    });
    const theirs = strangers(paths);
    for (const [nth, { of }] of flips.entries()) {
      const verdict = await ours(paths[nth]!);
      expect({ nth, ...verdict }).toEqual({ nth, ...theirs[nth] });
      expect({ nth, ...verdict }).toMatchObject({ nth, kind: 'fails', part: of });
      rmSync(paths[nth]!);
    }
  });

  it('are given the same bundle, byte for byte, whenever and from whichever process it is taken', async () => {
    const days = { from: '2026-11-02', to: '2026-11-03' } as const;
    const first = readFileSync(await exported(days, 'given-once', page));
    store.append({
      type: 'evidence-exported',
      body: { what: 'bundle', numbers: 'x', sha256: '0'.repeat(64), operator: null },
    });
    expect(readFileSync(await exported(days, 'given-again', page)).equals(first)).toBe(true);
    const one = await exported({ number: net }, 'one-again');
    const out = join(dir, 'elsewhere.zip');
    const command = [
      'bin/yuanheng.mjs',
      'evidence',
      '--data',
      store.dir,
      '--number',
      String(net),
      '--out',
      out,
    ];
    execFileSync(process.execPath, command, { stdio: 'ignore' });
    const bare = async (path: string) =>
      new Map([...(await unpack(path))].filter(([name]) => name !== 'verifier.html'));
    const [here, elsewhere] = [await bare(one), await bare(out)];
    expect([...elsewhere.keys()]).toEqual([...here.keys()]);
    for (const [name, bytes] of here)
      if (name !== 'bundle.json') expect(elsewhere.get(name)?.equals(bytes), name).toBe(true);
    execFileSync(process.execPath, command.with(-1, `${out}2`), { stdio: 'ignore' });
    expect(readFileSync(`${out}2`).equals(readFileSync(out))).toBe(true);
  });

  it.each<[string, string, Partial<Weighed>]>([
    ['weight', 'another weight', { lie: (b) => ({ ...b, weighedKg: 46_000, grossKg: 46_000 }) }],
    [
      'frames',
      'a broken frame',
      { lie: (b) => ({ ...b, frames: [...b.frames, '022b30313530303030313e03'] }) },
    ],
    [
      'weight',
      'another weight, Mettler',
      { profile: 'mettler-continuous', lie: (b) => ({ ...b, weighedKg: 1 }) },
    ],
    ['weight', 'another weight, Modbus', { profile: 'modbus-rtu', lie: (b) => ({ ...b, weighedKg: 1 }) }],
    [
      'weight',
      'another weight, Jinzhong',
      { profile: 'jinzhong-continuous', lie: (b) => ({ ...b, weighedKg: 1 }) },
    ],
    [
      'frames',
      'frames of another protocol',
      { lie: (b) => ({ ...b, instrument: { ...b.instrument, profile: 'modbus-rtu' } }) },
    ],
    ['frames', 'another unit', { lie: (b) => ({ ...b, instrument: { ...b.instrument, unit: 't' } }) }],
    ['curve', 'another curve', { curve: (text) => text.slice(0, 900) }],
    ['curve', 'another whole curve', { whole: (text) => text.slice(10) }],
    ['tare', 'another tare', { tare: { number: 1, kg: 14_000 } }],
    ['tare', 'the tare of another truck', { plate: '晋C99999', tare: { number: 1, kg: 15_200 } }],
    ['tare', 'a net without a tare', { lie: (b) => ({ ...b, netKg: 5 }) }],
    [
      'decision',
      'an overloaded truck let go',
      {
        kg: 51_000,
        lie: (b) => ({ ...b, decision: b.decision && { ...b.decision, outcome: 'allow', reasons: [] } }),
      },
    ],
    [
      'decision',
      'a higher limit',
      {
        kg: 51_000,
        lie: (b) => ({
          ...b,
          decision: b.decision && { ...b.decision, limitKg: 55_000, overKg: 0, leftKg: 4_000 },
        }),
      },
    ],
    ['decision', 'another truck’s case', { lie: (b) => ({ ...b, facts: { ...b.facts, axles: 4 } }) }],
    ['decision', 'no decision', { lie: (b) => ({ ...b, decision: null }) }],
  ])('agree on a station’s own lie: %s, %s', async (code, _, lie) => {
    const number = store.weigh({ plate: '晋C83N16', kg: 44_000, ...lie });
    const path = await exported({ number }, `lie-${number}`);
    const verdict = await ours(path);
    expect(verdict).toEqual({ kind: 'fails', part: `weighing ${number}`, code });
    expect(strangers([path])).toEqual([verdict]);
  });
});

describe('a zip file made to do harm', () => {
  it('one that is packed is none: it could be a bomb, and has bits that say nothing', async () => {
    const folder = join(dir, 'plain');
    for (const [name, bytes] of one) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const path = join(dir, 'packed.zip');
    execFileSync('zip', ['-q', '-X', '-9', path, ...one.keys()], { cwd: folder });
    expect(await ours(path)).toEqual({ kind: 'fails', part: 'zip', code: 'form' });
    expect(strangers([path])).toEqual([await ours(path)]);
  });

  it('a huge one is refused by what it declares, in little memory', async () => {
    const zeros = Buffer.alloc(1 << 20);
    const path = await pack(join(dir, 'zeros.zip'), [
      ['bundle.json', Buffer.concat(Array.from({ length: 40 }, () => zeros))],
    ]);
    expect(await ours(path)).toEqual({ kind: 'fails', part: 'bundle.json', code: 'too-large' });
    expect(strangers([path])).toEqual([await ours(path)]);
  });
});

describe('the commands', () => {
  async function run(
    work: (io: { out: (line: string) => void; err: (line: string) => void }) => Promise<number>,
  ) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await work({ out: (line) => out.push(line), err: (line) => err.push(line) });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('give out one weighing beside a running station, and check it in two languages', async () => {
    const out = join(dir, 'given.zip');
    const given = await run((io) =>
      runEvidence(['--data', store.dir, '--number', String(net), '--out', out], io),
    );
    expect(given).toMatchObject({ code: 0 });
    expect(given.err).toContain('the station is running');
    const again = await run((io) => runEvidence(['--data', store.dir, '--number', '1', '--out', out], io));
    expect(again).toMatchObject({ code: 2 });
    const zh = await run((io) => runVerify(['bundle', out, '--lang', 'zh'], io));
    expect(zh.code).toBe(0);
    expect(zh.out).toContain('晋C83N16 · 毛重 48600 kg · 净重 33400 kg · 可以放行');
    expect(zh.out).toContain('没有与公布的公钥比对');
    const en = await run((io) => runVerify(['bundle', out, '--lang', 'en'], io));
    expect(en.out).toContain('the keys were not compared with published ones');
  });

  it('write down what they gave out where no station runs, signed, and again give out the same', async () => {
    const { store: idle } = twoDays();
    idle.close();
    try {
      const give = (name: string) =>
        run((io) =>
          runEvidence(
            [
              '--data',
              idle.dir,
              '--from',
              '2026-11-02',
              '--to',
              '2026-11-03',
              '--out',
              join(dir, name),
              '--operator',
              '站长',
            ],
            io,
          ),
        );
      expect(await give('first.zip')).toMatchObject({ code: 0, err: '' });
      expect(await give('second.zip')).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(join(dir, 'first.zip')).equals(readFileSync(join(dir, 'second.zip')))).toBe(true);
      expect(await run((io) => runVerify(['bundle', join(dir, 'first.zip')], io))).toMatchObject({ code: 0 });
      expect(await run((io) => runVerify(['data', idle.dir, '--every', '--json'], io))).toMatchObject({
        code: 0,
      });
      const db = openForReading(idle.dir);
      const given = db.prepare(
        `SELECT text FROM ledger WHERE type = 'evidence-exported' AND signature IS NOT NULL`,
      );
      expect(given.pluck().all().map(String)).toEqual([
        expect.stringContaining('"operator":"站长"'),
        expect.stringContaining('"numbers":"2026-11-02/2026-11-03"'),
      ]);
      db.close();
    } finally {
      rmSync(idle.dir, { recursive: true, force: true });
    }
  });

  it('name what does not hold, and what was voided since', async () => {
    const changed = await pack(join(dir, 'changed.zip'), new Map(one).set('README.txt', Buffer.from('x')));
    const zh = await run((io) => runVerify(['bundle', changed, '--lang', 'zh'], io));
    expect(zh).toMatchObject({ code: 1 });
    expect(zh.out).toContain('README.txt: 内容与指纹不符，被改过');
    const keys = join(dir, 'void.json');
    writeFileSync(keys, publishedText(store, undefined, [{ number: net, timeMs: 1 }]));
    const path = await pack(join(dir, 'void.zip'), one);
    const en = await run((io) => runVerify(['bundle', path, '--keys', keys, '--lang', 'en'], io));
    expect(en).toMatchObject({ code: 0 });
    expect(en.out).toContain(`weighing ${net} is void by the published list`);
    expect(await run((io) => runVerify(['bundle', path, '--keys', path], io))).toMatchObject({ code: 2 });
  });

  it('check the whole store, and say what would not show', async () => {
    const zh = await run((io) => runVerify(['data', store.dir, '--every', '--lang', 'zh'], io));
    expect(zh).toMatchObject({ code: 0 });
    expect(zh.out).toContain('没有外部留存点');
    expect(await run((io) => runVerify(['data', join(dir, 'nothing')], io))).toMatchObject({ code: 1 });
    expect(await run((io) => runVerify(['data'], io))).toMatchObject({ code: 2 });
    expect(await run((io) => runVerify(['dream'], io))).toMatchObject({ code: 2 });
  });
});
