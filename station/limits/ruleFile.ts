import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../ledger/canonical.ts';
import type { CanonicalValue } from '../ledger/canonical.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { RuleSet } from './ruleSet.ts';
import { ruleSetSha256, ruleSetText } from './ruleSetHash.ts';

/**
 * A rule set on its way to a station: the set, and an Ed25519 signature (RFC 8032) over its RFC 8785 bytes by a key
 * the station was told to believe. Rules decide who may leave; nobody changes them by putting a file somewhere.
 */
const ruleFileFormat = 'yuanheng-rules/1';
const maxFileCharacters = 2_000_000;

const RuleFile = z.strictObject({
  format: z.literal(ruleFileFormat),
  ruleSet: z.unknown(),
  signature: z.strictObject({
    keyId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
    /** 64 bytes in base64. */
    ed25519: z.string().max(120),
  }),
});

/** A public key a station believes: Ed25519, SPKI in base64. */
export interface RuleKey {
  readonly id: string;
  readonly publicKey: string;
}

export interface SignedRuleSet {
  readonly ruleSet: RuleSet;
  /** The canonical bytes, as signed. */
  readonly text: string;
  readonly sha256: string;
  readonly signedBy: string;
}

export interface RuleFileFault {
  readonly code: 'rules-broken' | 'rules-unsigned';
  /** The field and what is wrong with it. */
  readonly detail: string;
}

/** Reads and checks a rule file whole. Anything that is not exactly a rule set signed by a believed key is a fault. */
export function readRuleFile(text: string, keys: readonly RuleKey[]): Result<SignedRuleSet, RuleFileFault> {
  const broken = (detail: string): Result<never, RuleFileFault> => err({ code: 'rules-broken', detail });
  if (text.length > maxFileCharacters) return broken('larger than a rule set can be');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return broken('not JSON');
  }
  const file = RuleFile.safeParse(json);
  if (!file.success) return broken(problemOf(file.error));
  const set = RuleSet.safeParse(file.data.ruleSet);
  if (!set.success) return broken(problemOf(set.error));
  const canonical = ruleSetText(set.data);
  // What the program would silently leave out must not have been signed for.
  if (canonicalOf(file.data.ruleSet) !== canonical) {
    return broken('holds something this program does not know, or leaves a default unwritten');
  }
  const { keyId, ed25519 } = file.data.signature;
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) return err({ code: 'rules-unsigned', detail: `key ${keyId} is not believed here` });
  if (!isSignedBy(key, canonical, ed25519)) {
    return err({ code: 'rules-unsigned', detail: `the signature of ${keyId} does not fit` });
  }
  return ok({ ruleSet: set.data, text: canonical, sha256: ruleSetSha256(set.data), signedBy: keyId });
}

/** The file of a rule set, signed. Throws when the key is no Ed25519 private key. */
export function signRuleSet(set: RuleSet, keyId: string, privateKeyPem: string): string {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  const text = ruleSetText(set);
  const ed25519 = sign(null, Buffer.from(text, 'utf8'), key).toString('base64');
  const ruleSet: unknown = JSON.parse(text);
  return `${JSON.stringify({ format: ruleFileFormat, ruleSet, signature: { keyId, ed25519 } }, null, 1)}\n`;
}

/** Null when the text is no Ed25519 public key. */
export function readRuleKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

function isSignedBy({ publicKey }: RuleKey, text: string, ed25519: string): boolean {
  const key = readRuleKey(publicKey);
  const signature = Buffer.from(ed25519, 'base64');
  return key !== null && signature.length === 64 && verify(null, Buffer.from(text, 'utf8'), key, signature);
}

function canonicalOf(value: unknown): string | null {
  try {
    return canonicalJson(value as CanonicalValue);
  } catch {
    return null;
  }
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not a rule file' : `${issue.path.join('.')}: ${issue.message}`.slice(0, 400);
}
