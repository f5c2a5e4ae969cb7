import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { TraceAnswer, TraceQuestion } from '../../station/sync/traceQuestions.ts';
import { TraceQuestions } from '../../station/sync/traceQuestions.ts';
import { createPause } from './pause.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';

export interface QuestionSource {
  readonly baseUrl: string;
  readonly stationId: string;
  /** Sent as a bearer token; never logged, never shown. */
  readonly token: string | null;
  readonly timeoutMs?: number;
}

const everyMs = 30_000;
const maxQuestionBytes = 64 * 1024;
/** Each answer is written down; nobody outside may make the ledger grow without end. */
const mostAnHour = 120;
const hourMs = 3_600_000;

export interface QuestionWatch {
  /** Resolves when nothing more will be asked, answered or written. */
  readonly stop: () => Promise<void>;
}

/**
 * Asks the platform for its questions and answers each, for as long as the station runs. A question is answered when
 * `answer` gives something to send; what cannot be sent now is asked for again. Nothing a platform sends ends it.
 */
export function watchQuestions(
  source: QuestionSource,
  answer: (question: TraceQuestion) => Promise<TraceAnswer | null>,
  { monotonicMs, timers = systemTimers }: { readonly monotonicMs: () => number; readonly timers?: Timers },
): QuestionWatch {
  const stopped = new AbortController();
  const pause = createPause(timers);
  /** Made once: a platform that loses an answer gets the same one again. */
  const made = new Map<string, TraceAnswer>();
  let answered: number[] = [];

  const turn = async (): Promise<void> => {
    const asked = await exchangeJson(source, 'questions', null, stopped.signal);
    const read = asked.ok ? TraceQuestions.safeParse(asked.value) : null;
    if (read?.success !== true) return;
    for (const question of read.data.questions) {
      if (stopped.signal.aborted) return;
      answered = answered.filter((atMs) => monotonicMs() - atMs < hourMs);
      const known = JSON.stringify(question);
      const held = made.get(known);
      if (held === undefined && answered.length >= mostAnHour) return;
      const given = held ?? (await answer(question));
      if (given === null) continue;
      if (held === undefined) answered.push(monotonicMs());
      made.set(known, given);
      const [oldest] = made.keys();
      if (made.size > mostAnHour && oldest !== undefined) made.delete(oldest);
      await exchangeJson(source, 'answers', given, stopped.signal);
    }
  };
  const isStopped = (): boolean => stopped.signal.aborted;
  const run = async (): Promise<void> => {
    while (!isStopped()) {
      try {
        await turn();
      } catch {
        // A store that cannot be read is seen elsewhere; the question stays asked.
      }
      if (!isStopped()) await pause.forAtMost(everyMs, null);
    }
  };
  const running = Promise.resolve().then(run);
  return {
    stop: async () => {
      stopped.abort();
      pause.end();
      await running;
    },
  };
}

/** One exchange, bounded in time and size. Never throws; the error says nothing of addresses or headers. */
async function exchangeJson(
  { baseUrl, stationId, token, timeoutMs = 10_000 }: QuestionSource,
  what: 'questions' | 'answers',
  body: TraceAnswer | null,
  stopped: AbortSignal,
): Promise<Result<unknown, string>> {
  try {
    const address = `${baseUrl.replace(/\/+$/, '')}/v1/stations/${encodeURIComponent(stationId)}/${what}`;
    const response = await fetch(address, {
      method: body === null ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok || response.body === null) {
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
      if (bytes > maxQuestionBytes) {
        await reader.cancel();
        return err('longer than questions can be');
      }
      parts.push(value);
    }
    return ok(JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown);
  } catch {
    return err('no answer that can be read');
  }
}
