import type { NextStep, TareView, WeighingKind } from '../contract.ts';
import type { Decision, Outcome, Reason } from '../limits/decision.ts';

/** What stands in the way of trusting any weight or decision right now. */
export type Obstacle = Reason & {
  readonly code:
    | 'settings-invalid'
    | 'verification-expired'
    | 'clock-backwards'
    | 'not-from-zero'
    | 'below-minimum'
    | 'above-maximum';
};

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

/**
 * The law's decision, narrowed by what the station itself knows. Nothing here ever widens it:
 * an obstacle makes any outcome cannot-decide, a doubt turns allow into cannot-decide.
 */
export function narrowDecision(
  decision: Decision,
  facts: {
    readonly obstacles: readonly Obstacle[];
    readonly grossKg: number;
    readonly tare: TareView | null;
    readonly tareRequired: boolean;
    readonly twoAxles: boolean;
  },
): Decision {
  const doubts: Reason[] = [];
  if (facts.tare?.valid === true && facts.grossKg < facts.tare.kg) {
    doubts.push({
      code: 'gross-below-tare',
      detail: `${String(facts.grossKg)} < ${String(facts.tare.kg)} kg`,
    });
  }
  if (facts.tareRequired && facts.tare?.valid !== true) doubts.push({ code: 'tare-missing', detail: '' });
  if (facts.twoAxles && decision.missing.includes('registeredGross')) {
    doubts.push({ code: 'licence-gross-unknown', detail: '' });
  }
  const outcome: Outcome =
    facts.obstacles.length > 0 || (decision.outcome === 'allow' && doubts.length > 0)
      ? 'cannot-decide'
      : decision.outcome;
  return { ...decision, outcome, reasons: [...facts.obstacles, ...decision.reasons, ...doubts] };
}

/** What the one key does now. */
export function nextStep(state: {
  readonly weightLive: boolean;
  readonly onScale: boolean;
  readonly stable: boolean;
  readonly saved: boolean;
  readonly plateKnown: boolean;
  readonly askFacts: boolean;
  readonly kind: WeighingKind;
  readonly outcome: Outcome | null;
}): NextStep {
  if (!state.weightLive) return 'repair-scale';
  if (!state.onScale) return 'wait-for-truck';
  if (state.saved) return 'drive-off';
  if (!state.plateKnown) return 'enter-plate';
  if (state.kind === 'gross' && state.askFacts) return 'state-vehicle';
  if (!state.stable) return 'wait-for-stable';
  if (state.kind === 'tare') return 'save-tare';
  if (state.outcome === 'allow') return 'save-and-print-slip';
  if (state.outcome === 'refuse') return 'save-and-print-refusal';
  return 'save-without-paper';
}
