import type { IncomingMessage } from 'node:http';
import { TraceAnswer, TraceQuestion } from '../station/sync/traceQuestions.ts';
import { readBody } from './body.ts';
import { parseJson } from './checks.ts';
import { refusal } from './refusal.ts';
import type { TraceStore } from './traceStore.ts';

const maxAnswerBytes = 2 * 1024 * 1024;

interface Given {
  readonly status: number;
  readonly body: object;
}

/** Asking a station (POST questions), its own look (GET questions), its answer (POST answers), a person's (GET answers). */
export async function traceAnswer(
  store: TraceStore,
  station: string,
  what: 'questions' | 'answers',
  request: IncomingMessage,
  nowMs: number,
): Promise<Given> {
  if (request.method === 'GET') {
    const body =
      what === 'questions' ? { questions: store.open(station) } : { answers: store.of(station, 100) };
    return { status: 200, body };
  }
  if (request.method !== 'POST') return refusal(405, 'method');
  const bytes = await readBody(request, maxAnswerBytes);
  if (bytes === null) return refusal(413, 'too long');
  const json = parseJson(bytes.toString('utf8'));
  if (what === 'questions') {
    const question = TraceQuestion.safeParse(json);
    if (!question.success) return refusal(422, 'not a trace question');
    const asked = store.ask(station, question.data, nowMs);
    return { status: asked === 'asked' ? 201 : 200, body: { accepted: true, id: question.data.id } };
  }
  const answer = TraceAnswer.safeParse(json);
  if (!answer.success) return refusal(422, 'not a trace answer');
  return store.answer(station, answer.data, nowMs) === 'kept'
    ? { status: 200, body: { accepted: true, question: answer.data.question } }
    : refusal(404, 'no such question');
}
