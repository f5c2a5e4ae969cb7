/** The p-th percentile (0..1) of the values, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

/** One line of the report: what, how much, against what, and the ratio. */
export function report(what: string, figure: string, baseline: string, ratio: number): void {
  console.log(
    `${what.padEnd(46)} ${figure.padStart(14)}   baseline ${baseline.padStart(14)}   ratio ${ratio.toFixed(2)}`,
  );
}
