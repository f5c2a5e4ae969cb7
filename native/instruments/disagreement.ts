import type { IndicatorConfig } from './indicatorConfig.ts';
import type { ValidFrame } from './protocols/protocol.ts';

/**
 * Where a protocol names no unit, its decimals give it away: a scale of whole-kilogram divisions never shows
 * less than a kilogram, nor steps coarser than its division. 12.460 read as kilograms, or 12460 as tonnes,
 * is the wrong unit and no weight at all. Nor is a net weight the weight of what stands on the scale.
 */
export function disagreement(
  frame: Pick<ValidFrame, 'kg' | 'display' | 'decimals' | 'unit' | 'net'>,
  config: Pick<IndicatorConfig, 'unit' | 'divisionKg'>,
): string | null {
  const steps = 10 ** frame.decimals;
  const unitKg = config.unit === 't' ? 1000 : 1;
  const shows = `the indicator shows ${frame.display}${frame.unit ?? ''}, configured are ${config.unit} and a division of ${String(config.divisionKg)} kg`;
  if (frame.net === true) return `${shows}: it shows net; switch it to gross`;
  if (frame.unit !== null && frame.unit !== config.unit) return `${shows}: another unit`;
  if (!Number.isSafeInteger(frame.kg) || unitKg % steps !== 0) return `${shows}: finer than 1 kg`;
  if (unitKg / steps > config.divisionKg) return `${shows}: coarser than the division`;
  return null;
}
