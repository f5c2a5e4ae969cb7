import type { Reason } from '../../station/contract.ts';
import type { Words } from '../words/words.ts';

/** A reason in the reader's words; the station names papers and limits by their codes. */
export function reasonText(words: Words, { code, detail }: Reason): string {
  if (detail === '') return words.reasons[code];
  const names: Readonly<Record<string, string>> = { ...words.credentials, ...words.limitKinds };
  const [first = '', ...rest] = detail.split(' ');
  const known = names[first.replace(/:$/, '')];
  const text = known === undefined ? detail : [known, ...rest].join(' ');
  return `${words.reasons[code]} (${text})`;
}
