import type { TruckView } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';

type Loads = NonNullable<TruckView['axleLoads']>;

/** Measured axle loads, front to rear, and with what or by whom. */
export function axleLoadsText({ kg, by }: Loads): string {
  return `${kg.map(kgDigits).join(' / ')} kg${by === '' ? '' : ` · ${by}`}`;
}

/** What was typed into the field; null where nothing was. */
export function readAxleLoads(typed: string): readonly number[] | null {
  const parts = typed.split(/[\s,，、]+/).filter((part) => part !== '');
  return parts.length === 0 ? null : parts.map(Number);
}
