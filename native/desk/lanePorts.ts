import { randomUUID } from 'node:crypto';
import { chineseDate } from '../../station/chineseTime.ts';
import type { Load } from '../../station/vehicles/load.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { factsOf, licenceLoadOf, vehicleCredentials } from '../../station/vehicles/register/coupled.ts';
import type { StatedPapers, VehicleEntry } from '../../station/vehicles/register/entries.ts';
import { noPapers } from '../../station/vehicles/register/entries.ts';
import type { CaseAround, KnownVehicle, LanePorts } from '../../station/weighing/ports.ts';
import type { Identity } from '../../station/weighing/visit.ts';
import { isUnplated } from '../../station/weighing/visit.ts';
import { tareDrift } from '../../station/weighing/tareBook.ts';
import type { Stores } from '../store/stores.ts';
import { caseOfLoad, driverCredentials } from './caseOfLoad.ts';
import type { DeskDeps } from './desk.ts';
import { listedOf } from './listed.ts';

const hourMs = 3_600_000;

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
    tare: (plate, colour, trailerPlate) => register.tare(plate, colour, trailerPlate),
    tareDrift: (plate, colour, trailerPlate, newestKg) => {
      const history = register.tareHistory(plate, colour, trailerPlate).map(({ kg }) => kg);
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
  const coupled = trailerPlate ?? vehicle.trailerPlate;
  // A combination stated as a whole only carries the trailer's plate along; a tractor's coupling decides.
  const last = coupled === null && vehicle.unit === 'whole' ? stores.visits.lastTrailer(plate, colour) : null;
  return {
    unit: vehicle.unit,
    facts: factsOf(vehicle, trailer),
    trailerPlate: coupled ?? last,
    trailerFrom:
      trailerPlate !== null
        ? 'operator'
        : coupled !== null
          ? 'register'
          : last === null
            ? null
            : 'last-visit',
    papers: papersOf(vehicle),
    trailerPapers: trailer === null ? noPapers : papersOf(trailer),
  };
}

function trailerOf(stores: Stores, vehicle: VehicleEntry, stated: string | null): VehicleEntry | null {
  const plate = stated ?? vehicle.trailerPlate;
  return plate === null ? null : stores.register.trailer(plate);
}

function papersOf(entry: VehicleEntry): StatedPapers {
  const { licenceExpires, permitExpires, licenceLoadKg, emission, fleet, licencePicture, permitPicture } =
    entry;
  return { licenceExpires, permitExpires, licenceLoadKg, emission, fleet, licencePicture, permitPicture };
}

function caseAround(
  stores: Stores,
  identity: Identity,
  trailerPlate: string | null,
  load: Load,
  date: string,
): Omit<CaseAround, 'policy'> {
  const { register } = stores;
  const { plate, colour } = identity;
  const vehicle = isUnplated(identity) ? null : register.vehicle(plate, colour);
  const trailer = trailerPlate === null ? null : register.trailer(trailerPlate);
  const units = [
    ...(isUnplated(identity) ? [] : [{ plate, entry: vehicle }]),
    ...(trailerPlate === null ? [] : [{ plate: trailerPlate, entry: trailer }]),
  ];
  return {
    credentials: [...vehicleCredentials(units), ...driverCredentials(stores, load)],
    listed: listedOf(register, identity, trailerPlate, date),
    emission: vehicle?.emission ?? null,
    licenceLoadKg: licenceLoadOf(vehicle, trailer, trailerPlate),
    ...caseOfLoad(stores, load),
  };
}
