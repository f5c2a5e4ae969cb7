import * as z from 'zod';
import type { CallError } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';

export interface RulesSource {
  readonly baseUrl: string;
  /** Sent as a bearer token; never logged, never shown. */
  readonly token: string | null;
  readonly timeoutMs?: number;
}

const maxAnswerBytes = 8 * 1024 * 1024;
const maxFiles = 20;
const Answer = z.object({ files: z.array(z.string().max(2_000_000)).max(maxFiles) });

/** The signed rule files a platform offers, unread: who signed them is checked by whoever takes them. Never throws. */
export async function fetchRules(
  source: RulesSource,
  stopped: AbortSignal = new AbortController().signal,
): Promise<Result<readonly string[], string>> {
  const { baseUrl, token, timeoutMs = 15_000 } = source;
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/v1/rules`, {
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return err(`HTTP ${String(response.status)}`);
    }
    const parts: Uint8Array[] = [];
    let bytes = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes > maxAnswerBytes) {
        await reader.cancel();
        return err('longer than rules can be');
      }
      parts.push(value);
    }
    const answer = Answer.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    return answer.success ? ok(answer.data.files) : err('not a list of rule files');
  } catch {
    // The message of a failed fetch may hold the address and with it a password.
    return err('no answer that can be read');
  }
}

export interface RulesWatch {
  readonly stop: () => void;
}

const everyMs = 6 * 3_600_000;

/**
 * Asks at once and four times a day, for as long as the station runs. A file is offered to `take` once; again only
 * where the store would not write. Nothing a platform sends ends the watch, or the station.
 */
export function watchRules(
  source: RulesSource,
  take: (text: string) => Result<unknown, CallError>,
): RulesWatch {
  const stopped = new AbortController();
  let settled: ReadonlySet<string> = new Set<string>();
  const ask = async (): Promise<void> => {
    const files = await fetchRules(source, stopped.signal);
    if (!files.ok) return;
    const now = new Set<string>();
    for (const text of files.value) {
      if (stopped.signal.aborted) return;
      if (settled.has(text) || now.has(text) || isSettled(take, text)) now.add(text);
    }
    settled = now;
  };
  void ask();
  const timer = setInterval(() => void ask(), everyMs);
  return {
    stop: () => {
      stopped.abort();
      clearInterval(timer);
    },
  };
}

function isSettled(take: (text: string) => Result<unknown, CallError>, text: string): boolean {
  try {
    const taken = take(text);
    return taken.ok || taken.error.code !== 'store-failed';
  } catch {
    return true;
  }
}
