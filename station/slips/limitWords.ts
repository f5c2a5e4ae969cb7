import { assertNever } from '../assertNever.ts';
import type { AppliedLimit, LimitKind } from '../limits/decision.ts';
import { kgWords } from './words.ts';

/** Which limit this is, in a driver's words. */
export function limitKindWords(kind: LimitKind): string {
  switch (kind) {
    case 'legal':
      return '法定限值';
    case 'axle-sum':
      return '轴荷限值之和';
    case 'licence-gross':
      return '行驶证总质量';
    case 'licence-load':
      return '皮重加核定载质量';
    case 'route':
      return '道路桥梁限重';
    case 'yard':
      return '本场限重';
    case 'quota':
      return '皮重加合同余量';
    default:
      return assertNever(kind);
  }
}

/** One limit with its number; one that bounds the net, with the sum it is. Weights kg. */
export function limitText({ kind, kg, name }: AppliedLimit, tareKg: number | null): string {
  const of = `${limitKindWords(kind)}${name === null ? '' : `（${name}）`}`;
  const isSum = (kind === 'licence-load' || kind === 'quota') && tareKg !== null;
  return isSum ? `${of}${kgWords(tareKg)} + ${kgWords(kg - tareKg)} = ${kgWords(kg)}` : `${of}${kgWords(kg)}`;
}

/** The limit that holds, where it is another one than the law's: the driver must be able to ask about it. */
export function holdingLimit(limits: readonly AppliedLimit[]): string | null {
  const holding = limits.filter(({ holds }) => holds);
  if (holding.length === 0 || holding.some(({ kind }) => kind === 'legal')) return null;
  return holding
    .map(({ kind, name }) => `${limitKindWords(kind)}${name === null ? '' : `（${name}）`}`)
    .join('、');
}
