import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CanonicalValue } from '../ledger/canonical.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import type { Signer } from '../ledger/signing.ts';
import { signatureHolds } from '../ledger/signing.ts';

/** What a city asks a station: which of its passages a truck found on the road may be of. */
export const TraceQuestion = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  by: z.enum(['plate', 'slip', 'driver', 'consignee']),
  text: z.string().trim().min(1).max(120),
  atMs: z.int().min(0).nullable(),
  windowMs: z.int().min(0).max(200_000_000_000),
  near: z.boolean(),
});
export type TraceQuestion = z.infer<typeof TraceQuestion>;

export const TraceQuestions = z.object({ questions: z.array(TraceQuestion).max(20) });

export function traceMessage(sha256: string): string {
  return `yuanheng-trace-1:${sha256}`;
}

/** An answer as sent: the canonical text that was signed, and by which key of the station. */
export const TraceAnswer = z.object({
  contract: z.literal(1),
  question: z.string().max(64),
  /** Canonical JSON (RFC 8785). */
  answer: z.string().max(900_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string().max(200),
});
export type TraceAnswer = z.infer<typeof TraceAnswer>;

/** Signs an answer over `yuanheng-trace-1:` and the SHA-256 of its canonical text. */
export function signAnswer(question: string, content: CanonicalValue, signer: Signer): TraceAnswer {
  const answer = canonicalJson(content);
  const sha256 = createHash('sha256').update(answer, 'utf8').digest('hex');
  const signature = signer.sign(traceMessage(sha256));
  return { contract: 1, question, answer, sha256, keyId: signer.keyId, signature };
}

/** Whether an answer is what the holder of this key signed. */
export function answerHolds({ answer, sha256, signature }: TraceAnswer, publicKey: string): boolean {
  return (
    createHash('sha256').update(answer, 'utf8').digest('hex') === sha256 &&
    signatureHolds(publicKey, traceMessage(sha256), signature)
  );
}
