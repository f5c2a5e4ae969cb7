import type { CallError } from '../contract.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** What the axles of the vehicle on the scale were weighed at, front to rear, kg, and with what or by whom. */
export interface AxleLoads {
  readonly kg: readonly number[];
  readonly by: string;
}

const mostAxles = 12;
/** Axle by axle, a portable scale is off by some per cent; further from the gross it is another truck or a slip of the pen. */
const farOffPercent = 10;

/**
 * Axle loads as a person stated them, beside the vehicle's axle count and the stable weight on the scale, kg.
 * Errors: `axle-loads-count`, `axle-loads-value`, `axle-loads-sum`, `axle-loads-by`, `vehicle-unknown`, `not-stable`.
 */
export function checkAxleLoads(
  { kg, by }: AxleLoads,
  axles: number | null,
  weighedKg: number | null,
): Result<AxleLoads, CallError> {
  if (axles === null) return err({ code: 'vehicle-unknown', detail: 'axles' });
  if (weighedKg === null) return err({ code: 'not-stable', detail: '' });
  if (kg.length === 0 || kg.length > mostAxles || kg.length !== axles)
    return err({ code: 'axle-loads-count', detail: `${String(kg.length)} ≠ ${String(axles)}` });
  const wrong = kg.find((load) => !Number.isSafeInteger(load) || load <= 0);
  if (wrong !== undefined) return err({ code: 'axle-loads-value', detail: String(wrong) });
  const sum = kg.reduce((total, load) => total + load, 0);
  if (Math.abs(sum - weighedKg) * 100 > weighedKg * farOffPercent)
    return err({ code: 'axle-loads-sum', detail: `${String(sum)} / ${String(weighedKg)} kg` });
  if (by.trim() === '') return err({ code: 'axle-loads-by', detail: '' });
  return ok({ kg, by: by.trim() });
}
