import { createHash } from 'node:crypto';
import type { RuleSetView } from '../../station/contract.ts';
import { ruleSetOn } from '../../station/limits/decide.ts';
import { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { RuleSetStore, StoredRuleSet } from '../store/ruleSetStore.ts';

interface Known {
  readonly set: RuleSet;
  readonly stored: StoredRuleSet | null;
}

/** Every rule set the station decides by: its own, and those it was given with a signature it trusts. */
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
    return this.#read.known.find(({ set }) => ruleSetSha256(set) === sha256)?.set ?? null;
  }

  /** Another set that goes by the same id and version, with other bytes. */
  rivalOf(set: RuleSet): RuleSet | null {
    const rival = this.#read.known.find(
      (known) => known.set.id === set.id && known.set.version === set.version,
    );
    return rival === undefined || ruleSetSha256(rival.set) === ruleSetSha256(set) ? null : rival.set;
  }

  view(date: string): RuleSetView[] {
    const now = ruleSetOn(date, this.sets());
    return this.#read.known.map(({ set, stored }) => ({
      id: set.id,
      version: set.version,
      title: set.title,
      sha256: ruleSetSha256(set),
      effectiveFrom: set.effectiveFrom.date,
      confirmed: set.effectiveFrom.confirmed && set.sources.every(({ wordingConfirmed }) => wordingConfirmed),
      from: stored?.from ?? 'program',
      signedBy: stored?.signedBy ?? null,
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
  readonly known: readonly Known[];
  readonly broken: readonly string[];
}

/** A stored set that no longer has its hash was changed behind the program: it decides nothing, and is named. */
function readAll(store: RuleSetStore): AllRead {
  const known: Known[] = ownRuleSets.map((set) => ({ set, stored: null }));
  const broken: string[] = [];
  for (const stored of store.all()) {
    const sha256 = createHash('sha256').update(stored.text, 'utf8').digest('hex');
    if (sha256 === stored.sha256) known.push({ set: RuleSet.parse(JSON.parse(stored.text)), stored });
    else broken.push(stored.sha256);
  }
  return { known, broken };
}
