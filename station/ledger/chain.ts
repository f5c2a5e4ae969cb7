import { createHash } from 'node:crypto';
import type { LedgerEvent } from './event.ts';
import { LedgerEvent as LedgerEventSchema } from './event.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { canonicalJson } from './canonical.ts';

/** What the first event's hash is chained to. */
export const genesisHash = '0'.repeat(64);

/** One stored link: the exact text that was hashed, and the hashes around it (hex). */
export interface ChainLink {
  readonly sequence: number;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** hash = SHA-256(previous hash as 32 bytes ‖ UTF-8 bytes of the canonical text), hex. */
export function linkHash(previousHash: string, text: string): string {
  return createHash('sha256').update(Buffer.from(previousHash, 'hex')).update(text, 'utf8').digest('hex');
}

/** Makes the next link after `previousHash`. Throws when the event has no canonical form: a bug. */
export function forgeLink(previousHash: string, event: LedgerEvent): ChainLink {
  const text = canonicalJson(event);
  return { sequence: event.sequence, text, previousHash, hash: linkHash(previousHash, text) };
}

export type ChainFault =
  | { readonly kind: 'hash'; readonly sequence: number }
  | { readonly kind: 'previous'; readonly sequence: number }
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'form'; readonly sequence: number; readonly detail: string };

/** The event inside a link, after its hash and its form were checked again. */
export function openLink(link: ChainLink): Result<LedgerEvent, ChainFault> {
  const { sequence } = link;
  if (linkHash(link.previousHash, link.text) !== link.hash) return err({ kind: 'hash', sequence });
  let json: unknown;
  try {
    json = JSON.parse(link.text);
  } catch {
    return err({ kind: 'form', sequence, detail: 'not JSON' });
  }
  const parsed = LedgerEventSchema.safeParse(json);
  if (!parsed.success) {
    const detail = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    return err({ kind: 'form', sequence, detail });
  }
  if (parsed.data.sequence !== sequence) return err({ kind: 'sequence', sequence });
  return ok(parsed.data);
}

/** Checks a run of links in order; the first fault ends it. `before` is the link they follow, if any. */
export function checkChain(
  links: Iterable<ChainLink>,
  before: Pick<ChainLink, 'sequence' | 'hash'> | null,
): ChainFault | null {
  let previous = before ?? { sequence: 0, hash: genesisHash };
  for (const link of links) {
    if (link.sequence !== previous.sequence + 1) return { kind: 'sequence', sequence: previous.sequence + 1 };
    if (link.previousHash !== previous.hash) return { kind: 'previous', sequence: link.sequence };
    const opened = openLink(link);
    if (!opened.ok) return opened.error;
    previous = link;
  }
  return null;
}
