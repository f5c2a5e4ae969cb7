import { chineseDate } from '../../station/chineseTime.ts';
import type { LoadingTruck, LoadingView, TruckView } from '../../station/contract.ts';
import type { Desk } from '../desk/desk.ts';
import type { Bounds, Loaded } from './loadingTrucks.ts';
import { boundsOf, loadableKg, loadingTrucks } from './loadingTrucks.ts';

const hourMs = 3_600_000;

/** What was worked out at one state of the ledger, on one day; both change a limit, nothing else does. */
interface Worked {
  readonly at: string;
  readonly trucks: readonly LoadingTruck[];
  readonly bounds: Map<string, Bounds>;
}

const workedAt = new WeakMap<Desk, Worked>();

/** What loaders see: the vehicle on the scale, and every truck in the yard with what it may still take. */
export function loadingView(desk: Desk): LoadingView {
  const { settings, mode, clock } = desk.deps;
  const sinceMs = clock.nowMs() - settings.lane.loadingHours * hourMs;
  const worked = work(desk, sinceMs);
  return {
    station: settings.station,
    mode,
    scale: onScale(desk, worked),
    trucks: worked.trucks.filter((truck) => truck.sinceMs >= sinceMs),
  };
}

function work(desk: Desk, sinceMs: number): Worked {
  const { stores, clock } = desk.deps;
  const at = `${String(stores.ledger.head.sequence)} ${chineseDate(clock.nowMs())}`;
  const before = workedAt.get(desk);
  if (before?.at === at) return before;
  const worked: Worked = { at, trucks: loadingTrucks(desk.deps, sinceMs), bounds: new Map() };
  workedAt.set(desk, worked);
  return worked;
}

function onScale(desk: Desk, { bounds }: Worked): LoadingView['scale'] {
  const { crossingId, truck, decision, stableKg, saved } = desk.lane.view();
  if (crossingId === null) return null;
  const own = truck === null ? null : boundsOnScale(desk, truck, bounds);
  const limitKg = decision === null ? (own?.limitKg ?? null) : loadableKg(decision);
  const both = limitKg === null || stableKg === null ? null : { limitKg, kg: stableKg };
  return {
    plate: truck?.plate ?? null,
    colour: truck?.colour ?? 'other',
    kg: stableKg,
    stable: stableKg !== null,
    limitKg,
    leftKg:
      limitKg === null
        ? null
        : (decision?.leftKg ?? (both === null ? null : Math.max(0, both.limitKg - both.kg))),
    overKg: decision?.overKg ?? (both === null ? 0 : Math.max(0, both.kg - both.limitKg)),
    outcome: decision?.outcome ?? null,
    barredBy: [...(own?.barredBy ?? [])],
    saved: saved !== null,
  };
}

/** While it is still being loaded there is no decision, but what it may weigh is known. */
function boundsOnScale(desk: Desk, truck: TruckView, known: Worked['bounds']): Bounds {
  const { plate, colour, facts, trailerPlate, load } = truck;
  const tare = truck.tare?.valid === true ? { number: truck.tare.number, kg: truck.tare.kg } : null;
  const loaded: Loaded = { plate, colour, facts, trailerPlate, load, tare };
  const key = JSON.stringify(loaded);
  const found = known.get(key);
  if (found !== undefined) return found;
  const bounds = boundsOf(desk.deps, loaded);
  known.set(key, bounds);
  return bounds;
}
