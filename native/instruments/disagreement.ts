import type { Disagreement } from '../../station/contract.ts';
import type { IndicatorConfig } from './indicatorConfig.ts';
import type { ValidFrame } from './protocols/protocol.ts';

type Configured = Pick<IndicatorConfig, 'unit' | 'divisionKg'>;
type Shown = Pick<ValidFrame, 'kg' | 'display' | 'decimals' | 'unit' | 'net'>;

/**
 * Where a protocol names no unit, its decimals give it away: a scale of whole-kilogram divisions never shows
 * less than a kilogram, nor steps coarser than its division. 12.460 read as kilograms, or 12460 as tonnes,
 * is the wrong unit and no weight at all. Nor is a net weight the weight of what stands on the scale.
 */
export function disagreement(frame: Shown, config: Configured): Disagreement | null {
  const steps = 10 ** frame.decimals;
  const unitKg = config.unit === 't' ? 1000 : 1;
  const detail = shown(frame, config);
  if (frame.net === true) return { kind: 'net', detail };
  if (frame.unit !== null && frame.unit !== config.unit) return { kind: 'unit', detail };
  const finer = !Number.isSafeInteger(frame.kg) || unitKg % steps !== 0;
  if (finer || unitKg / steps > config.divisionKg) return { kind: 'decimals', detail };
  return null;
}

/** A weight between two divisions: the scale's own is finer than the one it was set up with. */
export function offDivision(frame: Shown, config: Configured): Disagreement | null {
  return frame.kg % config.divisionKg === 0 ? null : { kind: 'division', detail: shown(frame, config) };
}

function shown(frame: Shown, { unit, divisionKg }: Configured): string {
  return `${frame.display}${frame.unit === null ? '' : ` ${frame.unit}`} ≠ ${unit}, d = ${String(divisionKg)} kg`;
}
