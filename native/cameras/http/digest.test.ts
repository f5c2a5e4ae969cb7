import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerChallenge, readChallenge } from './digest.ts';
import { CameraLogin, CameraLogins, refusedPauseMs } from './login.ts';

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

  it('answers the example of RFC 2617, 3.5', () => {
    const asked = readChallenge(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", ' +
        'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    )!;
    const answer = answerChallenge(asked, { ...question, password: 'Circle Of Life', cnonce: '0a4f113b' });
    expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
    // Not named there, and therefore not here: old firmware does not know the word.
    expect(answer).not.toContain('algorithm');
  });

  it('with -sess makes its key of the first nonce and cnonce, as RFC 7616, 3.4.2 says', () => {
    const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
    const { user, password, method, uri, cnonce } = question;
    const key = sum(`${sum(`${user}:${rfc.realm}:${password}`)}:${rfc.nonce}:${cnonce}`);
    const expected = sum(`${key}:${rfc.nonce}:00000001:${cnonce}:auth:${sum(`${method}:${uri}`)}`);
    const answer = answerChallenge(readChallenge(header('SHA-256-sess'))!, question);
    expect(answer).toContain(`response="${expected}"`);
    expect(answer).toContain('algorithm=SHA-256-sess');
  });

  it('hashes a Chinese realm as the bytes it came as, and writes a Chinese user as RFC 7616, 3.4 says', () => {
    const bytes = Buffer.from('摄像机', 'utf8').toString('latin1');
    const answer = answerChallenge(readChallenge(`Digest realm="${bytes}", nonce="n"`)!, {
      ...question,
      user: '过磅',
      password: 'x',
    });
    const sum = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
    expect(answer).toContain(`response="${sum(`${sum('过磅:摄像机:x')}:n:${sum(`GET:${question.uri}`)}`)}"`);
    expect(answer).toContain("username*=UTF-8''%E8%BF%87%E7%A3%85");
    expect(answer).toContain(`realm="${bytes}"`);
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

  const challenged = (login: CameraLogin, header: string, answered: boolean): string => {
    const before = login.challenges('cam:80');
    login.asked('cam:80', header);
    return login.challenged('cam:80', answered ? before : null);
  };

  it('counts the uses of a nonce, and goes on counting when the same is asked for again', () => {
    const { login } = open();
    expect(login.authorize('cam:80', 'GET', '/')).toBeNull();
    challenged(login, asked, false);
    expect(login.authorize('cam:80', 'GET', '/')).toContain('nc=00000001');
    expect(login.authorize('cam:80', 'GET', '/')).toContain('nc=00000002');
    challenged(login, asked, false);
    expect(login.authorize('cam:80', 'GET', '/')).toContain('nc=00000003');
    challenged(login, 'Digest realm="r", nonce="n2", qop="auth"', false);
    expect(login.authorize('cam:80', 'GET', '/')).toContain('nc=00000001');
    expect(login.authorize('cam:8080', 'GET', '/')).toBeNull();
  });

  it('a nonce that is too old is no refusal; a wrong password is, and nothing is asked for an hour', () => {
    const { login, at } = open();
    challenged(login, asked, false);
    expect(challenged(login, 'Digest realm="r", nonce="n2", qop="auth", stale=TRUE', true)).toBe('again');
    expect(login.blockedMs()).toBe(0);
    expect(challenged(login, asked, true)).toBe('refused');
    expect(login.blockedMs()).toBe(refusedPauseMs);
    at(refusedPauseMs);
    expect(login.blockedMs()).toBe(0);
  });

  it('is one for everything that asks the same device as the same user', () => {
    const logins = new CameraLogins({ secret: (name) => (name === 'A' ? 'x' : null), monotonicMs: () => 0 });
    logins.of('camera.local', 'admin', 'A')?.refuse();
    expect(logins.of('Camera.local', 'admin', 'A')?.blockedMs()).toBe(refusedPauseMs);
    expect(logins.of('other.local', 'admin', 'A')?.blockedMs()).toBe(0);
    expect(logins.of('camera.local', 'admin', 'B')).toBeNull();
  });
});
