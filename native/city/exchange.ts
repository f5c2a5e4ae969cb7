import type { Delivery } from '../../station/sync/delivery.ts';
import { eventsUrl, idempotencyKey } from '../../station/sync/delivery.ts';
import { retryAfterMs } from '../../station/sync/retry.ts';
import type { Answer, AnswerBody } from '../../station/sync/verdict.ts';
import type { Timers } from './timers.ts';

export interface PlatformHttp {
  readonly baseUrl: string;
  readonly stationId: string;
  /** Sent as a bearer token; never logged, never shown. */
  readonly token: string | null;
  /** For one whole exchange, from connecting to the last byte of the body. */
  readonly timeoutMs: number;
}

const maxAnswerBytes = 64 * 1024;

/**
 * Sends one delivery and waits for its answer. Never throws and never outlasts `timeoutMs`:
 * whatever arrives later belongs to a closed connection.
 */
export async function exchange(
  http: PlatformHttp,
  delivery: Delivery,
  io: { readonly timers: Timers; readonly nowMs: () => number; readonly stopped: AbortSignal },
): Promise<Answer> {
  const abort = new AbortController();
  const forgetTimeout = io.timers.after(http.timeoutMs, () => {
    abort.abort('timeout');
  });
  const onStop = (): void => {
    abort.abort();
  };
  io.stopped.addEventListener('abort', onStop);
  try {
    if (io.stopped.aborted) return { kind: 'network', detail: 'stopped' };
    const response = await fetch(eventsUrl(http.baseUrl, http.stationId), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': idempotencyKey(http.stationId, delivery.sequence, delivery.epoch),
        ...(http.token === null ? {} : { authorization: `Bearer ${http.token}` }),
      },
      body: JSON.stringify(delivery),
      redirect: 'manual',
      signal: abort.signal,
    });
    return {
      kind: 'http',
      status: response.status,
      body: await readBody(response),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), io.nowMs()),
    };
  } catch (problem) {
    return abort.signal.reason === 'timeout'
      ? { kind: 'timeout' }
      : { kind: 'network', detail: describe(problem) };
  } finally {
    forgetTimeout();
    io.stopped.removeEventListener('abort', onStop);
    abort.abort();
  }
}

async function readBody(response: Response): Promise<AnswerBody> {
  if (response.body === null) return { kind: 'garbage' };
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxAnswerBytes) {
      await reader.cancel();
      return { kind: 'garbage' };
    }
    parts.push(value);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'garbage' };
  }
}

/**
 * The technical reason without the address or a header: fetch puts both, and so a token or a password,
 * into the messages of the errors it throws for a request that cannot be made.
 */
function describe(problem: unknown): string {
  const cause = problem instanceof Error ? problem.cause : undefined;
  if (!(cause instanceof Error)) return 'the request cannot be made: check the platform address and token';
  const code =
    'code' in cause && typeof cause.code === 'string' && cause.code !== '' ? cause.code : cause.name;
  return code.slice(0, 100);
}
