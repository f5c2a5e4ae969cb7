import { isDeepStrictEqual } from 'node:util';
import type { IndicatorConfig } from '../../instruments/indicatorConfig.ts';
import type { BeamsConfig } from './beamsConfig.ts';

/** Two who ask on one serial line talk into each other's answers, and the weight's are the ones that count. */
export function sharesCable(beams: BeamsConfig, instrument: IndicatorConfig | null): boolean {
  const [one, other] = [beams.transport, instrument?.transport];
  if (one.kind !== 'serial' || other?.kind !== 'serial') return false;
  if (one.path !== undefined && one.path === other.path) return true;
  return one.usb !== undefined && isDeepStrictEqual(one.usb, other.usb);
}
