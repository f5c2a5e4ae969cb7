import type { PassageDetail } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';

const width = 480;
const height = 160;
const left = 60;
const bottom = 20;

/** The crossing's weight over time, decoded from its stored frames. */
export function CurveChart({
  points,
  flags,
  atMs,
  label,
}: {
  readonly points: PassageDetail['curve'];
  readonly flags: PassageDetail['curveFlags'];
  /** Where the replay stands. */
  readonly atMs: number;
  readonly label: string;
}): React.JSX.Element | null {
  const lastMs = points.at(-1)?.afterMs ?? 0;
  const topKg = Math.max(1, ...points.map(({ kg }) => kg ?? 0));
  if (points.length < 2 || lastMs === 0) return null;
  const xOf = (afterMs: number): number =>
    left + (Math.max(0, Math.min(lastMs, afterMs)) / lastMs) * (width - left);
  const path = points
    .filter(({ kg }) => kg !== null)
    .map(({ afterMs, kg }) => {
      const x = xOf(afterMs);
      const y = (height - bottom) * (1 - Math.max(0, kg ?? 0) / topKg);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg className="curve" viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-label={label}>
      <line x1={left} y1={height - bottom} x2={width} y2={height - bottom} />
      <line x1={left} y1={0} x2={left} y2={height - bottom} />
      <polyline points={path} />
      <line className="now" x1={xOf(atMs)} y1={0} x2={xOf(atMs)} y2={height - bottom} />
      {flags.map(({ code, afterMs }) => (
        <circle key={`${code} ${String(afterMs)}`} className="flag" cx={xOf(afterMs)} cy={8} r={5} />
      ))}
      <text x={left - 4} y={12} textAnchor="end">{`${kgDigits(topKg)} kg`}</text>
      <text x={left - 4} y={height - bottom} textAnchor="end">
        0
      </text>
      <text x={width} y={height - 4} textAnchor="end">{`${(lastMs / 1000).toFixed(1)} s`}</text>
    </svg>
  );
}
