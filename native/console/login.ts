import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const maxTries = 5;
const triesWindowMs = 60_000;
const sessionLifeMs = 12 * 3_600_000;
const maxSessions = 200;

export type LoginAnswer =
  | { readonly kind: 'in'; readonly session: string; readonly role: SessionRole }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait' };

/**
 * `station`: the whole console; `loader`: what may still be loaded, and nothing else; `inspector`: everything to look
 * at, nothing to change.
 */
export type SessionRole = 'station' | 'loader' | 'inspector';

/** Who may see the console: those who can read a code the station printed when it started. */
export class Login {
  /** Twelve digits in three groups, new at every start. */
  readonly code: string;
  /** Another one, for loaders. */
  readonly loaderCode: string;
  /** And one for inspectors. */
  readonly inspectorCode: string;
  readonly #monotonicMs: () => number;
  readonly #sessions = new Map<string, { readonly untilMs: number; readonly role: SessionRole }>();
  #tries: number[] = [];

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
    const codes = new Set<string>();
    while (codes.size < 3) codes.add(newCode());
    const [code = '', loaderCode = '', inspectorCode = ''] = codes;
    this.code = code;
    this.loaderCode = loaderCode;
    this.inspectorCode = inspectorCode;
  }

  tryCode(offered: string): LoginAnswer {
    const now = this.#monotonicMs();
    this.#tries = this.#tries.filter((atMs) => now - atMs < triesWindowMs);
    if (this.#tries.length >= maxTries) return { kind: 'wait' };
    const role = this.#roleOfCode(offered);
    if (role === null) {
      this.#tries.push(now);
      return { kind: 'wrong' };
    }
    const session = randomBytes(32).toString('base64url');
    this.#sessions.set(digest(session), { untilMs: now + sessionLifeMs, role });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > maxSessions && oldest !== undefined) this.#sessions.delete(oldest);
    return { kind: 'in', session, role };
  }

  knows(session: string | undefined): boolean {
    return this.roleOf(session) !== null;
  }

  /** Null for no session, a wrong one, and one that is over. */
  roleOf(session: string | undefined): SessionRole | null {
    if (session === undefined) return null;
    const known = this.#sessions.get(digest(session));
    return known !== undefined && known.untilMs > this.#monotonicMs() ? known.role : null;
  }

  #roleOfCode(offered: string): SessionRole | null {
    const typed = digits(offered);
    // All are compared, always: how long an answer takes tells nothing.
    const station = same(typed, digits(this.code));
    const loader = same(typed, digits(this.loaderCode));
    const inspector = same(typed, digits(this.inspectorCode));
    if (station) return 'station';
    if (loader) return 'loader';
    return inspector ? 'inspector' : null;
  }
}

function newCode(): string {
  return [0, 1, 2].map(() => String(randomInt(10_000)).padStart(4, '0')).join('-');
}

function digits(text: string): string {
  return text.replace(/\D/g, '').slice(0, 32);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function same(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(digest(left)), Buffer.from(digest(right)));
}
