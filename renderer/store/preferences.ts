import { create } from 'zustand';
import { en } from '../words/en.ts';
import type { Words } from '../words/words.ts';
import { zh } from '../words/zh.ts';

export type Language = 'zh' | 'en';
export type Theme = 'system' | 'light' | 'dark';
export type Screen =
  | 'weighing'
  | 'passages'
  | 'register'
  | 'rules'
  | 'cameras'
  | 'installer'
  | 'trace'
  | 'gate'
  | 'inspection'
  | 'shift'
  | 'records'
  | 'exits';

interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly screen: Screen;
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Preferences are a comfort; without storage they last until the window closes.
  }
}

const theme = read('theme');

export const usePreferences = create<Preferences>(() => ({
  language: read('language') === 'en' ? 'en' : 'zh',
  theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  screen: 'weighing',
}));

export function useWords(): Words {
  return usePreferences((state) => state.language) === 'en' ? en : zh;
}

export function switchLanguage(): void {
  const language = usePreferences.getState().language === 'zh' ? 'en' : 'zh';
  keep('language', language);
  usePreferences.setState({ language });
  showPreferences();
}

export function switchTheme(): void {
  const dark = document.documentElement.dataset.theme === 'dark';
  const next = dark ? 'light' : 'dark';
  keep('theme', next);
  usePreferences.setState({ theme: next });
  showPreferences();
}

export function showScreen(screen: Screen): void {
  usePreferences.setState({ screen });
}

/** Writes language and theme to the document; the theme follows the system until a person chooses. */
export function showPreferences(): void {
  const state = usePreferences.getState();
  const systemDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const root = document.documentElement;
  root.lang = state.language === 'zh' ? 'zh-CN' : 'en';
  root.dataset.theme = state.theme === 'system' ? (systemDark ? 'dark' : 'light') : state.theme;
}
