import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { problemOf, readRuleSet } from './readRuleSet.ts';
import type { RuleSet } from './ruleSet.ts';
import { ruleSetSha256, ruleSetText } from './ruleSetHash.ts';

/**
 * A rule set on its way to a station: the set, and an Ed25519 signature (RFC 8032) over its RFC 8785 bytes by a key
 * the station was told to believe. Rules decide who may leave; nobody changes them by putting a file somewhere.
 */
const ruleFileFormat = 'yuanheng-rules/1';
const maxFileCharacters = 2_000_000;

const KeyId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

export function isKeyId(text: string): boolean {
  return KeyId.safeParse(text).success;
}

const RuleFile = z.strictObject({
  format: z.literal(ruleFileFormat),
  ruleSet: z.unknown(),
  signature: z.strictObject({
    keyId: KeyId,
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
  return readSigned(text, (keyId) => keys.find(({ id }) => id === keyId)?.publicKey ?? null);
}

/** The same for somebody who has the publisher's key at hand, whatever name it is given in the file. */
export function readRuleFileBy(publicKey: string, text: string): Result<SignedRuleSet, RuleFileFault> {
  return readSigned(text, () => publicKey);
}

function readSigned(
  text: string,
  keyOf: (keyId: string) => string | null,
): Result<SignedRuleSet, RuleFileFault> {
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
  const read = readRuleSet(file.data.ruleSet);
  if (!read.ok) return broken(read.error);
  const { set, text: canonical } = read.value;
  const { keyId, ed25519 } = file.data.signature;
  const key = keyOf(keyId);
  if (key === null) return err({ code: 'rules-unsigned', detail: `key ${keyId} is not believed here` });
  if (!isSignedBy(key, canonical, ed25519)) {
    return err({ code: 'rules-unsigned', detail: `the signature of ${keyId} does not fit` });
  }
  return ok({ ruleSet: set, text: canonical, sha256: ruleSetSha256(set), signedBy: keyId });
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

function isSignedBy(publicKey: string, text: string, ed25519: string): boolean {
  const key = readRuleKey(publicKey);
  const signature = Buffer.from(ed25519, 'base64');
  return key !== null && signature.length === 64 && verify(null, Buffer.from(text, 'utf8'), key, signature);
}
