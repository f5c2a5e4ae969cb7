import type { NextStep, TareView, WeighingKind } from '../contract.ts';
import type { Decision, Outcome, ReasonCode } from '../limits/decision.ts';

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

const statableCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'credential-missing',
  'emission-unknown',
  'licence-gross-unknown',
  'layout-disagrees',
]);

/** Whether everything that keeps a vehicle from leaving is only not stated yet. */
export function isStatable(decision: Decision | null): boolean {
  if (decision?.outcome !== 'cannot-decide') return false;
  return decision.reasons.every(({ code }) => statableCodes.has(code));
}

/** What the one key does now. */
export function nextStep(state: {
  readonly weightLive: boolean;
  readonly onScale: boolean;
  readonly stable: boolean;
  readonly saved: boolean;
  /** A person said that this is no truck to weigh. */
  readonly maintenance: boolean;
  readonly plateKnown: boolean;
  readonly askFacts: boolean;
  readonly kind: WeighingKind;
  readonly outcome: Outcome | null;
  /** What stands in the way could be stated right here, with the papers in hand. */
  readonly statable: boolean;
}): NextStep {
  if (!state.weightLive) return 'repair-scale';
  if (!state.onScale) return 'wait-for-truck';
  if (state.saved || state.maintenance) return 'drive-off';
  if (!state.plateKnown) return 'enter-plate';
  if (state.kind === 'gross' && state.askFacts) return 'state-vehicle';
  if (!state.stable) return 'wait-for-stable';
  if (state.kind === 'tare') return 'save-tare';
  if (state.outcome === 'allow') return 'save-and-print-slip';
  if (state.outcome === 'refuse') return 'save-and-print-refusal';
  if (state.statable) return 'state-vehicle';
  return 'save-without-paper';
}
