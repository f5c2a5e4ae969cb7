import { randomUUID } from 'node:crypto';
import { chineseDate } from '../../station/chineseTime.ts';
import type { ListEntry } from '../../station/limits/case.ts';
import type { Credential } from '../../station/vehicles/credentials.ts';
import type { Load } from '../../station/vehicles/load.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { factsOf, vehicleCredentials } from '../../station/vehicles/register/coupled.ts';
import type {
  ContractEntry,
  DestinationEntry,
  VehicleEntry,
} from '../../station/vehicles/register/entries.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import type { CaseAround, KnownVehicle, LanePorts } from '../../station/weighing/ports.ts';
import type { Identity } from '../../station/weighing/visit.ts';
import { isUnplated } from '../../station/weighing/visit.ts';
import { tareDrift } from '../../station/weighing/tareBook.ts';
import type { Stores } from '../store/stores.ts';
import type { DeskDeps } from './desk.ts';

const hourMs = 3_600_000;
/** A trailer's plate is yellow, as GA 36 has it. */
const trailerColour: PlateColour = 'yellow';

type RegisterPorts = Pick<
  LanePorts,
  | 'nowMs'
  | 'newId'
  | 'ruleSets'
  | 'vehicle'
  | 'knownPlates'
  | 'inYard'
  | 'tare'
  | 'tareDrift'
  | 'lastLoad'
  | 'attempt'
  | 'around'
>;

/** What the lane reads of the register, the tare book and the rules. */
export function registerPorts({ settings, stores, clock, rules }: DeskDeps): RegisterPorts {
  const { register, visits } = stores;
  const { weighing } = settings.lane;
  return {
    nowMs: clock.nowMs,
    newId: randomUUID,
    ruleSets: () => rules.sets(),
    vehicle: (plate, colour, trailerPlate) => knownVehicle(stores, plate, colour, trailerPlate),
    knownPlates: () => register.knownPlates(stores.ledger.head.sequence),
    inYard: (plate, colour) =>
      visits.inYard(plate, colour, clock.nowMs() - settings.lane.loadingHours * hourMs),
    tare: (plate, colour) => register.tare(plate, colour),
    tareDrift: (plate, colour, newestKg) => {
      const history = register.tareHistory(plate, colour).map(({ kg }) => kg);
      const [last = null, ...before] = history;
      return newestKg === null
        ? tareDrift(last, before, weighing.tareDriftKg)
        : tareDrift(newestKg, history, weighing.tareDriftKg);
    },
    lastLoad: (plate, colour) => visits.lastLoad(plate, colour),
    attempt: (plate, colour) => visits.attempt(plate, colour, clock.nowMs() - weighing.attemptHours * hourMs),
    around: (identity, trailerPlate, load) => ({
      ...caseAround(stores, identity, trailerPlate, load, chineseDate(clock.nowMs())),
      policy: settings.decision,
    }),
  };
}

function knownVehicle(
  stores: Stores,
  plate: string,
  colour: PlateColour,
  trailerPlate: string | null,
): KnownVehicle | null {
  const vehicle = stores.register.vehicle(plate, colour);
  if (vehicle === null) return null;
  const trailer = trailerOf(stores, vehicle, trailerPlate);
  const { licenceExpires, permitExpires, licenceLoadKg, emission, fleet } = vehicle;
  return {
    facts: factsOf(vehicle, trailer),
    // A combination stated as a whole only carries the trailer's plate along; a tractor's coupling decides.
    trailerPlate:
      trailerPlate ??
      vehicle.trailerPlate ??
      (vehicle.unit === 'whole' ? stores.visits.lastTrailer(plate, colour) : null),
    papers: { licenceExpires, permitExpires, licenceLoadKg, emission, fleet },
  };
}

function trailerOf(stores: Stores, vehicle: VehicleEntry, stated: string | null): VehicleEntry | null {
  const plate = stated ?? vehicle.trailerPlate;
  return plate === null ? null : stores.register.vehicle(plate, trailerColour);
}

function caseAround(
  { register, visits }: Stores,
  identity: Identity,
  trailerPlate: string | null,
  load: Load,
  date: string,
): Omit<CaseAround, 'policy'> {
  const vehicle = isUnplated(identity) ? null : register.vehicle(identity.plate, identity.colour);
  const trailer = trailerPlate === null ? null : register.vehicle(trailerPlate, trailerColour);
  const driver = load.driver === null ? null : register.get('driver', load.driver);
  const goods = load.goods === null ? null : register.get('goods', load.goods);
  const destination = load.destination === null ? null : register.get('destination', load.destination);
  const contract = load.contract === null ? null : register.get('contract', load.contract);
  const listing = register.get('listing', plateKey(identity.plate, identity.colour));
  const listed: ListEntry | null =
    listing === null || (listing.until !== null && listing.until < date)
      ? null
      : { list: listing.list, reason: listing.reason, by: listing.by ?? '' };
  const drivers: readonly Credential[] =
    driver === null
      ? []
      : [
          { kind: 'driver-licence', of: driver.name, expires: driver.licenceExpires },
          { kind: 'driver-qualification', of: driver.name, expires: driver.qualificationExpires },
        ];
  return {
    credentials: [...(vehicle === null ? [] : vehicleCredentials(vehicle, trailer)), ...drivers],
    listed,
    emission: vehicle?.emission ?? null,
    licenceLoadKg: trailer?.licenceLoadKg ?? vehicle?.licenceLoadKg ?? null,
    goods: goods === null ? null : { name: goods.name, category: goods.category },
    route: routeOf(destination),
    quotaLeftKg: quotaLeft(contract, visits),
  };
}

function routeOf(destination: DestinationEntry | null): CaseAround['route'] {
  const limitKg = destination?.routeLimitKg ?? null;
  if (destination === null || limitKg === null) return null;
  return { name: destination.routeName ?? destination.name, limitKg };
}

function quotaLeft(contract: ContractEntry | null, visits: Stores['visits']): number | null {
  const quotaKg = contract?.quotaKg ?? null;
  return contract === null || quotaKg === null ? null : quotaKg - visits.contractUsedKg(contract.number);
}
