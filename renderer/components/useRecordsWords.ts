import { usePreferences } from '../store/preferences.ts';
import { recordsEn } from '../words/recordsEn.ts';
import type { RecordsWords } from '../words/recordsZh.ts';
import { recordsZh } from '../words/recordsZh.ts';

export function useRecordsWords(): RecordsWords {
  return usePreferences((state) => state.language) === 'en' ? recordsEn : recordsZh;
}
