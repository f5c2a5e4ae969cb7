import * as z from 'zod';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { Sha256 } from '../../station/ledger/bodies/form.ts';
import { KeyId, Signature } from '../../station/ledger/bodies/keys.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { Day } from '../../station/vehicles/credentials.ts';

/** The files of an evidence bundle; docs/evidence.md says what each is and what it proves. */
export const eventsName = 'events.jsonl';
export const manifestName = 'bundle.json';
export const readmeName = 'README.txt';
export const verifierName = 'verifier.html';
export const rulesName = (sha256: string): string => `rules/${sha256}.json`;
export const curveName = (sha256: string): string => `curves/${sha256}.deflate`;
export const pictureName = (sha256: string): string => `pictures/${sha256}.jpg`;

const contentNamed =
  /^(?:rules\/([0-9a-f]{64})\.json|curves\/([0-9a-f]{64})\.deflate|pictures\/([0-9a-f]{64})\.jpg)$/;
const fixedNames: ReadonlySet<string> = new Set([eventsName, manifestName, readmeName, verifierName]);

/** No other file can be in a bundle, and none outside the folder it is unpacked into. */
export function isBundleName(name: string): boolean {
  return fixedNames.has(name) || contentNamed.test(name);
}

/** The hash a file is named by; null where it has a name of its own. */
export function hashInName(name: string): string | null {
  const found = contentNamed.exec(name);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? null;
}

export const maxManifestBytes = 32 * 1024 * 1024;
export const maxLineBytes = 16 * 1024 * 1024;
export const maxCurveBytes = 64 * 1024 * 1024;

const Sequence = z.int().min(1);

export const Subject = z.union([
  z.strictObject({ number: z.int().min(1) }),
  z.strictObject({ from: Day, to: Day }),
]);
export type Subject = z.infer<typeof Subject>;

const chinaMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** From the first millisecond of a period's first Chinese day to the first one behind its last. */
export function periodMs({ from, to }: { readonly from: string; readonly to: string }): {
  readonly startMs: number;
  readonly endMs: number;
} {
  return { startMs: Date.parse(from) - chinaMs, endMs: Date.parse(to) + dayMs - chinaMs };
}

/** `bundle.json`: what is in here, and what it is said to be. */
export const Manifest = z.strictObject({
  format: z.literal('yuanheng-evidence-1'),
  station: z.string().min(1).max(64),
  stationName: z.string().max(512),
  mode: z.enum(['real', 'drill']),
  subject: Subject,
  /** Of a period: all events from the first to the last are here, none left out. */
  run: z.strictObject({ from: Sequence, to: Sequence }).nullable(),
  /** The weighings whose frames, curve, pictures and rules are here; the subject's, and the tares they rest on. */
  numbers: z.array(z.int().min(1)).max(65_000),
  /** The ledger's last event when this was taken out of it; events about exports themselves not counted. */
  head: z.strictObject({ sequence: Sequence, hash: Sha256 }),
  /** What the records name and the station did not have any more. */
  missing: z.array(z.string().max(120)).max(65_000),
  files: z
    .array(z.strictObject({ name: z.string().max(120), bytes: z.int().min(0), sha256: Sha256 }))
    .max(65_000),
});
export type Manifest = z.infer<typeof Manifest>;

/** One line of `events.jsonl`. */
export const EventLine = z.strictObject({
  hash: Sha256,
  keyId: KeyId.nullable(),
  previousHash: Sha256,
  sequence: Sequence,
  signature: Signature.nullable(),
  text: z.string(),
});

export function eventLine({ sequence, text, previousHash, hash, signed }: SignedLink): string {
  const keyId = signed?.keyId ?? null;
  return canonicalJson({ hash, keyId, previousHash, sequence, signature: signed?.signature ?? null, text });
}

/** Whether a text is the one canonical form of the value it holds. */
export function isCanonical(text: string, value: unknown): boolean {
  try {
    return canonicalJson(value as CanonicalValue) === text;
  } catch {
    return false;
  }
}
