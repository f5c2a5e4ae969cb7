import type { FactSource } from '../limits/case.ts';
import type { TareView } from '../contract.ts';
import type { CaseAround } from './ports.ts';
import type { Identity, Visit } from './visit.ts';
import { isUnplated, rearPlateOf } from './visit.ts';

type Sources = Readonly<Record<string, FactSource>>;

/** Where every input of a decision came from besides the vehicle's own facts; what is not there has none. */
export function inputSources(
  { identity, visit, tare }: { identity: Identity; visit: Visit; tare: TareView | null },
  around: CaseAround,
): Sources {
  const { factsSource, trailerSource, trailerPlate, trailerFrom, trailerPapers } = visit;
  const there = (value: unknown, name: string, source: FactSource): Sources =>
    value === null ? {} : { [name]: source };
  const stated = (value: unknown, source: FactSource): FactSource => (value === null ? 'stricter' : source);
  const ofTrailer = trailerPlate !== null && trailerPapers.licenceLoadKg !== null;
  const byPerson: FactSource = visit.loadConfirmed ? 'operator' : 'last-visit';
  // Of these the law presumes what nobody states, so that they are never unknown.
  const presumed = visit.facts === null ? 'stricter' : factsSource;
  return {
    gross: 'indicator',
    singleTyredAxles: presumed,
    wideTyres: presumed,
    airSuspension: presumed,
    purpose: presumed,
    trailerAxleSpacing: stated(visit.facts?.trailerAxleSpacingMm ?? null, factsSource),
    plate: isUnplated(identity) ? 'operator' : identity.source,
    ...there(
      visit.rearStated ?? rearPlateOf(visit),
      'rearPlate',
      visit.rearStated === null ? 'camera' : 'operator',
    ),
    ...there(trailerPlate, 'trailer', trailerFrom ?? 'operator'),
    ...there(visit.countedAxles, 'countedAxles', 'camera'),
    ...there(visit.axleLoads, 'axleLoads', 'operator'),
    ...there(tare, 'tare', 'indicator'),
    ...Object.fromEntries(
      around.credentials.map(({ kind, of, expires }): [string, FactSource] => [
        `${kind} ${of}`,
        stated(expires, paperSource({ kind, of }, visit)),
      ]),
    ),
    licenceLoad: stated(around.licenceLoadKg, ofTrailer ? trailerSource : factsSource),
    emission: stated(around.emission, factsSource),
    ...there(around.listed, 'listed', 'register'),
    ...there(around.goods, 'goods', byPerson),
    ...there(around.destination, 'destination', byPerson),
    ...there(around.route, 'route', 'register'),
    ...there(around.contract, 'contract', byPerson),
    ...there(around.quotaLeftKg, 'quotaLeft', 'register'),
    ...there(around.driver, 'driver', byPerson),
  };
}

/** A driver's papers are the register's alone; those of a vehicle or trailer a person may have read just now. */
function paperSource(
  { kind, of }: { readonly kind: string; readonly of: string },
  { factsSource, trailerSource, trailerPlate }: Visit,
): FactSource {
  if (kind.startsWith('driver-')) return 'register';
  return of === trailerPlate ? trailerSource : factsSource;
}
