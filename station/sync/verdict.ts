import * as z from 'zod';
import { assertNever } from '../assertNever.ts';
import { Acknowledgement } from './delivery.ts';
import type { FailureKind } from './retry.ts';

export type AnswerBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Not JSON, too long, or not text at all. */
  | { readonly kind: 'garbage' };

/** How one try to deliver ended, as the wire showed it. */
export type Answer =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly body: AnswerBody;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'network'; readonly detail: string };

export type Verdict =
  | { readonly kind: 'delivered'; readonly acknowledgement: Acknowledgement }
  /** The platform read this record and will never take it; a person has to look. */
  | { readonly kind: 'set-aside'; readonly reason: string }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly failure: FailureKind;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'refused-login'; readonly reason: string };

/** What a try means for the record. Only an acknowledgement of this very record is delivery. */
export function judge(answer: Answer, sent: { readonly sequence: number; readonly hash: string }): Verdict {
  switch (answer.kind) {
    case 'timeout':
      return retry('timeout', 'no answer in time');
    case 'network':
      return retry('network', answer.detail);
    case 'http':
      return judgeStatus(answer, sent);
    default:
      return assertNever(answer);
  }
}

function judgeStatus(
  answer: Extract<Answer, { kind: 'http' }>,
  sent: { readonly sequence: number; readonly hash: string },
): Verdict {
  const { status, body } = answer;
  const http = `HTTP ${String(status)}`;
  if (status === 200 || status === 201) {
    const parsed = Acknowledgement.safeParse(body.kind === 'json' ? body.value : null);
    if (!parsed.success) return retry('wrong-answer', `${http} without an acknowledgement`);
    if (parsed.data.sequence !== sent.sequence) {
      return retry('wrong-answer', `${http} acknowledges event ${String(parsed.data.sequence)}`);
    }
    if (parsed.data.hash !== sent.hash) return retry('wrong-answer', `${http} acknowledges another hash`);
    return { kind: 'delivered', acknowledgement: parsed.data };
  }
  if (status === 401 || status === 403) return { kind: 'refused-login', reason: `${http}${words(body)}` };
  if (status === 413) return { kind: 'set-aside', reason: `${http}${words(body)}` };
  if (status === 400 || status === 409 || status === 422) {
    // A proxy or a TLS port answers 400 in HTML to everything: only a platform's JSON condemns a record.
    if (isObject(body)) return { kind: 'set-aside', reason: `${http}${words(body)}` };
    return retry('wrong-answer', `${http} not from a city platform`);
  }
  if (status === 429 || status === 503) return retry('busy', `${http}${words(body)}`, answer.retryAfterMs);
  if (status >= 500) return retry('server', `${http}${words(body)}`);
  if (status >= 300) return retry('address', `${http}${words(body)}`);
  return retry('wrong-answer', `${http} is no answer to a delivery`);
}

function retry(failure: FailureKind, reason: string, retryAfterMs: number | null = null): Verdict {
  return { kind: 'retry', reason, failure, retryAfterMs };
}

function isObject(body: AnswerBody): boolean {
  return (
    body.kind === 'json' &&
    typeof body.value === 'object' &&
    body.value !== null &&
    !Array.isArray(body.value)
  );
}

const Refusal = z.looseObject({
  error: z.string().optional().catch(undefined),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .catch(undefined),
});

const maxReasonCharacters = 300;

/** The platform's own words, cut short and cleaned, for a person to read. */
function words(body: AnswerBody): string {
  if (body.kind !== 'json') return '';
  const refusal = Refusal.safeParse(body.value);
  if (!refusal.success) return '';
  const { error, issues } = refusal.data;
  const parts = [error, ...(issues ?? []).slice(0, 5).map((issue) => `${issue.path}: ${issue.message}`)];
  const text = parts
    .filter((part) => part !== undefined)
    .join('; ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .slice(0, maxReasonCharacters);
  return text === '' ? '' : `: ${text}`;
}
