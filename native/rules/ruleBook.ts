import { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { RuleSetStore } from '../store/ruleSetStore.ts';

/** Every rule set the station decides by: its own, and those it was given with a signature it trusts. */
export class RuleBook {
  readonly #store: RuleSetStore;
  #sets: readonly RuleSet[];

  constructor(store: RuleSetStore) {
    this.#store = store;
    this.#sets = this.#read();
  }

  sets(): readonly RuleSet[] {
    return this.#sets;
  }

  /** After a rule set was written to the ledger. */
  refresh(): void {
    this.#sets = this.#read();
  }

  #read(): readonly RuleSet[] {
    return [...ownRuleSets, ...this.#store.all().map(({ text }) => RuleSet.parse(JSON.parse(text)))];
  }
}
