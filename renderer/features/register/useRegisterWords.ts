import { usePreferences } from '../../store/preferences.ts';
import { registerEn } from '../../words/registerEn.ts';
import type { RegisterWords } from '../../words/registerZh.ts';
import { registerZh } from '../../words/registerZh.ts';

export function useChinese(): boolean {
  return usePreferences((state) => state.language) === 'zh';
}

export function useRegisterWords(): RegisterWords {
  return useChinese() ? registerZh : registerEn;
}
