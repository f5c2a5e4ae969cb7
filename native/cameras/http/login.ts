import { randomBytes } from 'node:crypto';
import type { Challenge } from './digest.ts';
import { answerChallenge, readChallenge } from './digest.ts';
import { OneAtATime } from './oneAtATime.ts';

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

/** What one server of the device (a port of its own) last asked for, and how often that was answered. */
interface Asked {
  readonly challenge: Challenge;
  /** The same for every use of a nonce: with `-sess` the first one is part of the key (RFC 7616, 3.4.2). */
  readonly cnonce: string;
  count: number;
  accepted: number;
}

/** The one login of a device, shared by everything that asks it anything. */
export class CameraLogin {
  /** A challenge is answered by one question at a time: a wrong password is tried once, however many ask. */
  readonly renewing = new OneAtATime();
  readonly #options: LoginOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #newest = new Map<string, string>();
  readonly #challenges = new Map<string, number>();
  readonly #open = new Set<string>();
  #refusedAtMs: number | null = null;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  get user(): string {
    return this.#options.user;
  }

  /** For ONVIF and RTSP, whose tokens are made otherwise. */
  get password(): string {
    return this.#options.password;
  }

  /** How long nothing may be asked because the login was refused, whole ms; 0 when it may. */
  blockedMs(): number {
    if (this.#refusedAtMs === null) return 0;
    return Math.max(0, Math.ceil(this.#refusedAtMs + refusedPauseMs - this.#options.monotonicMs()));
  }

  refuse(): void {
    this.#asked.clear();
    this.#refusedAtMs = this.#options.monotonicMs();
  }

  /** A question was answered. `nextNonce` is of an Authentication-Info header (RFC 7616, 3.5); null where there is none. */
  accept(server: string, nextNonce: string | null): void {
    const asked = this.#asked.get(server);
    this.#open.add(server);
    if (asked === undefined) return;
    asked.accepted += 1;
    if (nextNonce !== null) this.#begin(server, { ...asked.challenge, nonce: nextNonce });
  }

  /** How many questions were let in with what this server last asked for. */
  accepted(server: string): number {
    return this.#asked.get(server)?.accepted ?? 0;
  }

  /** Null while no challenge is known: the first question goes without an answer. */
  authorize(server: string, method: string, uri: string): string | null {
    const asked = this.#asked.get(server);
    if (asked === undefined) return null;
    asked.count += 1;
    const { user, password } = this.#options;
    const { challenge, count, cnonce } = asked;
    return answerChallenge(challenge, { method, uri, user, password, count, cnonce });
  }

  /** Whether this server has told what it wants to hear, or that it wants to hear nothing. */
  knows(server: string): boolean {
    return this.#asked.has(server) || this.#open.has(server);
  }

  /** A 401 came with this header. */
  asked(server: string, header: string): void {
    this.#open.delete(server);
    this.#newest.set(server, header);
    this.#challenges.set(server, this.challenges(server) + 1);
  }

  /** How many 401 this server has sent. */
  challenges(server: string): number {
    return this.#challenges.get(server) ?? 0;
  }

  /**
   * Takes the newest challenge. `answeredAt`: it came upon an answer of this same exchange, before which there had been
   * so many challenges; null for the first one. Some cameras hold one nonce for everybody, make it anew at every 401 and
   * never say `stale`: there, an answer to the nonce of before is refused though the password is right. `crossed` says
   * that another question's 401 came in between, `again` that one more try may be made; a nonce refused though it is
   * the newest, by a server that let nobody in, is a wrong password.
   */
  challenged(server: string, answeredAt: number | null): 'again' | 'crossed' | 'refused' | 'no-digest' {
    const challenge = readChallenge(this.#newest.get(server) ?? '');
    if (challenge === null) return 'no-digest';
    if (answeredAt !== null && !challenge.stale) {
      const isNew = challenge.nonce !== this.#asked.get(server)?.challenge.nonce;
      const crossed = isNew && this.challenges(server) > answeredAt + 1;
      if (!crossed && !(isNew && this.accepted(server) > 0)) {
        this.refuse();
        return 'refused';
      }
      this.#begin(server, challenge);
      return crossed ? 'crossed' : 'again';
    }
    this.#begin(server, challenge);
    return 'again';
  }

  /** A nonce that is asked for again was counted already. */
  #begin(server: string, challenge: Challenge): void {
    const known = this.#asked.get(server);
    const same = known?.challenge.nonce === challenge.nonce && known.challenge.realm === challenge.realm;
    this.#asked.set(server, {
      challenge,
      cnonce: same ? known.cnonce : randomBytes(12).toString('hex'),
      count: same ? known.count : 0,
      accepted: known?.accepted ?? 0,
    });
  }
}

/** One login for each account of each device, whoever needs it: what locks out is counted for all of them together. */
export class CameraLogins {
  readonly #secret: (variable: string) => string | null;
  readonly #monotonicMs: () => number;
  readonly #known = new Map<string, CameraLogin>();

  constructor({
    secret,
    monotonicMs,
  }: {
    readonly secret: (variable: string) => string | null;
    readonly monotonicMs: () => number;
  }) {
    this.#secret = secret;
    this.#monotonicMs = monotonicMs;
  }

  /** Null without a password: a camera is then asked without a login, and says so itself. */
  of(host: string, user: string | null, passwordVariable: string | null): CameraLogin | null {
    const password = passwordVariable === null ? null : this.#secret(passwordVariable);
    if (user === null || password === null) return null;
    const key = JSON.stringify([host.toLowerCase(), user, passwordVariable]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const login = new CameraLogin({ user, password, monotonicMs: this.#monotonicMs });
    this.#known.set(key, login);
    return login;
  }
}
