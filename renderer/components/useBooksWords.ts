import { usePreferences } from '../store/preferences.ts';
import { booksEn } from '../words/booksEn.ts';
import type { BooksWords } from '../words/booksZh.ts';
import { booksZh } from '../words/booksZh.ts';

export function useBooksWords(): BooksWords {
  return usePreferences((state) => state.language) === 'en' ? booksEn : booksZh;
}
