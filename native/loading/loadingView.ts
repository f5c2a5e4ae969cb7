import { chineseDate } from '../../station/chineseTime.ts';
import type { LoadingTruck, LoadingView } from '../../station/contract.ts';
import type { Desk } from '../desk/desk.ts';
import type { Loaded } from './loadingTrucks.ts';
import { boundsOf, loadingTrucks } from './loadingTrucks.ts';

const hourMs = 3_600_000;

/** What was worked out at one state of the ledger, on one day; both change a limit, nothing else does. */
interface Worked {
  readonly at: string;
  readonly trucks: readonly LoadingTruck[];
  readonly limits: Map<string, number | null>;
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
  const worked: Worked = { at, trucks: loadingTrucks(desk.deps, sinceMs), limits: new Map() };
  workedAt.set(desk, worked);
  return worked;
}

function onScale(desk: Desk, { limits }: Worked): LoadingView['scale'] {
  const { crossingId, truck, decision, stableKg, saved } = desk.lane.view();
  if (crossingId === null) return null;
  const limitKg =
    decision === null ? (truck === null ? null : limitOf(desk, truck, limits)) : decision.limitKg;
  const both = limitKg === null || stableKg === null ? null : { limitKg, kg: stableKg };
  return {
    plate: truck?.plate ?? null,
    colour: truck?.colour ?? 'other',
    kg: stableKg,
    stable: stableKg !== null,
    limitKg,
    leftKg: decision?.leftKg ?? (both === null ? null : Math.max(0, both.limitKg - both.kg)),
    overKg: decision?.overKg ?? (both === null ? 0 : Math.max(0, both.kg - both.limitKg)),
    outcome: decision?.outcome ?? null,
    saved: saved !== null,
  };
}

/** While it is still being loaded there is no decision, but what it may weigh is known. */
function limitOf(desk: Desk, truck: Loaded, limits: Worked['limits']): number | null {
  const { plate, colour, facts, trailerPlate, load } = truck;
  const key = JSON.stringify([plate, colour, facts, trailerPlate, load]);
  const found = limits.get(key);
  if (found !== undefined) return found;
  const { limitKg } = boundsOf(desk.deps, { plate, colour, facts, trailerPlate, load });
  limits.set(key, limitKg);
  return limitKg;
}
