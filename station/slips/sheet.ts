import type { PaperForm } from '../contract.ts';
import type { PaperItem } from './paperItems.ts';

/** Anything that can be painted and printed. Of these only a paper of `paper.ts` can be a slip. */
export interface Sheet {
  readonly kind: string;
  readonly form: PaperForm;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly title: string;
  /** Names its file. */
  readonly displayNumber: string;
  readonly copy: number;
  readonly timeMs: number;
  readonly items: readonly PaperItem[];
  /** A report may need more than one page. */
  readonly morePages?: readonly (readonly PaperItem[])[];
}

export function pagesOf({ items, morePages = [] }: Sheet): readonly (readonly PaperItem[])[] {
  return [items, ...morePages];
}
