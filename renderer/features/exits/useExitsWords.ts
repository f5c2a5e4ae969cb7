import { usePreferences } from '../../store/preferences.ts';
import { exitsEn } from '../../words/exitsEn.ts';
import type { ExitsWords } from '../../words/exitsZh.ts';
import { exitsZh } from '../../words/exitsZh.ts';

export function useExitsWords(): ExitsWords {
  return usePreferences((state) => state.language) === 'en' ? exitsEn : exitsZh;
}
