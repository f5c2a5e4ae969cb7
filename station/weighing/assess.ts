import type { NextStep, TareView, WeighingKind } from '../contract.ts';
import type { Decision, Outcome, ReasonCode } from '../limits/decision.ts';
import type { FactName } from '../vehicles/facts.ts';
import type { Rest } from './scale.ts';

/** An unladen truck weighs about a third to a half of its limit; above this share it is taken as loaded. */
const unladenShareOfLimit = { numerator: 55, denominator: 100 };
const unknownVehicleLimitKg = 31_000;

/**
 * Which weighing this looks like. Only a suggestion: the operator's choice stands above it, and neither
 * changes what the law says of a gross weight. Weights kg.
 */
export function suggestKind(weighedKg: number, tare: TareView | null, limitKg: number | null): WeighingKind {
  if (tare?.valid === true) return weighedKg * 10 >= tare.kg * 12 ? 'gross' : 'tare';
  const { numerator, denominator } = unladenShareOfLimit;
  return weighedKg * denominator <= (limitKg ?? unknownVehicleLimitKg) * numerator ? 'tare' : 'gross';
}

/** On which sheet the operator states what is missing: the vehicle's, or that of its load, trailer and rear plate. */
type Sheet = 'vehicle' | 'load';

const sheetOf: Readonly<Partial<Record<ReasonCode, Sheet>>> = {
  'credential-missing': 'vehicle',
  'emission-unknown': 'vehicle',
  'licence-gross-unknown': 'vehicle',
  'licence-load-unknown': 'vehicle',
  'layout-disagrees': 'vehicle',
  'goods-unconfirmed': 'load',
  'destination-unknown': 'load',
  'destination-missing': 'load',
  'contract-unknown': 'load',
  'driver-unknown': 'load',
  'driver-missing': 'load',
  'trailer-disagrees': 'load',
  'rear-plate-unclear': 'load',
};

/** Where to begin, when everything that keeps a vehicle from leaving is only not stated yet; null when it is more. */
export function statedWhere(decision: Decision | null): Sheet | null {
  if (decision?.outcome !== 'cannot-decide') return null;
  const sheets = decision.reasons.map(({ code, detail }) =>
    // A driver's papers are on no sheet of the scale: they are the register's.
    code === 'credential-missing' && detail.startsWith('driver-') ? undefined : sheetOf[code],
  );
  if (sheets.includes(undefined)) return null;
  return sheets.includes('vehicle') ? 'vehicle' : 'load';
}

/** What the one key does now. */
export function nextStep(state: {
  readonly weightLive: boolean;
  readonly onScale: boolean;
  /** What the scale showed before what stands there came; of an empty one, what it shows now. */
  readonly rest: Rest;
  /** Nothing of a vehicle stands there, and it does not show zero. */
  readonly restsOffZero: boolean;
  readonly stable: boolean;
  readonly saved: boolean;
  /** A person said that this is no truck to weigh. */
  readonly maintenance: boolean;
  readonly plateKnown: boolean;
  /** What a person must state first. */
  readonly ask: readonly FactName[];
  readonly kind: WeighingKind;
  readonly outcome: Outcome | null;
  /** What stands in the way could be stated right here, with the papers in hand. */
  readonly statedWhere: Sheet | null;
}): NextStep {
  if (!state.weightLive) return 'repair-scale';
  if (state.restsOffZero) return 'clear-scale';
  if (!state.onScale) return state.rest === 'zero' ? 'wait-for-truck' : 'wait-for-zero';
  if (state.saved || state.maintenance) return 'drive-off';
  const counts = state.rest === 'zero';
  if (!state.plateKnown) return counts ? 'enter-plate' : 'weigh-again';
  if (state.kind === 'gross' && state.ask.length > 0)
    return state.ask.includes('trailer') ? 'state-load' : 'state-vehicle';
  if (!state.stable) return 'wait-for-stable';
  if (state.kind === 'tare') return counts ? 'save-tare' : 'weigh-again';
  if (state.outcome === 'allow') return 'save-and-print-slip';
  if (state.outcome === 'refuse') return 'save-and-print-refusal';
  if (state.statedWhere !== null) return `state-${state.statedWhere}`;
  return 'save-without-paper';
}
