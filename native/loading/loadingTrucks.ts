import type {
  Decision,
  LoadingTruck,
  PlateColour,
  ReasonCode,
  VehicleFacts,
} from '../../station/contract.ts';
import { unknownFacts } from '../../station/contract.ts';
import { reasonEffects } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import { adviseLoad } from '../../station/loading/advice.ts';
import type { Load } from '../../station/vehicles/load.ts';
import { buildCase } from '../../station/weighing/buildCase.ts';
import { emptyVisit } from '../../station/weighing/visit.ts';
import type { DeskDeps } from '../desk/desk.ts';
import { registerPorts } from '../desk/lanePorts.ts';
import { standing } from '../store/visitsStore.ts';
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
       FROM (SELECT *, max(number) FROM passages WHERE time_ms >= ? AND ${standing} GROUP BY plate, colour)
       WHERE (kind = 'tare' OR outcome = 'refuse') AND number NOT IN (SELECT number FROM releases)
       ORDER BY number DESC LIMIT ${String(mostTrucks)}`,
    )
    .all(sinceMs) as LastWeighing[];
  return rows.map((row) => loadingTruck(deps, row));
}

function loadingTruck(deps: DeskDeps, row: LastWeighing): LoadingTruck {
  const { plate, colour, goods, number } = row;
  const history = loadHistory(deps.stores.db, plate, colour, goods);
  const refused = row.kind === 'gross';
  const known = registerPorts(deps).vehicle(plate, colour, row.trailerPlate);
  const bounds = boundsOf(deps, {
    plate,
    colour,
    facts: known?.facts ?? null,
    trailerPlate: known?.trailerPlate ?? row.trailerPlate,
    load: loadOf(row),
    tare: row.tareKg === null ? null : { number, kg: row.tareKg },
  });
  const { barredBy } = bounds;
  const limitKg = bounds.limitKg ?? row.limitKg;
  const advised = adviseLoad({ limitKg: barredBy.length > 0 ? null : limitKg, tareKg: row.tareKg }, history);
  return {
    plate,
    colour,
    goods,
    state: refused ? 'unload' : 'loading',
    tareKg: row.tareKg,
    limitKg,
    unloadKg: refused ? Math.max(0, limitKg === null ? row.overKg : row.weighedKg - limitKg) : 0,
    ...advised,
    barredBy: [...barredBy],
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
  /** What it weighs empty; null where that is not known. */
  readonly tare: { readonly number: number; readonly kg: number } | null;
}

export interface Bounds {
  /** The lowest of all limits on its gross, kg; null where nobody has stated what it is. */
  readonly limitKg: number | null;
  /** What would refuse it whatever it weighs. */
  readonly barredBy: readonly ReasonCode[];
}

/** What else may refuse is no matter of weight, and no loader can help it. */
const ofWeight: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'overload',
  'above-other-limit',
  'net-above-licence-load',
]);

/** A licence nobody read may permit less than every limit that is known: nobody is told to load up to those. */
const unstatedLicence: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'licence-gross-unknown',
  'licence-load-unknown',
]);

/** The limit of a decision as far as it can be loaded up to, kg; what is above a known limit is so in any case. */
export function loadableKg({ limitKg, overKg, reasons }: Decision): number | null {
  return overKg === 0 && reasons.some(({ code }) => unstatedLicence.has(code)) ? null : limitKg;
}

/** What the rules in force permit this vehicle today, empty as it came. */
export function boundsOf(deps: DeskDeps, { facts, trailerPlate, load, tare, ...of }: Loaded): Bounds {
  const ports = registerPorts(deps);
  const identity = { ...of, source: 'operator', wellFormed: true } as const;
  const asked = buildCase(
    {
      grossKg: tare?.kg ?? 0,
      identity,
      visit: { ...emptyVisit, identity, facts: facts ?? unknownFacts, trailerPlate, load },
      // What was weighed at this visit is what it will be loaded upon, however long ago that was.
      tare: tare === null ? null : { ...tare, weighedAtMs: 0, expiresAtMs: 0, valid: true },
      curveFlags: [],
      obstacles: [],
    },
    { tareRequired: false },
    ports,
  );
  const { limitKg, reasons } = judge(asked, ports.ruleSets());
  const barredBy = reasons
    .map(({ code }) => code)
    .filter((code) => reasonEffects[code] === 'refuse' && !ofWeight.has(code))
    // Goods nobody has named yet may be coal, and may be not.
    .filter((code) => code !== 'emission-below' || asked.goods !== null);
  const known = facts !== null && !reasons.some(({ code }) => unstatedLicence.has(code));
  return { limitKg: known ? limitKg : null, barredBy: [...new Set(barredBy)] };
}

function loadOf({ goods, shipper, consignee, destination, contract, driver, loader }: LastWeighing): Load {
  return { goods, shipper, consignee, destination, contract, driver, loader };
}
