interface Point {
  readonly afterMs: number;
  readonly kg: number | null;
}

export function lengthMs(curve: readonly Point[]): number {
  return curve.at(-1)?.afterMs ?? 0;
}

/** The weight the indicator showed at a moment: that of the last frame before it. */
export function kgAt(curve: readonly Point[], atMs: number): number | null {
  return lastBefore(curve, atMs)?.kg ?? null;
}

export function lastBefore<T extends { readonly afterMs: number }>(
  all: readonly T[],
  atMs: number,
): T | null {
  return all.findLast(({ afterMs }) => afterMs <= atMs) ?? null;
}
