import { usePreferences } from '../../store/preferences.ts';
import { loadingEn } from '../../words/loadingEn.ts';
import type { LoadingWords } from '../../words/loadingZh.ts';
import { loadingZh } from '../../words/loadingZh.ts';

export function useLoadingWords(): LoadingWords {
  return usePreferences((state) => state.language) === 'en' ? loadingEn : loadingZh;
}
