import { describe, expect, it } from 'vitest';
import { answerChallenge, readChallenge } from './digest.ts';
import { CameraLogin, refusedPauseMs } from './login.ts';

/** RFC 7616, 3.9.1: user Mufasa, password "Circle of Life". */
const rfc = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
};
const header = (algorithm: string): string =>
  `Digest realm="${rfc.realm}", qop="auth, auth-int", algorithm=${algorithm}, nonce="${rfc.nonce}", opaque="${rfc.opaque}"`;
const question = {
  method: 'GET',
  uri: '/dir/index.html',
  user: 'Mufasa',
  password: 'Circle of Life',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

describe('Digest', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('answers the example of RFC 7616 with %s', (algorithm, response) => {
    const answer = answerChallenge(readChallenge(header(algorithm))!, question);
    expect(answer).toContain(`response="${response}"`);
    expect(answer).toContain('nc=00000001');
    expect(answer).toContain(`opaque="${rfc.opaque}"`);
  });

  it('takes SHA-256 where both are offered, in one header or in two', () => {
    expect(readChallenge(`${header('MD5')}, ${header('SHA-256')}`)).toMatchObject({ algorithm: 'SHA-256' });
    expect(readChallenge(`Basic realm="x", ${header('MD5')}`)).toMatchObject({ algorithm: 'MD5' });
  });

  it('answers a camera without qop as RFC 2069 says', () => {
    const old = readChallenge(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    )!;
    const answer = answerChallenge(old, question);
    expect(answer).not.toContain('nc=');
    expect(answer).toMatch(/response="[0-9a-f]{32}"/);
  });

  it.each([
    ['Basic', 'Basic realm="x"'],
    ['only auth-int', `Digest realm="x", nonce="y", qop="auth-int"`],
    ['an algorithm nobody knows', `Digest realm="x", nonce="y", algorithm=SHA-512-256`],
    ['no nonce', 'Digest realm="x"'],
    ['nothing', ''],
  ])('never sends a password for %s', (_, offered) => {
    expect(readChallenge(offered)).toBeNull();
  });
});

describe('one login of one camera', () => {
  const open = (): { login: CameraLogin; at: (ms: number) => void } => {
    let nowMs = 0;
    const login = new CameraLogin({ user: 'admin', password: 'x', monotonicMs: () => nowMs });
    return { login, at: (ms) => (nowMs = ms) };
  };
  const asked = 'Digest realm="r", nonce="n1", qop="auth"';

  it('counts the uses of a nonce', () => {
    const { login } = open();
    expect(login.authorize('GET', '/')).toBeNull();
    login.challenged(asked, false);
    expect(login.authorize('GET', '/')).toContain('nc=00000001');
    expect(login.authorize('GET', '/')).toContain('nc=00000002');
    login.challenged('Digest realm="r", nonce="n2", qop="auth"', false);
    expect(login.authorize('GET', '/')).toContain('nc=00000001');
  });

  it('a nonce that is too old is no refusal; a wrong password is, and nothing is asked for an hour', () => {
    const { login, at } = open();
    login.challenged(asked, false);
    expect(login.challenged('Digest realm="r", nonce="n2", qop="auth", stale=TRUE', true)).toBe('again');
    expect(login.blockedMs()).toBe(0);
    expect(login.challenged(asked, true)).toBe('refused');
    expect(login.blockedMs()).toBe(refusedPauseMs);
    at(refusedPauseMs);
    expect(login.blockedMs()).toBe(0);
  });
});
