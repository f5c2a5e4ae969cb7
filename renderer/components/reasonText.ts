import type { Reason } from '../../station/contract.ts';
import type { Words } from '../words/words.ts';

/** A reason in the reader's words; the station names papers and limits by their codes. */
export function reasonText(words: Words, { code, detail }: Reason): string {
  if (detail === '') return words.reasons[code];
  const names: Readonly<Record<string, string>> = {
    ...words.credentials,
    ...words.limitKinds,
    ...words.curveFlags,
    ...words.beamPlaces,
  };
  const [first = '', ...rest] = detail.split(' ');
  const known = names[first.replace(/:$/, '')];
  const others = code.startsWith('beam-') ? rest.map((word) => names[word] ?? word) : rest;
  const text = known === undefined ? detail : [known, ...others].join(' ');
  return `${words.reasons[code]} (${text})`;
}
