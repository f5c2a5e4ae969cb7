/**
 * HTTP Digest authentication, RFC 7616 (and RFC 2069 where a camera offers no qop).
 *
 *   WWW-Authenticate: Digest qop="auth", realm="IP Camera(C6496)", nonce="4e6a…", stale="FALSE"
 *   Authorization: Digest username="admin", realm="IP Camera(C6496)", nonce="4e6a…", uri="/ISAPI/…",
 *     algorithm=MD5, response="…", qop=auth, nc=00000001, cnonce="…"
 */
import { createHash } from 'node:crypto';

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly session: boolean;
  readonly qopAuth: boolean;
  /** The login was right, its nonce was too old. */
  readonly stale: boolean;
}

const item = /([A-Za-z][A-Za-z0-9-]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.){0,1000})"|([^\s,"]{0,1000})))?/g;

/** The strongest Digest challenge in the header; null when there is none this program can answer. */
export function readChallenge(header: string): Challenge | null {
  const offers: Map<string, string>[] = [];
  let digest = false;
  for (const [, name = '', quoted, bare] of header.slice(0, 8000).matchAll(item)) {
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare;
    // A word without a value begins the next scheme.
    if (value === undefined) {
      digest = name.toLowerCase() === 'digest';
      if (digest) offers.push(new Map());
    } else if (digest) offers.at(-1)?.set(name.toLowerCase(), value);
  }
  const usable = offers.map(challengeOf).filter((offer) => offer !== null);
  return usable.find(({ algorithm }) => algorithm === 'SHA-256') ?? usable[0] ?? null;
}

function challengeOf(offer: ReadonlyMap<string, string>): Challenge | null {
  const realm = offer.get('realm');
  const nonce = offer.get('nonce');
  const named = /^(MD5|SHA-256)(-sess)?$/i.exec(offer.get('algorithm') ?? 'MD5');
  if (realm === undefined || nonce === undefined || nonce === '' || named === null) return null;
  const qops = (offer.get('qop') ?? '').split(',').map((qop) => qop.trim().toLowerCase());
  const qopAuth = qops.includes('auth');
  // auth-int alone would need the body's hash, which no camera asks for.
  if (!qopAuth && qops.some((qop) => qop !== '')) return null;
  return {
    realm,
    nonce,
    opaque: offer.get('opaque') ?? null,
    algorithm: named[1]?.toUpperCase() === 'SHA-256' ? 'SHA-256' : 'MD5',
    session: named[2] !== undefined,
    qopAuth,
    stale: offer.get('stale')?.toLowerCase() === 'true',
  };
}

export interface Question {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** How many times this nonce was used, this one included. */
  readonly count: number;
  readonly cnonce: string;
}

/** The Authorization header that answers a challenge. */
export function answerChallenge(challenge: Challenge, question: Question): string {
  const { realm, nonce, opaque, algorithm, session, qopAuth } = challenge;
  const { method, uri, user, password, cnonce } = question;
  const hash = (text: string): string =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text, 'utf8')
      .digest('hex');
  const own = hash(`${user}:${realm}:${password}`);
  const secret = session ? hash(`${own}:${nonce}:${cnonce}`) : own;
  const nc = question.count.toString(16).padStart(8, '0');
  const asked = hash(`${method}:${uri}`);
  const response = hash(
    qopAuth ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`,
  );
  return `Digest ${[
    `username="${quotable(user)}"`,
    `realm="${quotable(realm)}"`,
    `nonce="${quotable(nonce)}"`,
    `uri="${uri}"`,
    `algorithm=${algorithm}${session ? '-sess' : ''}`,
    `response="${response}"`,
    ...(qopAuth ? ['qop=auth', `nc=${nc}`] : []),
    ...(qopAuth || session ? [`cnonce="${cnonce}"`] : []),
    ...(opaque === null ? [] : [`opaque="${quotable(opaque)}"`]),
  ].join(', ')}`;
}

function quotable(text: string): string {
  return text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\r\n]/g, '');
}
