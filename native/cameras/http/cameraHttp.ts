import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import { nextNonce } from './digest.ts';
import type { CameraLogin } from './login.ts';
import { readAll } from './readAll.ts';

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
/** Once, and once more for a nonce that was too old. */
const mostAnswers = 2;
/** With those that another question's challenge came across; a fifth failure locks a Hikvision. */
const mostTries = 4;
const noPassword: HttpFault = {
  kind: 'failed',
  detail: 'the camera asks for a login, and its password is not in the environment',
};
const broken: HttpFault = { kind: 'failed', detail: 'broken off' };

/** Asks one camera over HTTP, with Digest where it wants that. Follows no redirect, sends no password in clear. */
export class CameraHttp {
  readonly #options: CameraHttpOptions;

  constructor(options: CameraHttpOptions) {
    this.#options = options;
  }

  /** An answer of status 200 whose body is still to come. Whoever takes it must read or destroy it. */
  async open(question: CameraQuestion): Promise<Result<IncomingMessage, HttpFault>> {
    const { login } = this.#options;
    const { signal } = question;
    if (login === null) {
      const asked = await this.#try(question);
      return asked.ok && asked.value.statusCode === 401 ? err(noPassword) : asked;
    }
    // While another question answers a new challenge, its outcome is awaited: it may be that nothing must be asked.
    if (!(await login.renewing.idle(signal))) return err(broken);
    if (!login.knows(this.#server)) {
      const introduced = await login.renewing.run(() => this.#introduce(question, login), signal);
      return introduced ?? err(broken);
    }
    const before = login.accepted(this.#server);
    const first = await this.#try(question);
    if (!first.ok || first.value.statusCode !== 401) return first;
    const renewed = await login.renewing.run(() => this.#renew(question, login, before), signal);
    return renewed ?? err(broken);
  }

  /** The first question to this server, alone, so that there is one challenge to answer. */
  async #introduce(
    question: CameraQuestion,
    login: CameraLogin,
  ): Promise<Result<IncomingMessage, HttpFault>> {
    const before = login.accepted(this.#server);
    const first = await this.#try(question);
    if (!first.ok || first.value.statusCode !== 401) return first;
    return this.#renew(question, login, before);
  }

  /** Answers the newest challenge: once, and again as far as the nonce and not the password was refused. */
  async #renew(
    question: CameraQuestion,
    login: CameraLogin,
    acceptedBefore: number,
  ): Promise<Result<IncomingMessage, HttpFault>> {
    // Somebody else was let in meanwhile: a refusal of what let them in says nothing yet.
    if (login.accepted(this.#server) > acceptedBefore) {
      const asked = await this.#try(question);
      if (!asked.ok || asked.value.statusCode !== 401) return asked;
    }
    let answeredAt: number | null = null;
    let answers = 0;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const next = login.challenged(this.#server, answeredAt);
      if (next === 'refused') break;
      if (next === 'no-digest') {
        return err({ kind: 'failed', detail: 'the camera offers no Digest login; switch it on there' });
      }
      if (next === 'again') answers += 1;
      if (answers > mostAnswers) break;
      answeredAt = login.challenges(this.#server);
      const asked = await this.#try(question);
      if (!asked.ok || asked.value.statusCode !== 401) return asked;
    }
    login.refuse();
    return err({ kind: 'login-refused', pauseMs: login.blockedMs() });
  }

  /** One question; an answer of status 200, 401, or one of those whose body says more. */
  async #try(question: CameraQuestion): Promise<Result<IncomingMessage, HttpFault>> {
    const { login } = this.#options;
    const blockedMs = login?.blockedMs() ?? 0;
    if (blockedMs > 0) return err({ kind: 'login-refused', pauseMs: blockedMs });
    const authorization = login?.authorize(this.#server, question.method, question.path) ?? null;
    const asked = await this.#ask(question, authorization);
    if (!asked.ok) return asked;
    const answer = asked.value;
    const status = answer.statusCode ?? 0;
    if (status === 200) {
      login?.accept(this.#server, nextNonce(String(answer.headers['authentication-info'] ?? '')));
      return asked;
    }
    if (question.alsoStatus?.includes(status) === true) return asked;
    answer.destroy();
    if (status === 401) login?.asked(this.#server, answer.headers['www-authenticate'] ?? '');
    return status === 401 ? asked : err({ kind: 'failed', detail: `HTTP ${String(status)}` });
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

  get #server(): string {
    return `${this.#options.host}:${String(this.#options.port)}`;
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
