import { usePreferences } from '../../store/preferences.ts';
import { copiesEn } from '../../words/copiesEn.ts';
import type { CopiesWords } from '../../words/copiesZh.ts';
import { copiesZh } from '../../words/copiesZh.ts';

export function useCopiesWords(): CopiesWords {
  return usePreferences((state) => state.language) === 'en' ? copiesEn : copiesZh;
}

/** The clock's label names its source. */
export function clockWord(label: string): keyof CopiesWords['clock'] {
  return label === 'ntp' || label === 'free' ? label : 'system';
}
