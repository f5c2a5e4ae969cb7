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
  #known: readonly Known[];

  constructor(store: RuleSetStore) {
    this.#store = store;
    this.#known = readAll(store);
  }

  sets(): readonly RuleSet[] {
    return this.#known.map(({ set }) => set);
  }

  /** After a rule set was written to the ledger. */
  refresh(): void {
    this.#known = readAll(this.#store);
  }

  bySha256(sha256: string): RuleSet | null {
    return this.#known.find(({ set }) => ruleSetSha256(set) === sha256)?.set ?? null;
  }

  /** Another set that goes by the same id and version, with other bytes. */
  rivalOf(set: RuleSet): RuleSet | null {
    const rival = this.#known.find((known) => known.set.id === set.id && known.set.version === set.version);
    return rival === undefined || ruleSetSha256(rival.set) === ruleSetSha256(set) ? null : rival.set;
  }

  view(date: string): RuleSetView[] {
    const now = ruleSetOn(date, this.sets());
    return this.#known.map(({ set, stored }) => ({
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

/** Throws when a stored set no longer has its hash: the store was changed behind the program. */
function readAll(store: RuleSetStore): readonly Known[] {
  const given = store.all().map((stored): Known => {
    const sha256 = createHash('sha256').update(stored.text, 'utf8').digest('hex');
    if (sha256 !== stored.sha256)
      throw new Error(`The stored rule set ${stored.sha256.slice(0, 16)} was changed`);
    return { set: RuleSet.parse(JSON.parse(stored.text)), stored };
  });
  return [...ownRuleSets.map((set): Known => ({ set, stored: null })), ...given];
}
