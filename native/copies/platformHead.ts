import { HeadAnswer, headUrl } from '../../station/sync/delivery.ts';
import type { KnownHead } from '../../station/ledger/anchor.ts';
import type { Timers } from '../city/timers.ts';

/** What the platform says; `silent` when it does not answer, or does not know the question. */
export type PlatformHeadSource = () => Promise<KnownHead | 'silent' | null>;

const timeoutMs = 10_000;
const maxBytes = 4096;

/** Asks a platform how far it knows this station's ledger. Never throws, and never outlasts ten seconds. */
export function platformHeadOf(
  platform: { readonly baseUrl: string; readonly stationId: string; readonly token: string | null },
  timers: Timers,
): PlatformHeadSource {
  return async () => {
    const abort = new AbortController();
    const forget = timers.after(timeoutMs, () => {
      abort.abort();
    });
    try {
      const response = await fetch(headUrl(platform.baseUrl, platform.stationId), {
        headers: {
          accept: 'application/json',
          ...(platform.token === null ? {} : { authorization: `Bearer ${platform.token}` }),
        },
        redirect: 'manual',
        signal: abort.signal,
      });
      if (response.status !== 200 || response.body === null) return 'silent';
      const text = await readBounded(response.body);
      const answer = text === null ? null : HeadAnswer.safeParse(JSON.parse(text));
      return answer?.success === true ? answer.data.head : 'silent';
    } catch {
      return 'silent';
    } finally {
      forget();
      abort.abort();
    }
  };
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string | null> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts).toString('utf8');
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
}
