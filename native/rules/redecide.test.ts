import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import type { EventBody, WeighingBody } from '../../station/ledger/event.ts';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import { DecisionCase } from '../../station/limits/case.ts';
import { decide } from '../../station/limits/decide.ts';
import type { Reason } from '../../station/limits/decision.ts';
import { Decision } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetOfText, ruleSetSha256, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { latestRuleSet } from '../../station/limits/ruleSets/index.ts';
import { sampleCase } from '../../station/limits/sampleCase.ts';
import { handClock } from '../handClock.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import { allParts, changedParts } from './compare.ts';
import type { Rerun } from './redecide.ts';
import { redecide } from './redecide.ts';
import { storedRuleSets } from './storedRuleSets.ts';

let dir: string;
let stores: Stores;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-redecide-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), false);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

const again = (rules: RuleSet | null = null): Rerun[] => [...redecide(dir, rules)];

function append(...bodies: readonly EventBody[]): void {
  const written = stores.ledger.appendAll(bodies);
  if (!written.ok) throw new Error(written.error.detail);
}

function gross(number: number, change: Partial<WeighingBody>): EventBody {
  const crossingId = `crossing-${String(number)}`;
  return { type: 'weighing', body: sampleWeighing({ number, crossingId, kind: 'gross', ...change }) };
}

function decided(number: number, each: DecisionCase, sets?: readonly RuleSet[]): EventBody {
  return gross(number, { grossKg: each.grossKg, facts: each.facts, case: each, decision: judge(each, sets) });
}

/** A decision as program 0.1 wrote it: no limits, no version, no hash, and no case beside it. */
function asOf01(
  number: number,
  grossKg: number,
  more: {
    readonly reasons?: readonly Reason[];
    readonly outcome?: Decision['outcome'];
  } & Partial<WeighingBody>,
): EventBody {
  const { reasons, outcome, ...change } = more;
  const { facts, date } = sampleCase();
  const legal = decide({ facts: change.facts ?? facts, grossKg, date });
  const decision: Decision = {
    ...legal,
    limits: [],
    ruleSetVersion: null,
    ruleSetSha256: null,
    outcome: outcome ?? legal.outcome,
    reasons: reasons ?? legal.reasons,
  };
  return gross(number, { grossKg, facts, decision, ...change });
}

const tonneLess = (limits: Partial<RuleSet> = {}): RuleSet => ({
  ...latestRuleSet,
  id: 'cn-road-next',
  effectiveFrom: { date: '2099-01-01', confirmed: false },
  rows: latestRuleSet.rows.map((row) => (row.axles === 6 ? { ...row, limitKg: row.limitKg - 1_000 } : row)),
  ...limits,
});

it('a tare decided nothing, and every decision comes out as it was', () => {
  append(
    { type: 'weighing', body: sampleWeighing({ number: 1 }) },
    decided(2, sampleCase({ grossKg: 49_000 })),
    decided(3, sampleCase({ grossKg: 49_001 })),
    decided(4, sampleCase({ date: '2001-01-01' })),
    decided(5, sampleCase({ date: '2017-01-01' })),
  );
  expect(again()).toEqual(Array<Rerun>(4).fill({ kind: 'same', rebuilt: false }));
});

it('a case of an earlier program is judged as it was then', () => {
  const file = join(import.meta.dirname, 'version1.testCases.json');
  const stored = JSON.parse(readFileSync(file, 'utf8')) as readonly {
    readonly what: string;
    readonly case: unknown;
    readonly decision: unknown;
  }[];
  const parts = allParts.filter((part) => part !== 'clauses');
  for (const each of stored) {
    const now = judge(DecisionCase.parse(each.case));
    expect({ [each.what]: changedParts(Decision.parse(each.decision), now, parts) }).toEqual({
      [each.what]: [],
    });
  }
});

it('more decisions than are held at once are all made again, each once', () => {
  append(...Array.from({ length: 1_203 }, (_, at) => decided(at + 1, sampleCase({ grossKg: 40_000 + at }))));
  expect(again()).toHaveLength(1_203);
});

it('a decision that was not made by its rules is found, with what is different', () => {
  const each = sampleCase({ grossKg: 50_000 });
  const forged: Decision = { ...judge(each), outcome: 'allow', reasons: [] };
  append(gross(1, { grossKg: 50_000, case: each, decision: forged }));
  expect(again()).toMatchObject([
    { kind: 'differs', number: 1, plate: '晋C12345', changed: ['outcome', 'reasons'] },
  ]);
});

it('rules that came from outside are those of the ledger; without them nothing is guessed', () => {
  const next = tonneLess({ effectiveFrom: { date: '2026-01-01', confirmed: false } });
  const each = decided(1, sampleCase(), [next]);
  append(each);
  const sha256 = ruleSetSha256(next).slice(0, 16);
  expect(again()).toMatchObject([{ kind: 'cannot', number: 1, why: `rule set ${sha256} is not here` }]);
  append({
    type: 'rule-set-loaded',
    body: {
      text: ruleSetText(next),
      sha256: ruleSetSha256(next),
      signedBy: 'city',
      from: 'file',
      operator: null,
    },
  });
  append(decided(2, sampleCase(), [next]));
  expect(again().map(({ kind }) => kind)).toEqual(['cannot', 'same']);
});

it('rules of an earlier program are found in the ledger by the hash of their own bytes', () => {
  const { licenceOnly: _, ...fewer } = tonneLess({ effectiveFrom: { date: '2026-01-01', confirmed: false } });
  const text = canonicalJson(JSON.parse(JSON.stringify(fewer)) as CanonicalValue);
  const read = ruleSetOfText(text);
  if (read === null) throw new Error('no rule set');
  // What this program writes of them today has a field more, and another hash.
  expect(ruleSetText(read.set)).not.toBe(text);
  const { sha256 } = read;
  append({
    type: 'rule-set-loaded',
    body: { text, sha256, signedBy: 'yuanheng 0.0.9', from: 'built-in', operator: null },
  });
  append(decided(1, sampleCase({ grossKg: 48_001 }), [read.set]));
  expect(again()).toEqual([{ kind: 'same', rebuilt: false }]);
  expect(storedRuleSets(stores.db)(sha256)).toEqual(read.set);
});

it('under other rules only what they would have done counts, whatever day they begin on', () => {
  append(decided(1, sampleCase({ grossKg: 48_000 })), decided(2, sampleCase({ grossKg: 48_500 })));
  expect(again(tonneLess({ rows: latestRuleSet.rows })).map(({ kind }) => kind)).toEqual(['same', 'same']);
  const next = tonneLess();
  const [, second] = again(next);
  expect(second).toMatchObject({
    kind: 'differs',
    number: 2,
    changed: ['outcome', 'limit', 'over', 'limits', 'reasons'],
    was: { outcome: 'allow', limitKg: 49_000 },
    now: { outcome: 'refuse', limitKg: 48_000, ruleSetSha256: ruleSetSha256(next) },
  });
});

it('records of program 0.1 are put together from what they kept, and marked', () => {
  const two = {
    ...sampleCase().facts,
    axles: 2,
    vehicleClass: 'rigid',
    layout: '1+1',
    driveAxles: 1,
  } as const;
  append(
    asOf01(1, 49_000, {}),
    asOf01(2, 49_020, {}),
    asOf01(3, 40_000, { outcome: 'cannot-decide', reasons: [{ code: 'clock-backwards', detail: '5000' }] }),
    asOf01(4, 40_000, { outcome: 'cannot-decide', reasons: [{ code: 'tare-missing', detail: '' }] }),
    asOf01(5, 12_000, {
      tareKg: 15_000,
      tareNumber: 1,
      outcome: 'cannot-decide',
      reasons: [{ code: 'gross-below-tare', detail: '' }],
    }),
    asOf01(6, 12_000, {
      facts: two,
      outcome: 'cannot-decide',
      reasons: [{ code: 'licence-gross-unknown', detail: '' }],
    }),
  );
  expect(again()).toEqual(Array<Rerun>(6).fill({ kind: 'same', rebuilt: true }));
  expect(again(tonneLess()).map(({ kind }) => kind)).toEqual([
    'differs',
    'differs',
    'differs',
    'differs',
    'differs',
    'same',
  ]);
});

it('a record that was changed behind the program is named, and the others are made again all the same', () => {
  append(decided(1, sampleCase()), decided(2, sampleCase()));
  const other = new Database(join(dir, 'yuanheng.db'));
  other.exec(`DROP TRIGGER ledger_never_changes;
    UPDATE ledger SET text = replace(text, '40000', '39000') WHERE sequence = 1`);
  other.close();
  expect(again()).toEqual([
    { kind: 'cannot', sequence: 1, number: 1, why: 'event 1: hash' },
    { kind: 'same', rebuilt: false },
  ]);
});

it('a store that is not there is an error and is not made', () => {
  expect(() => [...redecide(join(dir, 'none'), null)]).toThrow();
});
