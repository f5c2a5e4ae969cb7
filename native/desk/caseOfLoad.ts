import { nameKey } from '../../station/nameKey.ts';
import type { Credential } from '../../station/vehicles/credentials.ts';
import type { Load } from '../../station/vehicles/load.ts';
import type { ContractEntry, DestinationEntry } from '../../station/vehicles/register/entries.ts';
import type { CaseOfLoad } from '../../station/weighing/ports.ts';
import { prepared } from '../store/prepared.ts';
import type { Stores } from '../store/stores.ts';
import { entryNamed } from './loadNames.ts';

/** What a decision rests on of the load: each of its names as the register has it, known or not. */
export function caseOfLoad(stores: Stores, load: Load): CaseOfLoad {
  const goods = entryNamed(stores, 'goods', load.goods);
  const destination = entryNamed(stores, 'destination', load.destination);
  const contract = entryNamed(stores, 'contract', load.contract);
  return {
    goods: goods === null ? null : { name: goods.name, category: goods.category },
    destination:
      load.destination === null
        ? null
        : { name: destination?.name ?? load.destination, registered: destination !== null },
    routesKnown: isThere(stores, routesSql),
    route: routeOf(destination),
    contract: load.contract === null ? null : contractOf(load.contract, contract, load.goods),
    quotaLeftKg: quotaLeft(contract, stores.visits),
    driver:
      load.driver === null
        ? null
        : { name: load.driver, registered: entryNamed(stores, 'driver', load.driver) !== null },
    driversKnown: isThere(stores, driversSql),
  };
}

export function driverCredentials(stores: Stores, { driver: name }: Load): readonly Credential[] {
  const driver = entryNamed(stores, 'driver', name);
  if (driver === null) return [];
  return [
    { kind: 'driver-licence', of: driver.name, expires: driver.licenceExpires },
    { kind: 'driver-qualification', of: driver.name, expires: driver.qualificationExpires },
  ];
}

const routesSql = `SELECT 1 FROM register WHERE kind = 'destination' AND json_extract(entry, '$.routeLimitKg') IS NOT NULL LIMIT 1`;
const driversSql = `SELECT 1 FROM register WHERE kind = 'driver' LIMIT 1`;

function isThere({ db }: Pick<Stores, 'db'>, sql: string): boolean {
  return prepared(db, sql).pluck().get() !== undefined;
}

function routeOf(destination: DestinationEntry | null): CaseOfLoad['route'] {
  const limitKg = destination?.routeLimitKg ?? null;
  if (destination === null || limitKg === null) return null;
  return { name: destination.routeName ?? destination.name, limitKg };
}

function contractOf(
  stated: string,
  entry: ContractEntry | null,
  goods: string | null,
): NonNullable<CaseOfLoad['contract']> {
  if (entry === null) return { number: stated, registered: false, from: null, until: null, ofGoods: false };
  const ofGoods = entry.goods !== null && goods !== null && nameKey(entry.goods) === nameKey(goods);
  return { number: entry.number, registered: true, from: entry.from, until: entry.until, ofGoods };
}

function quotaLeft(contract: ContractEntry | null, visits: Stores['visits']): number | null {
  const quotaKg = contract?.quotaKg ?? null;
  return contract === null || quotaKg === null ? null : quotaKg - visits.contractUsedKg(contract.number);
}
