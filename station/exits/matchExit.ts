import type { ExitFound } from '../ledger/bodies/pictures.ts';

/** What the yard's records say of one plate that was seen leaving, newest weighing first. */
export interface LastWeighing {
  readonly number: number;
  readonly timeMs: number;
  readonly kind: 'tare' | 'gross';
  readonly outcome: 'allow' | 'refuse' | 'cannot-decide' | null;
  readonly released: boolean;
  readonly voided: boolean;
  /** Whether it was seen at the exit already: one slip lets one truck out once. */
  readonly left: boolean;
}

export const suspiciousExits: ReadonlySet<ExitFound> = new Set<ExitFound>([
  'refused',
  'no-decision',
  'voided',
  'slip-expired',
  'not-weighed',
]);

/**
 * What a plate at the exit belongs to. `last` is the newest weighing of this plate within the time a truck may be in
 * the yard, null when there is none; a slip is good for `slipValidMs`. Times UTC ms.
 */
export function matchExit(
  last: LastWeighing | null,
  seenMs: number,
  slipValidMs: number,
): { readonly found: ExitFound; readonly number: number | null } {
  if (last === null || last.left) return { found: 'not-weighed', number: null };
  const { number } = last;
  if (last.voided) return { found: 'voided', number };
  if (last.kind === 'tare') return { found: 'empty', number };
  if (last.released) return { found: 'released', number };
  if (last.outcome === 'refuse') return { found: 'refused', number };
  if (last.outcome !== 'allow') return { found: 'no-decision', number };
  return seenMs - last.timeMs > slipValidMs ? { found: 'slip-expired', number } : { found: 'slip', number };
}
