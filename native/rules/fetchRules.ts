import * as z from 'zod';
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
export async function fetchRules(source: RulesSource): Promise<Result<readonly string[], string>> {
  const { baseUrl, token, timeoutMs = 15_000 } = source;
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/v1/rules`, {
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200 || response.body === null) return err(`HTTP ${String(response.status)}`);
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

/** Asks at once and four times a day, for as long as the station runs. */
export function watchRules(source: RulesSource, take: (text: string) => void): RulesWatch {
  let stopped = false;
  const ask = async (): Promise<void> => {
    const files = await fetchRules(source);
    if (stopped || !files.ok) return;
    for (const text of files.value) take(text);
  };
  void ask();
  const timer = setInterval(() => void ask(), everyMs);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}
