import type { LoadingTruck, PlateColour, VehicleFacts } from '../../station/contract.ts';
import { judge } from '../../station/limits/judge.ts';
import { adviseLoad } from '../../station/loading/advice.ts';
import type { Load } from '../../station/vehicles/load.ts';
import { buildCase } from '../../station/weighing/buildCase.ts';
import { emptyVisit } from '../../station/weighing/visit.ts';
import type { DeskDeps } from '../desk/desk.ts';
import { registerPorts } from '../desk/lanePorts.ts';
import { loadHistory } from './loadHistory.ts';

/** As many as a yard has at once; a longer list nobody reads on a telephone. */
const mostTrucks = 100;

interface LastWeighing extends Load {
  readonly number: number;
  readonly timeMs: number;
  readonly kind: 'tare' | 'gross';
  readonly plate: string;
  readonly colour: PlateColour;
  readonly weighedKg: number;
  readonly tareKg: number | null;
  readonly limitKg: number | null;
  readonly overKg: number;
  readonly trailerPlate: string | null;
}

/** Every truck whose last weighing since then was a tare, or a refusal nobody released. */
export function loadingTrucks(deps: DeskDeps, sinceMs: number): LoadingTruck[] {
  const rows = deps.stores.db
    .prepare(
      `SELECT number, time_ms AS timeMs, kind, plate, colour, weighed_kg AS weighedKg, tare_kg AS tareKg,
         limit_kg AS limitKg, over_kg AS overKg, trailer AS trailerPlate,
         goods, shipper, consignee, destination, contract, driver, loader
       FROM (SELECT *, max(number) FROM passages WHERE time_ms >= ? GROUP BY plate, colour)
       WHERE (kind = 'tare' OR outcome = 'refuse') AND number NOT IN (SELECT number FROM releases)
       ORDER BY number DESC LIMIT ${String(mostTrucks)}`,
    )
    .all(sinceMs) as LastWeighing[];
  return rows.map((row) => loadingTruck(deps, row));
}

function loadingTruck(deps: DeskDeps, row: LastWeighing): LoadingTruck {
  const { plate, colour, goods, number } = row;
  const refused = row.kind === 'gross';
  const known = registerPorts(deps).vehicle(plate, colour, row.trailerPlate);
  const bounds = boundsOf(deps, {
    plate,
    colour,
    facts: known?.facts ?? null,
    trailerPlate: known?.trailerPlate ?? row.trailerPlate,
    load: loadOf(row),
  });
  const limitKg = bounds.limitKg ?? row.limitKg;
  const history = loadHistory(deps.stores.db, plate, colour, goods);
  return {
    plate,
    colour,
    goods,
    state: refused ? 'unload' : 'loading',
    tareKg: row.tareKg,
    limitKg,
    unloadKg: refused ? Math.max(0, limitKg === null ? row.overKg : row.weighedKg - limitKg) : 0,
    ...adviseLoad({ ...bounds, limitKg, tareKg: row.tareKg }, history),
    sinceMs: row.timeMs,
    number: refused ? number : null,
  };
}

/** Who stands there, as far as its limit depends on it. */
export interface Loaded {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly facts: VehicleFacts | null;
  readonly trailerPlate: string | null;
  readonly load: Load;
}

/** What the rules in force permit this vehicle today; null where nobody has stated what it is. */
export function boundsOf(
  deps: DeskDeps,
  { facts, trailerPlate, load, ...of }: Loaded,
): { readonly limitKg: number | null; readonly netLimitKg: number | null } {
  if (facts === null) return { limitKg: null, netLimitKg: null };
  const ports = registerPorts(deps);
  const identity = { ...of, source: 'operator', wellFormed: true } as const;
  const asked = buildCase(
    {
      grossKg: 0,
      identity,
      visit: { ...emptyVisit, identity, facts, trailerPlate, load },
      tare: null,
      curveFlags: [],
      obstacles: [],
    },
    { tareRequired: false },
    ports,
  );
  const { policy, licenceLoadKg, quotaLeftKg } = asked;
  const ofNet = [policy.licenceLoad ? licenceLoadKg : null, policy.quota ? quotaLeftKg : null];
  const nets = ofNet.filter((kg) => kg !== null);
  return {
    limitKg: judge(asked, ports.ruleSets()).limitKg,
    netLimitKg: nets.length === 0 ? null : Math.max(0, Math.min(...nets)),
  };
}

function loadOf({ goods, shipper, consignee, destination, contract, driver, loader }: LastWeighing): Load {
  return { goods, shipper, consignee, destination, contract, driver, loader };
}
