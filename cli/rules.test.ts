import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ruleSetText } from '../station/limits/ruleSetHash.ts';
import { latestRuleSet, ruleSets } from '../station/limits/ruleSets/index.ts';
import { runRedecide } from './redecide.ts';
import { runRules } from './rules.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-rules-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

type Run = typeof runRules;

function said(run: Run, ...args: readonly string[]): { code: number; out: string; err: string } {
  const [out, err]: [string[], string[]] = [[], []];
  const code = run(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

function newKey(): { path: string; id: string; publicKey: string } {
  const path = join(dir, 'key.pem');
  const { out } = said(runRules, 'keygen', '--out', path);
  return { path, ...(JSON.parse(out) as { id: string; publicKey: string }) };
}

const setFile = (): string => file('set.json', ruleSetText(latestRuleSet));

describe('a publisher', () => {
  it('makes a key only he can read, and never over another', () => {
    const { path } = newKey();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(said(runRules, 'keygen', '--out', path)).toMatchObject({ code: 2, out: '' });
  });

  it('exports every set of the program, or one', () => {
    expect(JSON.parse(said(runRules, 'export').out)).toEqual(JSON.parse(JSON.stringify(ruleSets)));
    expect(JSON.parse(said(runRules, 'export', 'cn-road-2016').out)).toMatchObject({ id: 'cn-road-2016' });
    expect(said(runRules, 'export', 'cn-road-1999')).toMatchObject({ code: 2 });
  });

  it('signs with a key openssl made, and openssl verifies what this program signed', () => {
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', join(dir, 'o.pem')]);
    const key = join(dir, 'o.pem');
    const signed = said(runRules, 'sign', '--key', key, '--key-id', 'city', setFile());
    const { signature } = JSON.parse(signed.out) as { signature: { ed25519: string } };
    file('text', ruleSetText(latestRuleSet));
    writeFileSync(join(dir, 'sig'), Buffer.from(signature.ed25519, 'base64'));
    const verify = ['pkeyutl', '-verify', '-inkey', key, '-rawin', '-in', 'text', '-sigfile', 'sig'];
    expect(execFileSync('openssl', verify, { cwd: dir, encoding: 'utf8' })).toContain(
      'Verified Successfully',
    );
    const der = execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-outform', 'DER']);
    const path = file('signed.json', signed.out);
    expect(said(runRules, 'verify', '--public', der.toString('base64'), path)).toMatchObject({ code: 0 });
  });

  it('signs nothing that this program would read otherwise than it is written', () => {
    const { path, id } = newKey();
    const sign = (set: unknown) =>
      said(runRules, 'sign', '--key', path, '--key-id', id, file('x.json', JSON.stringify(set)));
    const [first, ...rows] = latestRuleSet.rows;
    expect(sign({ ...latestRuleSet, rows: [{ ...first, unless: 'friend' }, ...rows] })).toMatchObject({
      code: 2,
      out: '',
    });
    expect(sign({ ...latestRuleSet, licenceOnly: undefined }).err).toContain('licenceOnly: not written out');
  });
});

describe('what is wrong is said in one line', () => {
  it.each([
    ['sign without a key', ['sign', 'x.json'], 'are needed'],
    ['verify without a key', ['verify', 'x.json'], '--public BASE64'],
    ['verify by no key', ['verify', '--public', 'AAAA', 'x.json'], 'no Ed25519 public key'],
    ['keygen to nowhere', ['keygen'], '--out KEY.pem is missing'],
    ['an unknown command', ['burn'], 'unknown command burn'],
  ])('%s', (_what, args, message) => {
    const { code, out, err } = said(runRules, ...args);
    expect([code, out, err.split('\n').length]).toEqual([2, '', 1]);
    expect(err).toContain(message);
  });

  it('a key of another kind, a name no station would take, a file that is no JSON', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = file('ec.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    const sign = (...args: string[]) => said(runRules, 'sign', ...args);
    expect(sign('--key', other, '--key-id', 'city', setFile()).err).toContain('no Ed25519 private key');
    const { path } = newKey();
    expect(sign('--key', path, '--key-id', 'a b', setFile()).err).toContain('--key-id');
    expect(sign('--key', path, '--key-id', 'city', file('no.json', '{')).err).toContain('is not JSON');
  });
});

describe('redecide', () => {
  it.each([
    ['no store named', [], '--data DIR is missing'],
    ['a key without rules', ['--data', '.', '--public', 'x'], '--public needs --rules'],
    ['no store there', ['--data', '/no/such'], 'cannot read the store'],
    ['rules that are not there', ['--data', '.', '--rules', '/no/such'], 'cannot be read'],
  ])('%s', (_what, args, message) => {
    const { code, out, err } = said(runRedecide, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('holds a signed file against the key it was given', () => {
    const { path, id, publicKey } = newKey();
    const signed = file(
      's.json',
      said(runRules, 'sign', '--key', path, '--key-id', id, setFile()).out.replace('31000', '32000'),
    );
    const run = said(runRedecide, '--data', dir, '--rules', signed, '--public', publicKey);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toContain('s.json');
  });
});
