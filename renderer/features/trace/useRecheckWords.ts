import type { Recheck } from '../../../station/contract.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';

/** What came out of checking a record again, each in a few words. */
export function useRecheckWords(): (check: Recheck) => readonly string[] {
  const books = useBooksWords();
  return (check) => [
    books.link[check.link ? 0 : 1],
    books.signature[check.signature],
    `${books.weight[check.weight]}${check.weight === 'differs' ? ` ${String(check.readKg)} kg` : ''}`,
    ...(check.decision === 'none'
      ? []
      : [`${books.decision[check.decision]} ${check.changed.join(' ')}`.trim()]),
    books.pictures(check.pictures),
    ...(check.curve === 'none' ? [] : [books.curve[check.curve]]),
  ];
}
