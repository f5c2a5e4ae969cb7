import type { DecisionCase } from './case.ts';
import type { Reason } from './decision.ts';

/** What of the load, its destination, contract and driver nobody knows well enough. */
export function loadConcerns(each: DecisionCase): readonly Reason[] {
  return [...destination(each), ...contract(each), ...driver(each)];
}

/** Whether what it carries is more than what it carried last time: a person said so, or its contract does. */
export function goodsConfirmed({ loadConfirmed, contract: held, date }: DecisionCase): boolean {
  return loadConfirmed || (held?.ofGoods === true && isInForce(held, date));
}

/** A destination the register does not know may lie behind a bridge it does. */
function destination({
  destination: named,
  routesKnown,
  loadConfirmed,
  policy,
}: DecisionCase): readonly Reason[] {
  if (!routesKnown) return [];
  if (policy.destinationRequired && (named === null || !loadConfirmed)) {
    return [{ code: 'destination-missing', detail: named?.name ?? '' }];
  }
  return policy.destinationRegistered && named?.registered === false
    ? [{ code: 'destination-unknown', detail: named.name }]
    : [];
}

function contract({ contract: held, date, policy }: DecisionCase): readonly Reason[] {
  if (!policy.quota || held === null) return [];
  const { number, registered, from, until } = held;
  if (!registered) return [{ code: 'contract-unknown', detail: number }];
  return isInForce(held, date)
    ? []
    : [{ code: 'contract-not-in-force', detail: `${number} ${from ?? ''} – ${until ?? ''}` }];
}

function isInForce({ from, until }: NonNullable<DecisionCase['contract']>, date: string): boolean {
  return (from === null || from <= date) && (until === null || date <= until);
}

function driver({ driver: named, driversKnown, loadConfirmed, policy }: DecisionCase): readonly Reason[] {
  if (policy.driverRequired && (named === null || !loadConfirmed)) {
    return [{ code: 'driver-missing', detail: named?.name ?? '' }];
  }
  return policy.driverPapers && driversKnown && named?.registered === false
    ? [{ code: 'driver-unknown', detail: named.name }]
    : [];
}
