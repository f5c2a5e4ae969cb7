import { createHash } from 'node:crypto';
import type { ChainProgress, InspectionFigures, InspectionState, SampleRow } from '../contract.ts';
import type { CanonicalValue } from '../ledger/canonical.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import type { Signer } from '../ledger/signing.ts';

export interface Inspection {
  readonly station: { readonly id: string; readonly name: string };
  readonly mode: 'real' | 'drill';
  readonly inspector: string;
  readonly remark: string;
  readonly atMs: number;
  readonly figures: InspectionFigures;
  readonly state: InspectionState;
  readonly chain: ChainProgress;
  readonly seed: string;
  readonly among: number;
  readonly rows: readonly SampleRow[];
}

/** What is to be looked at, in one word each; an empty list is a clean inspection. */
export function findings({ figures, state, chain, rows }: Inspection): readonly string[] {
  const found: string[] = [];
  if (figures.tail.fault !== null) found.push(`chain-tail ${figures.tail.fault}`);
  if (chain.state === 'done' && chain.fault !== null) found.push(`chain ${chain.fault}`);
  if (figures.missingNumbers.length > 0) found.push('numbers-missing');
  if (state.contradiction !== null) found.push(`contradicted ${state.contradiction}`);
  for (const { sequence, lostEvents, lostNumbers, unsigned } of figures.restores)
    if (lostEvents !== null || lostNumbers !== null || unsigned > 0)
      found.push(`restore-lost ${String(sequence)}`);
  if (figures.unexplained > 0) found.push('unexplained-crossings');
  if (state.verification.state === 'expired') found.push('verification-expired');
  if (figures.oldestPicture?.kept === false) found.push('picture-missing');
  if (state.keyId === null) found.push('key-unusable');
  if (state.ruleSets.length === 0) found.push('no-rules-in-force');
  if (state.sync.setAside > 0) found.push('set-aside');
  for (const { check, doubtful } of rows) if (doubtful) found.push(`record ${String(check.number)}`);
  return found;
}

export interface SignedSummary {
  /** The whole file as given out: canonical JSON (RFC 8785) with the signature in it. */
  readonly json: string;
  /** Of the canonical JSON without `signature`. */
  readonly sha256: string;
}

export function inspectionMessage(sha256: string): string {
  return `yuanheng-inspection-1:${sha256}`;
}

/** The summary as a file, signed over `yuanheng-inspection-1:` and its own hash. A weight in it counts in grams. */
export function signedSummary(inspection: Inspection, signer: Signer): SignedSummary {
  const { rows, ...whole } = inspection;
  const content: Readonly<Record<string, CanonicalValue>> = {
    format: 'yuanheng-inspection-1',
    ...whole,
    found: findings(inspection),
    rows: rows.map(({ check: { readKg, ...check }, ...row }) => ({
      ...row,
      check: { ...check, readGrams: readKg === null ? null : Math.round(readKg * 1000) },
    })),
    keyId: signer.keyId,
    publicKey: signer.publicKey,
  };
  const sha256 = createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex');
  const signature = signer.sign(inspectionMessage(sha256));
  return { json: canonicalJson({ ...content, signature }), sha256 };
}
