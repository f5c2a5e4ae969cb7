import Database from 'better-sqlite3';
import { join } from 'node:path';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import type { Decision } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import { caseOf } from './storedCase.ts';

/** One stored decision made again. */
export type Rerun =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'differs';
      readonly number: number;
      readonly plate: string;
      readonly was: Decision;
      readonly now: Decision;
    }
  | { readonly kind: 'cannot'; readonly number: number; readonly why: string };

interface Row {
  readonly sequence: number;
  readonly text: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/**
 * Makes every stored decision again, in the order of the ledger, from nothing but the record and the rules it names
 * (or `rules` for all). Reads only, and beside a running station. Throws when the store cannot be opened.
 */
export function* redecide(dataDir: string, rules: RuleSet | null): Generator<Rerun> {
  const db = new Database(join(dataDir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
  try {
    const known = new Map(ownRuleSets.map((set) => [ruleSetSha256(set), set]));
    const rows = db
      .prepare(
        `SELECT sequence, text, previous_hash, hash FROM ledger
         WHERE type IN ('weighing', 'rule-set-loaded') ORDER BY sequence`,
      )
      .iterate() as IterableIterator<Row>;
    for (const { sequence, text, previous_hash: previousHash, hash } of rows) {
      const opened = openLink({ sequence, text, previousHash, hash });
      if (!opened.ok) {
        yield { kind: 'cannot', number: sequence, why: `event ${String(sequence)}: ${opened.error.kind}` };
        continue;
      }
      const event = opened.value;
      if (event.type === 'rule-set-loaded') {
        const set = RuleSet.parse(JSON.parse(event.body.text));
        known.set(ruleSetSha256(set), set);
      } else if (event.type === 'weighing' && event.body.decision !== null) {
        yield again(event.body, event.body.decision, rules, known);
      }
    }
  } finally {
    db.close();
  }
}

function again(
  body: WeighingBody,
  was: Decision,
  rules: RuleSet | null,
  known: ReadonlyMap<string, RuleSet>,
): Rerun {
  const { number, plate } = body;
  const each = caseOf(body);
  if (each === null) return { kind: 'cannot', number, why: 'the record holds no gross weight' };
  const named = was.ruleSetSha256 === null ? null : (known.get(was.ruleSetSha256) ?? null);
  if (rules === null && was.ruleSetSha256 !== null && named === null) {
    return { kind: 'cannot', number, why: `rule set ${was.ruleSetSha256.slice(0, 16)} is not here` };
  }
  // Program 0.1 named its rules by id alone, and decided by those it was built with.
  const old = was.ruleSetSha256 === null ? ownRuleSets.filter(({ id }) => id === was.ruleSet) : [];
  const sets = rules === null ? (named === null ? old : [named]) : [rules];
  const now = judge(each, sets);
  return sameDecision(was, now, each !== body.case)
    ? { kind: 'same' }
    : { kind: 'differs', number, plate, was, now };
}

/** Of a record without a case only what it decided is held against it: program 0.1 wrote less. */
function sameDecision(was: Decision, now: Decision, rebuilt: boolean): boolean {
  const essence = (each: Decision): string =>
    JSON.stringify(
      rebuilt
        ? [each.outcome, each.limitKg, each.overKg, each.leftKg, each.clauses.map(({ id }) => id)]
        : each,
      rebuilt ? undefined : sortedKeys,
    );
  return essence(was) === essence(now);
}

/** The stored one was written with sorted names. */
function sortedKeys(_name: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;
}
