import { usePreferences } from '../../store/preferences.ts';
import type { RegisterWords } from '../../words/registerWords.ts';
import { registerEn, registerZh } from '../../words/registerWords.ts';

export function useChinese(): boolean {
  return usePreferences((state) => state.language) === 'zh';
}

export function useRegisterWords(): RegisterWords {
  return useChinese() ? registerZh : registerEn;
}
