import { chineseDateTime } from '../../station/chineseTime.ts';
import type { Contradiction } from './witnesses.ts';

/** Which events are in question, for the end of a sentence in either language. */
export function contradictionText(found: Contradiction | null): string {
  if (found === null) return '';
  const { place, kind, known, sharedSequence } = found;
  const range = `#${String(sharedSequence + 1)}–#${String(known.sequence)}`;
  const until = chineseDateTime(known.timeMs);
  return `${kind} ${range} (→ ${until}; ${place})`.slice(0, 500);
}
