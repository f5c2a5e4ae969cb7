import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runRedecide } from '../../cli/redecide.ts';
import { runRules } from '../../cli/rules.ts';
import { startPlatform } from '../../platform/server.ts';
import { signRuleSet } from '../../station/limits/ruleFile.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { latestRuleSet } from '../../station/limits/ruleSets/index.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;
let dir: string;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const ruleKeys = [
  { id: 'city', publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-rules-'));
});
afterEach(async () => {
  await yard.close();
  rmSync(dir, { recursive: true, force: true });
});

const day = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** The law of today with every six-axle limit a tonne lower. */
function stricter(from: string, id = 'cn-road-next', version = 1): RuleSet {
  return {
    ...latestRuleSet,
    id,
    version,
    effectiveFrom: { date: from, confirmed: true },
    rows: latestRuleSet.rows.map((row) => (row.axles === 6 ? { ...row, limitKg: row.limitKg - 1_000 } : row)),
  };
}

const load = (text: string) => yard.screen.call('rules.load', { text });
const eventOf = (type: 'rule-set-loaded' | 'rule-set-refused') =>
  yard.station.desk.deps.stores.ledger.lastOfType(type);

async function limitOf(kg = 40_000): Promise<number | null> {
  const on = await driveOn(yard, { plate: '晋C12345', kg, facts: sixAxles, kind: 'gross' });
  return on.lane.decision?.limitKg ?? null;
}

function redecided(args: readonly string[] = []): { code: number; lines: string[] } {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const code = runRedecide(['--data', yard.dir, ...args], { out: say, err: say });
  return { code, lines };
}

describe('a new rule set', () => {
  it('signed, decides from its day on, and each decision names it by its hash', async () => {
    yard = await openYard((raw) => (raw.ruleKeys = ruleKeys));
    expect(await limitOf()).toBe(49_000);
    expect(await load(signRuleSet(stricter(day(1)), 'city', pem))).toMatchObject({
      ok: true,
      value: { id: 'cn-road-next', effectiveFrom: day(1) },
    });
    await save(yard);
    await driveOff(yard);
    expect(await load(signRuleSet(stricter(day(0), 'cn-road-now'), 'city', pem))).toMatchObject({ ok: true });
    expect(await limitOf()).toBe(48_000);
    await save(yard);
    const list = await yard.screen.call('rules.list', {});
    const states = list.ok ? list.value.sets.map(({ id, state, from }) => [id, state, from]) : [];
    expect(states).toContainEqual(['cn-road-now', 'in-force', 'file']);
    expect(states).toContainEqual(['cn-road-next', 'to-come', 'file']);
    expect(states).toContainEqual(['cn-road-2021', 'past', 'program']);
    await yard.restart();
    const detail = await yard.screen.call('passages.detail', { number: 2 });
    expect(detail.ok && detail.value.decision).toMatchObject({ ruleSet: 'cn-road-now', limitKg: 48_000 });
  });

  it('broken, unsigned or under a known name changes nothing, says why, and that it came is recorded', async () => {
    yard = await openYard((raw) => (raw.ruleKeys = ruleKeys));
    const other = generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString();
    const bad = [
      ['{', 'rules-broken'],
      [signRuleSet(stricter(day(0)), 'city', other), 'rules-unsigned'],
      [signRuleSet(stricter(day(0)), 'nobody', pem), 'rules-unsigned'],
      [signRuleSet(stricter(day(0), 'cn-road-2021'), 'city', pem), 'rules-broken'],
      [JSON.stringify({ ['\ud800']: '\ud800' }), 'rules-broken'],
      [
        signRuleSet(stricter(day(0)), 'city', pem)
          .replace('1.0', '')
          .replace('"title": "', '"title": "\\ud800'),
        'rules-broken',
      ],
    ] as const;
    for (const [text, code] of bad) {
      const before = eventOf('rule-set-refused')?.sequence ?? 0;
      expect(await load(text)).toMatchObject({ ok: false, error: { code } });
      expect(eventOf('rule-set-refused')?.sequence).toBeGreaterThan(before);
    }
    expect(eventOf('rule-set-loaded')?.text).toContain('"from":"built-in"');
    expect(await limitOf()).toBe(49_000);
  });

  it('taken twice stands once', async () => {
    yard = await openYard((raw) => (raw.ruleKeys = ruleKeys));
    const file = signRuleSet(stricter(day(0)), 'city', pem);
    await load(file);
    const first = eventOf('rule-set-loaded')?.sequence;
    expect(await load(file)).toMatchObject({ ok: true });
    expect(eventOf('rule-set-loaded')?.sequence).toBe(first);
  });

  it('comes from the city platform too, with the same checks', async () => {
    const rulesDir = join(dir, 'rules');
    mkdirSync(rulesDir);
    writeFileSync(join(rulesDir, '1.json'), signRuleSet(stricter(day(0)), 'city', pem));
    writeFileSync(join(rulesDir, '2.json'), '{"format":"yuanheng-rules/1"}');
    const platform = await startPlatform({
      dataDir: join(dir, 'city'),
      port: 0,
      rulesDir,
      log: () => undefined,
    });
    try {
      yard = await openYard((raw) => {
        raw.ruleKeys = ruleKeys;
        raw.platform = { url: platform.url, rules: true };
      });
      await vi.waitFor(() => {
        expect(eventOf('rule-set-loaded')?.text).toContain('"from":"platform"');
        expect(eventOf('rule-set-refused')?.text).toContain('"from":"platform"');
      }, 5000);
      expect(eventOf('rule-set-loaded')?.text).toContain('"operator":null');
    } finally {
      await platform.close();
    }
  });
});

describe('every decision made again', () => {
  it('is the same, beside the running station and through a change of rules', async () => {
    yard = await openYard((raw) => (raw.ruleKeys = ruleKeys));
    await limitOf(52_000);
    await save(yard);
    await driveOff(yard);
    await load(signRuleSet(stricter(day(0)), 'city', pem));
    await limitOf(48_500);
    await save(yard);
    expect(redecided()).toEqual({ code: 0, lines: ['2 decisions, 0 differ, 0 cannot be made again'] });
  });

  it('under other rules names each that would differ, and how', async () => {
    yard = await openYard();
    await limitOf(48_500);
    await save(yard);
    const file = join(dir, 'next.json');
    writeFileSync(file, ruleSetText(stricter(day(-1))));
    const { code, lines } = redecided(['--rules', file]);
    expect(code).toBe(1);
    expect(lines[0]).toContain('晋C12345: was allow at 49000 kg');
    expect(lines[0]).toContain('is now refuse at 48000 kg');
    expect(lines[0]).toContain(day(0));
    expect(lines[0]).toContain('changed: outcome, limit, over, limits, reasons');
    expect(lines.at(-1)).toBe('1 decisions, 1 differ, 0 cannot be made again');
  });

  it('names a store that is not there, and rules that are none', async () => {
    yard = await openYard();
    const said: string[] = [];
    const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    expect(runRedecide(['--data', join(dir, 'none')], io)).toBe(2);
    writeFileSync(join(dir, 'x.json'), '{"rows":1}');
    expect(runRedecide(['--data', yard.dir, '--rules', join(dir, 'x.json')], io)).toBe(2);
    expect(said[0]).toContain('cannot read the store');
  });
});

describe('a publisher of rules', () => {
  it('makes a key, exports a set, signs it, and a stranger verifies it', async () => {
    yard = await openYard();
    const said: string[] = [];
    const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    const key = join(dir, 'key.pem');
    expect(runRules(['keygen', '--out', key], io)).toBe(0);
    const made = JSON.parse(said.pop() ?? '') as { id: string; publicKey: string };
    expect(runRules(['keygen', '--out', key], io)).toBe(2);
    expect(said.pop()).toContain('is it there already?');
    expect(runRules(['export', 'cn-road-2021'], io)).toBe(0);
    writeFileSync(join(dir, 'set.json'), said.pop() ?? '');
    expect(runRules(['sign', '--key', key, '--key-id', made.id, join(dir, 'set.json')], io)).toBe(0);
    writeFileSync(join(dir, 'signed.json'), said.pop() ?? '');
    expect(runRules(['verify', '--public', made.publicKey, join(dir, 'signed.json')], io)).toBe(0);
    expect(JSON.parse(said.pop() ?? '')).toMatchObject({ id: 'cn-road-2021', signedBy: made.id });
    expect(runRules(['verify', '--public', ruleKeys[0]?.publicKey ?? '', join(dir, 'signed.json')], io)).toBe(
      2,
    );
    expect(said.pop()).toContain('does not fit');
  });
});

it('the rules a station brings along are in its ledger from the first start on, once', async () => {
  yard = await openYard();
  const { db } = yard.station.desk.deps.stores;
  const loaded = () =>
    db.prepare(`SELECT text FROM ledger WHERE type = 'rule-set-loaded'`).pluck().all().map(String);
  const texts = loaded();
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).toContain('"from":"built-in"');
  await yard.restart();
  const again = yard.station.desk.deps.stores.db
    .prepare(`SELECT count(*) FROM ledger WHERE type = 'rule-set-loaded'`)
    .pluck()
    .get();
  expect(again).toBe(2);
  expect(redecided().code).toBe(0);
});

it('a stored decision is explained by the rules it was made by, and by none where they are not here', async () => {
  yard = await openYard((raw) => (raw.ruleKeys = ruleKeys));
  await limitOf(48_500);
  await save(yard);
  await driveOff(yard);
  await load(signRuleSet(stricter('2024-01-01'), 'city', pem));
  expect(await limitOf(48_500)).toBe(48_000);
  await save(yard);
  const told = async (number: number) => {
    const answer = await yard.screen.call('decision.explain', { number });
    return answer.ok ? [answer.value.ruleSet, answer.value.limits[0]?.kg] : answer.error.code;
  };
  expect(await told(1)).toEqual(['cn-road-2021', 49_000]);
  expect(await told(2)).toEqual(['cn-road-next', 48_000]);
  const { stores, rules } = yard.station.desk.deps;
  stores.db.exec(`DELETE FROM rule_sets WHERE from_where = 'file'`);
  rules.refresh();
  expect(await told(2)).toBe('rules-not-here');
  expect(await told(1)).toEqual(['cn-road-2021', 49_000]);
});

it('a stored decision explains itself, with where each fact came from', async () => {
  yard = await openYard();
  await limitOf(48_500);
  await save(yard);
  const told = await yard.screen.call('decision.explain', { number: 1 });
  expect(told.ok && told.value.rows.find(({ how }) => how === 'applied')).toMatchObject({
    id: 'std-articulated-1+2+3-double-drive',
  });
  expect(told.ok && told.value.facts.find(({ name }) => name === 'layout')).toMatchObject({
    value: '1+2+3',
    source: 'register',
  });
});
