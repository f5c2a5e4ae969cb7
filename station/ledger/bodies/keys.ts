import * as z from 'zod';
import { Operator, Text, TimeMs } from './form.ts';

/** The first 16 hex digits of the SHA-256 of the key's SPKI bytes. */
export const KeyId = z.string().regex(/^[0-9a-f]{16}$/);

/** Why a station signs with another key from here on. */
export const KeyReason = z.enum(['first', 'rotation', 'lost', 'new-computer']);
export type KeyReason = z.infer<typeof KeyReason>;

/** Base64 of an Ed25519 signature: 64 bytes. */
export const Signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

/** The station's keys: who may sign, from when, and no longer. */
export const keyBodies = [
  z.object({
    type: z.literal('key-introduced'),
    body: z
      .object({
        keyId: KeyId,
        /** Ed25519, SPKI in base64. */
        publicKey: z.string().max(200),
        /** The new key's own signature of `keyProofMessage`: whoever introduces a key holds it. */
        proof: Signature,
        /** The key it takes the place of; where that one could still sign, it signed this very event. */
        replaces: KeyId.nullable(),
        reason: KeyReason,
        operator: Operator,
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('key-revoked'),
    body: z
      .object({
        keyId: KeyId,
        /** What it signed from then on is not to be believed. */
        sinceMs: TimeMs,
        reason: Text,
        operator: Operator,
      })
      .readonly(),
  }),
] as const;
