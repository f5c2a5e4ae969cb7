import type { Witness } from '../native/evidence/checkBundle.ts';
import type { Anchor } from '../station/ledger/anchor.ts';
import { readAnchor } from '../station/ledger/anchor.ts';

/** What somebody outside the yard holds of a ledger, to compare a bundle with. */
export interface KeptOutside {
  /** Of anchor files: each says whose it is, and who signed it. */
  readonly anchors: readonly Anchor[];
  /** Of a shift report or an answer of the platform: a place and its hash, on the word of whoever holds it. */
  readonly heads: readonly Witness[];
}

const hashForm = /^[0-9a-f]{64}$/;

/**
 * Reads an anchor file, an answer of the platform, or a shift report's digest typed in, lines of which one may look so:
 *
 *   {"format":"yuanheng-anchor-1",…}
 *   {"accepted":true,"sequence":42,"hash":"…"}      {"head":{"epoch":0,"sequence":812,"hash":"…","timeMs":…}}
 *   812: 3f2a 99c0 …                                812: 3f2a 99c0 … :1   after the first restore
 */
export function readKept(text: string): KeptOutside {
  const whole = headOf(text);
  if (whole !== null) return { anchors: [], heads: [whole] };
  const anchors: Anchor[] = [];
  const heads: Witness[] = [];
  for (const line of text.split('\n')) {
    const anchor = readAnchor(line);
    const head = anchor === null ? headOf(line) : null;
    if (anchor !== null) anchors.push(anchor);
    if (head !== null) heads.push(head);
  }
  return { anchors, heads };
}

function headOf(text: string): Witness | null {
  const typed = text.toLowerCase().replaceAll(/\s/g, '').replaceAll('：', ':');
  const [sequence = '', hash = '', epoch = '0', ...rest] = typed.split(':');
  if (/^[1-9]\d{0,11}$/.test(sequence) && hashForm.test(hash) && /^\d{1,6}$/.test(epoch) && rest.length === 0)
    return { sequence: Number(sequence), hash, epoch: Number(epoch), timeMs: Infinity };
  try {
    return headIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A head without a time says nothing of when the ledger ended, only of what stood there. */
function headIn(json: unknown): Witness | null {
  if (typeof json !== 'object' || json === null) return null;
  if ('head' in json) return headIn(json.head);
  const { sequence, hash, epoch, timeMs } = json as Partial<Record<keyof Witness, unknown>>;
  if (!Number.isSafeInteger(sequence) || typeof hash !== 'string' || !hashForm.test(hash)) return null;
  return {
    sequence: Number(sequence),
    hash,
    epoch: Number.isSafeInteger(epoch) ? Number(epoch) : 0,
    timeMs: Number.isSafeInteger(timeMs) ? Number(timeMs) : Infinity,
  };
}
