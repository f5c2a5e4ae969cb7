import type { CallError } from '../../../station/contract.ts';
import { usePreferences, useWords } from '../../store/preferences.ts';
import { releaseEn } from '../../words/releaseEn.ts';
import type { ReleaseObstacle, ReleaseWords } from '../../words/releaseZh.ts';
import { releaseZh } from '../../words/releaseZh.ts';

export function useReleaseWords(): ReleaseWords {
  return usePreferences((state) => state.language) === 'en' ? releaseEn : releaseZh;
}

/** Puts a refused call into words; the station's own name for the obstacle says more than its code. */
export function useReleaseError(): (error: CallError) => string {
  const words = useWords();
  const { obstacles } = useReleaseWords();
  return ({ code, detail }) =>
    code === 'not-allowed' && isObstacle(obstacles, detail) ? obstacles[detail] : words.errors[code];
}

function isObstacle(words: ReleaseWords['obstacles'], detail: string): detail is ReleaseObstacle {
  return Object.hasOwn(words, detail);
}
