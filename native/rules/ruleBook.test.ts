import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judge } from '../../station/limits/judge.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetSha256, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { latestRuleSet, ruleSets } from '../../station/limits/ruleSets/index.ts';
import { sampleCase } from '../../station/limits/sampleCase.ts';
import { handClock } from '../handClock.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import { stationObstacles } from '../desk/obstacles.ts';
import { defaultSettings } from '../settings.ts';
import { RuleBook } from './ruleBook.ts';

let dir: string;
let stores: Stores;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-rules-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), false);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

const next: RuleSet = {
  ...latestRuleSet,
  id: 'cn-road-next',
  effectiveFrom: { date: '2026-06-01', confirmed: true },
  rows: latestRuleSet.rows.map((row) => (row.axles === 6 ? { ...row, limitKg: row.limitKg - 1_000 } : row)),
};

function load(set: RuleSet): void {
  const body = {
    text: ruleSetText(set),
    sha256: ruleSetSha256(set),
    signedBy: 'city',
    from: 'file',
    operator: null,
  } as const;
  const written = stores.ledger.append(() => ({ type: 'rule-set-loaded', body }));
  if (!written.ok) throw new Error(written.error.detail);
}

it('a rule set takes effect on its date by itself, and is past when the next begins', () => {
  load(next);
  const book = new RuleBook(stores.ruleSets);
  const limitOn = (date: string) => judge(sampleCase({ date }), book.sets()).limitKg;
  expect([limitOn('2026-05-31'), limitOn('2026-06-01')]).toEqual([49_000, 48_000]);
  const states = (date: string) => book.view(date).map(({ id, state }) => `${id} ${state}`);
  expect(states('2026-05-31')).toEqual([
    'cn-road-2016 past',
    'cn-road-2021 in-force',
    'cn-road-next to-come',
  ]);
  expect(states('2026-06-01')).toEqual(['cn-road-2016 past', 'cn-road-2021 past', 'cn-road-next in-force']);
});

it('says of each set who it comes from, and that its wording was not compared', () => {
  load(next);
  const [own, , given] = new RuleBook(stores.ruleSets).view('2026-06-01');
  expect(own).toMatchObject({ from: 'program', signedBy: null, confirmed: false });
  expect(given).toMatchObject({ from: 'file', signedBy: 'city', sha256: ruleSetSha256(next) });
});

it('is found by its hash; another set under its name is a rival', () => {
  load(next);
  const book = new RuleBook(stores.ruleSets);
  expect(book.bySha256(ruleSetSha256(next))).toMatchObject({ id: 'cn-road-next' });
  expect(book.bySha256('0'.repeat(64))).toBeNull();
  expect(book.rivalOf({ ...next, title: 'x' })).toMatchObject({ id: 'cn-road-next' });
  expect(book.rivalOf({ ...next, version: 2 })).toBeNull();
  expect(book.rivalOf(next)).toBeNull();
});

it('a stored set that somebody changed is decided by no more', () => {
  load(next);
  const other = new Database(join(dir, 'yuanheng.db'));
  other.exec(`UPDATE rule_sets SET text = replace(text, '48000', '68000')`);
  other.close();
  const book = new RuleBook(stores.ruleSets);
  expect(book.sets()).toEqual(ruleSets);
  expect(book.broken()).toEqual([ruleSetSha256(next)]);
  // Nothing is decided by older rules in its place.
  const around = {
    settings: defaultSettings,
    settingsProblem: null,
    stores,
    clock: handClock(),
    rules: book,
    keys: { trouble: () => null },
    witnesses: { contradiction: () => null },
  };
  expect(stationObstacles(around)).toMatchObject([{ code: 'settings-invalid' }]);
});

it('the program’s own are written down once, and a former one decides nothing any more', () => {
  const book = new RuleBook(stores.ruleSets);
  const bodies = book.unwritten('0.1.0');
  expect(bodies).toHaveLength(ruleSets.length);
  stores.ledger.appendAll(bodies);
  const former = { ...next, effectiveFrom: { date: '2026-02-01', confirmed: true } };
  const text = ruleSetText(former);
  const sha256 = ruleSetSha256(former);
  stores.ledger.append(() => ({
    type: 'rule-set-loaded',
    body: { text, sha256, signedBy: 'yuanheng 0.0.9', from: 'built-in', operator: null },
  }));
  book.refresh();
  expect(book.unwritten('0.2.0')).toEqual([]);
  expect(book.sets()).toEqual(ruleSets);
  expect(book.view('2026-06-01').map(({ from }) => from)).toEqual(['program', 'program']);
  expect(book.bySha256(sha256)).toMatchObject({ id: 'cn-road-next' });
  expect(book.rivalOf({ ...former, title: 'x' })).toMatchObject({ id: 'cn-road-next' });
});

it('without any it is the program’s own', () => {
  expect(new RuleBook(stores.ruleSets).sets()).toEqual(ruleSets);
});
