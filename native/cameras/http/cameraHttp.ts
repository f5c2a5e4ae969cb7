import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { CameraLogin } from './login.ts';

export interface CameraQuestion {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path and query. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** Answers besides 200 whose body says more than their number. */
  readonly alsoStatus?: readonly number[];
  readonly signal: AbortSignal;
}

export type HttpFault =
  /** Nothing may be asked of this camera for so long. */
  | { readonly kind: 'login-refused'; readonly pauseMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

export interface CameraHttpOptions {
  readonly host: string;
  readonly port: number;
  readonly login: CameraLogin | null;
  /** Until the head of the answer is there. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 8000;
/** Once without an answer, once with, and once more for a nonce that was too old. */
const mostTries = 3;

/** Asks one camera over HTTP, with Digest where it wants that. Follows no redirect, sends no password in clear. */
export class CameraHttp {
  readonly #options: CameraHttpOptions;

  constructor(options: CameraHttpOptions) {
    this.#options = options;
  }

  /** An answer of status 200 whose body is still to come. Whoever takes it must read or destroy it. */
  async open(question: CameraQuestion): Promise<Result<IncomingMessage, HttpFault>> {
    const { login } = this.#options;
    const { method, path } = question;
    let fresh = false;
    for (let nth = 1; nth <= mostTries; nth += 1) {
      const blockedMs = login?.blockedMs() ?? 0;
      if (blockedMs > 0) return err({ kind: 'login-refused', pauseMs: blockedMs });
      const authorization = login?.authorize(method, path) ?? null;
      const asked = await this.#ask(question, authorization);
      if (!asked.ok) return asked;
      const answer = asked.value;
      if (answer.statusCode === 200) {
        login?.accept();
        return ok(answer);
      }
      if (question.alsoStatus?.includes(answer.statusCode ?? 0) === true) return ok(answer);
      answer.destroy();
      if (answer.statusCode !== 401) {
        return err({ kind: 'failed', detail: `HTTP ${String(answer.statusCode)}` });
      }
      if (login === null)
        return err({
          kind: 'failed',
          detail: 'the camera asks for a login, and its password is not in the environment',
        });
      const header = answer.headers['www-authenticate'] ?? '';
      const next = login.challenged(header, fresh && authorization !== null);
      if (next === 'refused') return err({ kind: 'login-refused', pauseMs: login.blockedMs() });
      if (next === 'no-digest') {
        return err({ kind: 'failed', detail: 'the camera offers no Digest login; switch it on there' });
      }
      fresh = true;
    }
    login?.refuse();
    return err({ kind: 'login-refused', pauseMs: login?.blockedMs() ?? 0 });
  }

  /** A whole answer of status 200, of so many bytes at most. */
  async fetch(
    question: CameraQuestion,
    maxBytes: number,
  ): Promise<Result<{ readonly contentType: string; readonly body: Buffer }, HttpFault>> {
    const opened = await this.open(question);
    if (!opened.ok) return opened;
    const timer = setTimeout(() => opened.value.destroy(), this.#timeoutMs);
    const body = await readAll(opened.value, maxBytes);
    clearTimeout(timer);
    return body === null
      ? err({ kind: 'failed', detail: 'the answer was too large or cut off' })
      : ok({ contentType: opened.value.headers['content-type'] ?? '', body });
  }

  get #timeoutMs(): number {
    return this.#options.timeoutMs ?? defaultTimeoutMs;
  }

  #ask(
    { method, path, headers = {}, body, signal }: CameraQuestion,
    authorization: string | null,
  ): Promise<Result<IncomingMessage, HttpFault>> {
    const { host, port } = this.#options;
    return new Promise((resolve) => {
      const asked = httpRequest({
        host,
        port,
        method,
        path,
        agent: false,
        signal,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
          ...(authorization === null ? {} : { Authorization: authorization }),
        },
      });
      const timer = setTimeout(() => {
        asked.destroy(new Error('no answer in time'));
      }, this.#timeoutMs);
      asked.on('response', (answer) => {
        clearTimeout(timer);
        // What breaks later shows in the reading of the body.
        answer.on('error', () => undefined);
        resolve(ok(answer));
      });
      asked.on('error', (problem: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        resolve(err({ kind: 'failed', detail: problem.code ?? problem.message }));
      });
      asked.end(body);
    });
  }
}

/** Null when there is more than `maxBytes`, or the other side broke off. */
export async function readAll(stream: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        stream.destroy();
        return null;
      }
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return stream.complete ? Buffer.concat(chunks) : null;
}
