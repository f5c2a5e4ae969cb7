import { randomBytes } from 'node:crypto';
import type { Challenge } from './digest.ts';
import { answerChallenge, readChallenge } from './digest.ts';

/**
 * Five failed logins lock an address out of a Hikvision for half an hour, its video included. One failure
 * is therefore the last for this long; new settings start the station anew and with it this count.
 */
export const refusedPauseMs = 60 * 60_000;

export interface LoginOptions {
  readonly user: string;
  /** Held here and nowhere else. */
  readonly password: string;
  readonly monotonicMs: () => number;
}

/** The one login of a camera, shared by everything that asks it anything. */
export class CameraLogin {
  readonly #options: LoginOptions;
  #challenge: Challenge | null = null;
  #count = 0;
  #refusedAtMs: number | null = null;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  get user(): string {
    return this.#options.user;
  }

  /** For ONVIF, whose token is made otherwise. */
  get password(): string {
    return this.#options.password;
  }

  /** How long nothing may be asked because the login was refused; 0 when it may. */
  blockedMs(): number {
    if (this.#refusedAtMs === null) return 0;
    return Math.max(0, this.#refusedAtMs + refusedPauseMs - this.#options.monotonicMs());
  }

  refuse(): void {
    this.#challenge = null;
    this.#refusedAtMs = this.#options.monotonicMs();
  }

  accept(): void {
    this.#refusedAtMs = null;
  }

  /** Null while no challenge is known: the first question goes without an answer. */
  authorize(method: string, uri: string): string | null {
    if (this.#challenge === null) return null;
    this.#count += 1;
    return answerChallenge(this.#challenge, {
      method,
      uri,
      user: this.#options.user,
      password: this.#options.password,
      count: this.#count,
      cnonce: randomBytes(12).toString('hex'),
    });
  }

  /**
   * A 401 came. `answered` says that the question carried an answer to a challenge of this same exchange.
   * `again` permits one more try; anything else is a refused login.
   */
  challenged(header: string, answered: boolean): 'again' | 'refused' | 'no-digest' {
    const challenge = readChallenge(header);
    if (challenge === null) return 'no-digest';
    if (answered && !challenge.stale) {
      this.refuse();
      return 'refused';
    }
    this.#challenge = challenge;
    this.#count = 0;
    return 'again';
  }
}
