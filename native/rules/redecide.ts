import Database from 'better-sqlite3';
import { join } from 'node:path';
import { openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent, WeighingBody, WeighingEvent } from '../../station/ledger/event.ts';
import type { Decision } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetOfText, ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { Part } from './compare.ts';
import { allParts, changedParts, rebuiltParts, underOtherRulesParts } from './compare.ts';
import { caseOf } from './storedCase.ts';

/** One stored decision made again. `rebuilt`: its record, of program 0.1, held no case to make it from. */
export type Rerun =
  | { readonly kind: 'same'; readonly rebuilt: boolean }
  | {
      readonly kind: 'differs';
      readonly number: number;
      readonly plate: string;
      readonly timeMs: number;
      readonly rebuilt: boolean;
      readonly changed: readonly Part[];
      readonly was: Decision;
      readonly now: Decision;
    }
  | {
      readonly kind: 'cannot';
      readonly sequence: number;
      readonly number: number | null;
      readonly why: string;
    };

interface Row {
  readonly sequence: number;
  readonly number: number | null;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** So many at once: a reader that held the store for all of them would keep its log from being written back. */
const page = 500;

/**
 * Makes every stored decision again, in the order of the ledger, from nothing but the record and the rules it names
 * (or `rules` for all, whatever day they begin on). Reads only, and beside a running station. Throws when the store
 * cannot be opened.
 */
export function* redecide(dataDir: string, rules: RuleSet | null): Generator<Rerun> {
  const db = new Database(join(dataDir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
  try {
    const again = rules === null ? byNamedRules() : byOtherRules(rules);
    const next = db.prepare(
      `SELECT sequence, number, text, previous_hash AS previousHash, hash FROM ledger
       WHERE sequence > ? AND type IN ('weighing', 'rule-set-loaded') ORDER BY sequence LIMIT ${String(page)}`,
    );
    let rows = next.all(0) as readonly Row[];
    while (rows.length > 0) {
      for (const row of rows) {
        const opened = openLink(row);
        const { sequence, number } = row;
        if (!opened.ok) {
          yield { kind: 'cannot', sequence, number, why: `event ${String(sequence)}: ${opened.error.kind}` };
        } else {
          const rerun = again(opened.value);
          if (rerun !== null) yield rerun;
        }
      }
      rows = next.all(rows.at(-1)?.sequence ?? 0) as readonly Row[];
    }
  } finally {
    db.close();
  }
}

/** Takes the ledger's events in their order; null for one that decided nothing. */
type Again = (event: LedgerEvent) => Rerun | null;

/** By the rules each decision names: those the ledger has from before it, else the program's own. */
function byNamedRules(): Again {
  const known = new Map(ownRuleSets.map((set) => [ruleSetSha256(set), set]));
  return (event) => {
    if (event.type === 'rule-set-loaded') {
      const loaded = ruleSetOfText(event.body.text);
      if (loaded !== null) known.set(loaded.sha256, loaded.set);
      return null;
    }
    return event.type === 'weighing' ? redecideOne(event, (sha256) => known.get(sha256) ?? null) : null;
  };
}

/** One decision made again by the rules it names, as far as `ruleSetOf` knows them; null for a tare. */
export function redecideOne(
  event: WeighingEvent,
  ruleSetOf: (sha256: string) => RuleSet | null,
): Rerun | null {
  if (event.body.decision === null) return null;
  const { ruleSet, ruleSetSha256: sha256 } = event.body.decision;
  const named = sha256 === null ? null : ruleSetOf(sha256);
  if (sha256 !== null && named === null) {
    return cannot(event.sequence, event.body, `rule set ${sha256.slice(0, 16)} is not here`);
  }
  // Program 0.1 named its rules by id alone, and decided by those it was built with.
  const sets = named === null ? ownRuleSets.filter(({ id }) => id === ruleSet) : [named];
  return compared(event, event.body, event.body.decision, sets, null);
}

/** What would have been under one set of rules, as if it had always been in force. */
function byOtherRules(rules: RuleSet): Again {
  const always: RuleSet = { ...rules, effectiveFrom: { ...rules.effectiveFrom, date: '0001-01-01' } };
  return (event) =>
    event.type === 'weighing' && event.body.decision !== null
      ? compared(event, event.body, event.body.decision, [always], ruleSetSha256(rules))
      : null;
}

function compared(
  { sequence, timeMs }: LedgerEvent,
  body: WeighingBody,
  was: Decision,
  sets: readonly RuleSet[],
  otherSha256: string | null,
): Rerun {
  const { number, plate } = body;
  const each = caseOf(body);
  if (each === null) return cannot(sequence, body, 'the record holds no gross weight');
  const rebuilt = body.case === null;
  const decided = judge(each, sets);
  const now = otherSha256 === null ? decided : { ...decided, ruleSetSha256: otherSha256 };
  const parts = rebuilt ? rebuiltParts : otherSha256 === null ? allParts : underOtherRulesParts;
  const changed = changedParts(was, now, parts);
  return changed.length === 0
    ? { kind: 'same', rebuilt }
    : { kind: 'differs', number, plate, timeMs, rebuilt, changed, was, now };
}

function cannot(sequence: number, { number }: WeighingBody, why: string): Rerun {
  return { kind: 'cannot', sequence, number, why };
}
