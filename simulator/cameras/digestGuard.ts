import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Login } from './camera.ts';

const lockAfter = 5;

/** Digest as a camera asks for it; five wrong answers and the address is locked, as on a Hikvision. */
export class DigestGuard {
  readonly #login: Login;
  readonly #algorithm: 'MD5' | 'SHA-256';
  #nonce = randomBytes(12).toString('hex');
  #lastCount = 0;
  failed = 0;

  constructor(login: Login, algorithm: 'MD5' | 'SHA-256') {
    this.#login = login;
    this.#algorithm = algorithm;
  }

  /** From now on the nonce of before is too old. */
  renew(): void {
    this.#nonce = randomBytes(12).toString('hex');
    this.#lastCount = 0;
  }

  /** Whether the question may be answered; if not, it has been refused. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const given = readItems(request.headers.authorization ?? '');
    if (this.failed < lockAfter && given.size > 0) {
      const known = given.get('nonce') === this.#nonce;
      const right = known && this.#right(given, request.method ?? '', request.url ?? '');
      const isNext = this.#takeCount(parseInt(given.get('nc') ?? '0', 16), right);
      if (right && isNext) return true;
      // An answer that came out of its turn, or of a client that began to count anew, is none of a wrong password.
      if (right) this.renew();
      else if (known) this.failed += 1;
      this.#refuse(response, !known || right);
      return false;
    }
    this.#refuse(response, false);
    return false;
  }

  #right(given: ReadonlyMap<string, string>, method: string, uri: string): boolean {
    const { user, password } = this.#login;
    const own = this.#hash(`${user}:IP Camera(SIM1):${password}`);
    const asked = this.#hash(`${method}:${uri}`);
    const { nc = '', cnonce = '', qop = '', response = '' } = Object.fromEntries(given);
    return (
      given.get('username') === user &&
      given.get('uri') === uri &&
      response === this.#hash(`${own}:${this.#nonce}:${nc}:${cnonce}:${qop}:${asked}`)
    );
  }

  #takeCount(count: number, right: boolean): boolean {
    if (!right || count <= this.#lastCount) return false;
    this.#lastCount = count;
    return true;
  }

  #hash(text: string): string {
    return createHash(this.#algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  }

  #refuse(response: ServerResponse, stale: boolean): void {
    response
      .writeHead(401, {
        'WWW-Authenticate':
          `Digest qop="auth", realm="IP Camera(SIM1)", nonce="${this.#nonce}", ` +
          `algorithm=${this.#algorithm}, stale="${stale ? 'TRUE' : 'FALSE'}"`,
        'Content-Length': 0,
      })
      .end();
  }
}

function readItems(header: string): ReadonlyMap<string, string> {
  if (!/^Digest /i.test(header)) return new Map();
  return new Map(
    [...header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, bare]) => [
      name,
      quoted ?? bare ?? '',
    ]),
  );
}
