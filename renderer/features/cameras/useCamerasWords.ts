import { usePreferences } from '../../store/preferences.ts';
import { camerasEn } from '../../words/camerasEn.ts';
import type { CamerasWords } from '../../words/camerasZh.ts';
import { camerasZh } from '../../words/camerasZh.ts';

export function useCamerasWords(): CamerasWords {
  return usePreferences((state) => state.language) === 'en' ? camerasEn : camerasZh;
}
