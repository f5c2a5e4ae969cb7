import { chineseDate } from '../chineseTime.ts';
import type { TareView } from '../contract.ts';
import type { DecisionCase, FactSource } from '../limits/case.ts';
import type { Reason } from '../limits/decision.ts';
import type { FactName, VehicleFacts } from '../vehicles/facts.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import type { CurveFlag } from './curveFlags.ts';
import { inputSources } from './inputSources.ts';
import type { LaneOptions, LanePorts } from './ports.ts';
import type { Identity, Visit } from './visit.ts';
import { isUnplated, rearPlateOf } from './visit.ts';

/** Everything the decision on this gross weight rests on, as it is known now. Weight kg. */
export function buildCase(
  each: {
    readonly grossKg: number;
    readonly identity: Identity;
    readonly visit: Visit;
    readonly tare: TareView | null;
    readonly curveFlags: readonly CurveFlag[];
    readonly obstacles: readonly Reason[];
  },
  options: Pick<LaneOptions, 'tareRequired'>,
  ports: Pick<LanePorts, 'nowMs' | 'around' | 'tareDrift'>,
): DecisionCase {
  const { identity, visit, tare } = each;
  const facts = visit.facts ?? unknownFacts;
  const around = ports.around(identity, visit.trailerPlate, visit.load);
  return {
    version: 4,
    date: chineseDate(ports.nowMs()),
    grossKg: each.grossKg,
    facts,
    sources: {
      ...sourcesOf(facts, visit.factsSource),
      ...inputSources(each, around),
    },
    axleLoadsKg: visit.axleLoads?.kg ?? null,
    axleLoadsBy: visit.axleLoads?.by ?? null,
    counted: visit.countedAxles === null ? null : { axles: visit.countedAxles, source: 'camera' },
    plates: {
      front: isUnplated(identity) ? null : identity.plate,
      rear: rearPlateOf(visit),
      trailer: visit.trailerPlate,
    },
    rearStated: visit.rearStated,
    tare: tare === null ? null : { number: tare.number, kg: tare.kg, valid: tare.valid },
    tareRequired: options.tareRequired,
    tareDriftKg: ports.tareDrift(identity.plate, identity.colour, visit.trailerPlate, null).driftKg,
    ...around,
    loadConfirmed: visit.loadConfirmed,
    curveFlags: [...each.curveFlags],
    obstacles: [...each.obstacles],
  };
}

/** Where each fact came from; what nobody stated is decided by the strictest value it could have. */
export function sourcesOf(
  facts: VehicleFacts,
  stated: FactSource,
): Readonly<Record<Exclude<FactName, 'trailer'>, FactSource>> {
  const from = (value: unknown): FactSource => (value === null ? 'stricter' : stated);
  return {
    axles: from(facts.axles),
    class: from(facts.vehicleClass),
    layout: from(facts.layout),
    driveAxles: from(facts.driveAxles),
    registeredGross: from(facts.registeredGrossKg),
    axleSpacing: from(facts.groupSpacingsMm),
  };
}
