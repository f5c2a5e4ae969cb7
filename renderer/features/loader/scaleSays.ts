import type { LoadingView, WeightView } from '../../../station/contract.ts';
import { tonnes } from '../../components/format.ts';
import type { LoadingWords } from '../../words/loadingZh.ts';

export type Tone = 'allow' | 'refuse' | 'doubt' | 'quiet';

export interface ScaleSays {
  readonly tone: Tone;
  readonly word: 'room' | 'over' | 'refused' | 'barred' | 'undecided' | 'unknown' | 'emptyScale' | 'noWeight';
  /** What may still go on, or must come off. */
  readonly amountKg: number | null;
  readonly kg: number | null;
}

/**
 * What stands on the scale, in one word and one weight. Over the limit shows at once; green only what the station
 * decided to allow at exactly this weight: a truck still being loaded is told its room, not that it may leave.
 */
export function scaleSays(scale: LoadingView['scale'], weight: WeightView | null): ScaleSays {
  if (weight?.kind !== 'live') return { tone: 'quiet', word: 'noWeight', amountKg: null, kg: null };
  const { kg } = weight;
  if (scale === null) return { tone: 'quiet', word: 'emptyScale', amountKg: null, kg };
  // A stored decision stands, whatever the scale shows while the truck rolls off.
  const judged = scale.saved || (weight.stable && kg === scale.kg);
  const overKg = scale.saved ? scale.overKg : scale.limitKg === null ? 0 : Math.max(0, kg - scale.limitKg);
  const leftKg = scale.saved ? scale.leftKg : scale.limitKg === null ? null : scale.limitKg - kg;
  const outcome = judged ? scale.outcome : null;
  if (outcome === 'cannot-decide') return { tone: 'doubt', word: 'undecided', amountKg: null, kg };
  // Neither room nor overload means anything to a truck that may not leave whatever it weighs.
  if (scale.barredBy.length > 0) {
    return { tone: 'refuse', word: outcome === 'refuse' ? 'refused' : 'barred', amountKg: null, kg };
  }
  if (overKg > 0) return { tone: 'refuse', word: 'over', amountKg: overKg, kg };
  if (outcome === 'refuse') return { tone: 'refuse', word: 'refused', amountKg: null, kg };
  if (leftKg === null) return { tone: 'quiet', word: 'unknown', amountKg: null, kg };
  return { tone: outcome === 'allow' ? 'allow' : 'quiet', word: 'room', amountKg: leftKg, kg };
}

const marks: Readonly<Record<Tone, string>> = { allow: '✔ ', refuse: '✖ ', doubt: '？ ', quiet: '' };

export function scaleText(words: LoadingWords, { tone, word, amountKg }: ScaleSays): string {
  return `${marks[tone]}${words[word]}${amountKg === null ? '' : ` ${tonnes(amountKg)}`}`;
}
