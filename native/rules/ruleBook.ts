import type { RuleSetView } from '../../station/contract.ts';
import { ruleSetOn } from '../../station/limits/decide.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetOfText, ruleSetSha256, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { RuleSetStore, StoredRuleSet } from '../store/ruleSetStore.ts';

interface Known {
  readonly set: RuleSet;
  /** Where it was given from; null for the program's own. */
  readonly given: (StoredRuleSet & { readonly from: 'file' | 'platform' }) | null;
}

/**
 * Every rule set the station decides by: its own, and those it was given with a signature it trusts. Its own are in
 * the ledger too, so that a decision can be made again by a program that has others; there they decide nothing.
 */
export class RuleBook {
  readonly #store: RuleSetStore;
  #read: AllRead;

  constructor(store: RuleSetStore) {
    this.#store = store;
    this.#read = readAll(store);
  }

  sets(): readonly RuleSet[] {
    return this.#read.known.map(({ set }) => set);
  }

  /** SHA-256 of stored sets that were changed behind the program. */
  broken(): readonly string[] {
    return this.#read.broken;
  }

  /** After a rule set was written to the ledger. */
  refresh(): void {
    this.#read = readAll(this.#store);
  }

  bySha256(sha256: string): RuleSet | null {
    return this.#read.byHash.get(sha256) ?? null;
  }

  /** The program's own rule sets that the ledger does not have yet, as events. */
  unwritten(program: string): EventBody[] {
    return ownRuleSets
      .filter((set) => !this.#read.written.has(ruleSetSha256(set)))
      .map((set) => ({
        type: 'rule-set-loaded',
        body: {
          text: ruleSetText(set),
          sha256: ruleSetSha256(set),
          signedBy: `yuanheng ${program}`,
          from: 'built-in',
          operator: null,
        },
      }));
  }

  /** Another set that goes by the same id and version, with other bytes. */
  rivalOf(set: RuleSet): RuleSet | null {
    const named = [...this.#read.byHash.values()].filter(
      ({ id, version }) => id === set.id && version === set.version,
    );
    return named.find((each) => ruleSetSha256(each) !== ruleSetSha256(set)) ?? null;
  }

  view(date: string): RuleSetView[] {
    const now = ruleSetOn(date, this.sets());
    return this.#read.known.map(({ set, given }) => ({
      id: set.id,
      version: set.version,
      title: set.title,
      sha256: ruleSetSha256(set),
      effectiveFrom: set.effectiveFrom.date,
      confirmed: set.effectiveFrom.confirmed && set.sources.every(({ wordingConfirmed }) => wordingConfirmed),
      from: given?.from ?? 'program',
      signedBy: given?.signedBy ?? null,
      state: set === now ? 'in-force' : set.effectiveFrom.date > date ? 'to-come' : 'past',
      sources: set.sources.map((source) => ({ ...source })),
      rows: set.rows.map((row) => ({
        id: row.id,
        axles: row.axles,
        andMore: row.andMore === true,
        classes: [...row.classes],
        layout: row.layout,
        driveAxles: row.driveAxles ?? null,
        limitKg: row.limitKg,
        confirmed: row.confirmed !== false,
      })),
    }));
  }
}

interface AllRead {
  /** What decides. */
  readonly known: readonly Known[];
  /** What was ever decided by, by SHA-256. */
  readonly byHash: ReadonlyMap<string, RuleSet>;
  /** SHA-256 of what the ledger has. */
  readonly written: ReadonlySet<string>;
  readonly broken: readonly string[];
}

/** A stored set that no longer has its hash was changed behind the program: it decides nothing, and is named. */
function readAll(store: RuleSetStore): AllRead {
  const known: Known[] = ownRuleSets.map((set) => ({ set, given: null }));
  const byHash = new Map(ownRuleSets.map((set) => [ruleSetSha256(set), set]));
  const written = new Set<string>();
  const broken: string[] = [];
  for (const stored of store.all()) {
    const read = ruleSetOfText(stored.text);
    written.add(stored.sha256);
    if (read?.sha256 !== stored.sha256) {
      broken.push(stored.sha256);
      continue;
    }
    if (!byHash.has(read.sha256)) byHash.set(read.sha256, read.set);
    const { from } = stored;
    if (from !== 'built-in') known.push({ set: read.set, given: { ...stored, from } });
  }
  return { known, byHash, written, broken };
}
