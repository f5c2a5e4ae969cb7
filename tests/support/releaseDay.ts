import { chineseDate } from '../../station/chineseTime.ts';

/** The day in China, and the one before it. */
export function releaseDay(nowMs: number): { readonly today: string; readonly yesterday: string } {
  return { today: chineseDate(nowMs), yesterday: chineseDate(nowMs - 86_400_000) };
}
