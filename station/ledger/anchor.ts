import * as z from 'zod';
import { Sha256 } from './bodies/form.ts';
import { KeyId, Signature } from './bodies/keys.ts';
import { openLink } from './chain.ts';
import type { LedgerEvent } from './event.ts';
import { eventMessage, signatureHolds } from './signing.ts';
import type { SignedLink } from './verifyLedger.ts';

/**
 * A head of the ledger laid down outside the store: one JSON line for each checkpoint, and for each closed shift, whose
 * report prints the same head.
 *
 *   {"format":"yuanheng-anchor-1","station":"YQ-7","mode":"real","sequence":812,"hash":"…","timeMs":…,
 *    "epoch":0,"number":240,"keyId":"…","signature":"…","previousHash":"…","event":"{…the checkpoint or closed shift…}"}
 *
 * Everything in it can be proven from `previousHash`, `event` and the signature alone.
 */
const Line = z.object({
  format: z.literal('yuanheng-anchor-1'),
  station: z.string().max(64),
  mode: z.enum(['real', 'drill']),
  sequence: z.int().min(1),
  hash: Sha256,
  timeMs: z.int(),
  epoch: z.int().min(0),
  number: z.int().min(0).nullable(),
  keyId: KeyId.nullable(),
  signature: Signature.nullable(),
  previousHash: Sha256,
  event: z.string().max(20_000),
});

/** A head that somebody outside the store knows of. */
export interface KnownHead {
  /** Of the last restore before it; 0 when there was none. */
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: string;
  readonly timeMs: number;
  /** The last weighing number given out by then; null when it does not say. */
  readonly number: number | null;
}

export interface Anchor extends KnownHead {
  readonly station: string;
  readonly mode: 'real' | 'drill';
  readonly link: SignedLink;
}

/** The line of a checkpoint or closed shift. Throws when the link is none: a bug of the caller. */
export function anchorLine(link: SignedLink): string {
  const head = headIn(link);
  if (head === null) throw new Error('An anchor is made of a checkpoint or a closed shift');
  const { station, mode, timeMs, body } = head;
  const line: z.infer<typeof Line> = {
    format: 'yuanheng-anchor-1',
    station,
    mode,
    sequence: link.sequence,
    hash: link.hash,
    timeMs,
    epoch: body.epoch,
    number: body.number,
    keyId: link.signed?.keyId ?? null,
    signature: link.signed?.signature ?? null,
    previousHash: link.previousHash,
    event: link.text,
  };
  return JSON.stringify(line);
}

/** One line read again; null when it is none, or when what it says is not what its own event says. */
export function readAnchor(text: string): Anchor | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success) return null;
  const { sequence, hash, previousHash, event, keyId, signature, ...said } = parsed.data;
  const signed = keyId === null || signature === null ? null : { keyId, signature };
  const link: SignedLink = { sequence, hash, previousHash, text: event, signed };
  const head = headIn(link);
  if (head === null) return null;
  const { station, mode, timeMs, body } = head;
  const same =
    station === said.station &&
    mode === said.mode &&
    timeMs === said.timeMs &&
    body.epoch === said.epoch &&
    body.number === said.number;
  return same
    ? { station, mode, sequence, hash, timeMs, epoch: body.epoch, number: body.number, link }
    : null;
}

function headIn(link: SignedLink): Extract<LedgerEvent, { type: 'checkpoint' | 'shift-closed' }> | null {
  const opened = openLink(link);
  if (!opened.ok) return null;
  return opened.value.type === 'checkpoint' || opened.value.type === 'shift-closed' ? opened.value : null;
}

/**
 * Whose anchor it is: `ours` when a key of this ledger signed it, `stranger` when a key signed it that this ledger
 * never heard of (one it may have lost), `nobody` when nothing proves it.
 */
export function anchorSigner(
  anchor: Anchor,
  keys: readonly { readonly keyId: string; readonly publicKey: string }[],
): 'ours' | 'stranger' | 'nobody' {
  const { signed, hash } = anchor.link;
  if (signed === null) return 'nobody';
  const key = keys.find(({ keyId }) => keyId === signed.keyId);
  if (key === undefined) return 'stranger';
  return signatureHolds(key.publicKey, eventMessage(hash), signed.signature) ? 'ours' : 'nobody';
}
