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
  /** Whether the camera named it; one that does not may not know the word either. */
  readonly algorithmNamed: boolean;
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
    algorithmNamed: offer.has('algorithm'),
    session: named[2] !== undefined,
    qopAuth,
    stale: offer.get('stale')?.toLowerCase() === 'true',
  };
}

/** The nonce to go on with, out of an Authentication-Info header (RFC 7616, 3.5); null where it names none. */
export function nextNonce(info: string): string | null {
  return /(?:^|[,\s])nextnonce\s*=\s*"([^"\\]{1,1000})"/i.exec(info)?.[1] ?? null;
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
  const { realm, nonce, opaque, algorithm, algorithmNamed, session, qopAuth } = challenge;
  const { method, uri, user, password, cnonce } = question;
  const hash = (...texts: readonly (string | Buffer)[]): string => {
    const sum = createHash(algorithm === 'MD5' ? 'md5' : 'sha256');
    for (const text of texts) sum.update(text);
    return sum.digest('hex');
  };
  // A header's bytes come as Latin-1: a Chinese realm is hashed as the bytes it came as.
  const own = hash(`${user}:`, Buffer.from(realm, 'latin1'), `:${password}`);
  const secret = session ? hash(`${own}:${nonce}:${cnonce}`) : own;
  const nc = question.count.toString(16).padStart(8, '0');
  const asked = hash(`${method}:${uri}`);
  const response = hash(
    qopAuth ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`,
  );
  return `Digest ${[
    userItem(user),
    `realm="${quotable(realm)}"`,
    `nonce="${quotable(nonce)}"`,
    `uri="${uri}"`,
    ...(algorithmNamed ? [`algorithm=${algorithm}${session ? '-sess' : ''}`] : []),
    `response="${response}"`,
    ...(qopAuth ? ['qop=auth', `nc=${nc}`] : []),
    ...(qopAuth || session ? [`cnonce="${cnonce}"`] : []),
    ...(opaque === null ? [] : [`opaque="${quotable(opaque)}"`]),
  ].join(', ')}`;
}

/** A name that a header cannot carry is written as RFC 7616, 3.4 says. */
function userItem(user: string): string {
  if (/^[\x20-\x7e]*$/.test(user)) return `username="${quotable(user)}"`;
  const encoded = encodeURIComponent(user).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `username*=UTF-8''${encoded}`;
}

function quotable(text: string): string {
  return text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\r\n]/g, '');
}
