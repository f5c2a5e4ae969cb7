import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const maxTries = 5;
const triesWindowMs = 60_000;
const sessionLifeMs = 12 * 3_600_000;
const maxSessions = 200;

export type LoginAnswer =
  { readonly kind: 'in'; readonly session: string } | { readonly kind: 'wrong' } | { readonly kind: 'wait' };

/** Who may see the console: those who can read the code the station printed when it started. */
export class Login {
  /** Twelve digits in three groups, new at every start. */
  readonly code: string;
  readonly #monotonicMs: () => number;
  readonly #sessions = new Map<string, number>();
  #tries: number[] = [];

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
    this.code = [0, 1, 2].map(() => String(randomInt(10_000)).padStart(4, '0')).join('-');
  }

  tryCode(offered: string): LoginAnswer {
    const now = this.#monotonicMs();
    this.#tries = this.#tries.filter((atMs) => now - atMs < triesWindowMs);
    if (this.#tries.length >= maxTries) return { kind: 'wait' };
    if (!same(digits(offered), digits(this.code))) {
      this.#tries.push(now);
      return { kind: 'wrong' };
    }
    const session = randomBytes(32).toString('base64url');
    this.#sessions.set(digest(session), now + sessionLifeMs);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > maxSessions && oldest !== undefined) this.#sessions.delete(oldest);
    return { kind: 'in', session };
  }

  knows(session: string | undefined): boolean {
    if (session === undefined) return false;
    const until = this.#sessions.get(digest(session));
    return until !== undefined && until > this.#monotonicMs();
  }
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
