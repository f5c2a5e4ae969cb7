import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleFile, signRuleSet } from './ruleFile.ts';
import type { RuleSet } from './ruleSet.ts';
import { ruleSetSha256, ruleSetText } from './ruleSetHash.ts';
import { latestRuleSet } from './ruleSets/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const keys = [
  { id: 'city', publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
];
const next: RuleSet = {
  ...latestRuleSet,
  id: 'cn-road-2027',
  effectiveFrom: { date: '2027-01-01', confirmed: true },
};
const file = signRuleSet(next, 'city', pem);
const parsed = (): Record<string, never> => JSON.parse(file) as Record<string, never>;
const changed = (
  change: (json: { ruleSet: Record<string, unknown>; signature: Record<string, unknown> }) => void,
): string => {
  const json = parsed() as never;
  change(json);
  return JSON.stringify(json);
};

describe('a rule file', () => {
  it('signed by a believed key is taken, whatever its spacing and the order of its names', () => {
    const read = readRuleFile(file, keys);
    expect(read.ok && read.value).toMatchObject({ signedBy: 'city', sha256: ruleSetSha256(next) });
    expect(readRuleFile(JSON.stringify(parsed()), keys).ok).toBe(true);
  });

  it.each([
    ['no JSON', 'rules', 'rules-broken', 'not JSON'],
    ['of another format', changed((json) => Object.assign(json, { format: 'x' })), 'rules-broken', 'format'],
    [
      'with a limit changed by one kilogram',
      changed(({ ruleSet }) => {
        const rows = ruleSet.rows as { limitKg: number }[];
        if (rows[0] !== undefined) rows[0].limitKg += 1;
      }),
      'rules-unsigned',
      'does not fit',
    ],
    [
      'dated earlier',
      changed(({ ruleSet }) => {
        ruleSet.effectiveFrom = { date: '2026-01-01', confirmed: true };
      }),
      'rules-unsigned',
      'does not fit',
    ],
    [
      'with a clause taken out',
      changed(({ ruleSet }) => {
        ruleSet.clauses = (ruleSet.clauses as unknown[]).slice(1);
      }),
      'rules-broken',
      'is cited and not given',
    ],
    [
      'with something this program does not know',
      changed(({ ruleSet }) => {
        ruleSet.exception = '晋C12345';
      }),
      'rules-broken',
      'does not know',
    ],
    [
      'with an unknown thing inside a row',
      changed(({ ruleSet }) => {
        const rows = ruleSet.rows as Record<string, unknown>[];
        if (rows[0] !== undefined) rows[0].unless = 'friend';
      }),
      'rules-broken',
      'does not know',
    ],
    [
      'with a fraction',
      changed(({ ruleSet }) => {
        const rows = ruleSet.rows as { limitKg: number }[];
        if (rows[0] !== undefined) rows[0].limitKg = 18_000.5;
      }),
      'rules-broken',
      'limitKg',
    ],
    [
      'of a key nobody believes',
      changed(({ signature }) => {
        signature.keyId = 'other';
      }),
      'rules-unsigned',
      'not believed',
    ],
    [
      'with half a signature',
      changed(({ signature }) => {
        signature.ed25519 = String(signature.ed25519).slice(0, 40);
      }),
      'rules-unsigned',
      'does not fit',
    ],
    [
      'without a signature',
      JSON.stringify({ ...parsed(), signature: undefined }),
      'rules-broken',
      'signature',
    ],
    ['larger than any', ' '.repeat(2_000_001), 'rules-broken', 'larger'],
  ])('%s changes nothing and says why', (_what, text, code, detail) => {
    const read = readRuleFile(text, keys);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.error.code).toBe(code);
    expect(read.error.detail).toContain(detail);
  });

  it('signed by another key under a believed name is not believed', () => {
    const other = generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString();
    expect(readRuleFile(signRuleSet(next, 'city', other), keys)).toMatchObject({
      ok: false,
      error: { code: 'rules-unsigned' },
    });
  });

  it('is signed as openssl signs: another program agrees', () => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-rules-'));
    try {
      writeFileSync(join(dir, 'text'), ruleSetText(next));
      const { signature } = JSON.parse(file) as { signature: { ed25519: string } };
      writeFileSync(join(dir, 'sig'), Buffer.from(signature.ed25519, 'base64'));
      writeFileSync(join(dir, 'key'), publicKey.export({ format: 'pem', type: 'spki' }));
      const said = execFileSync(
        'openssl',
        ['pkeyutl', '-verify', '-pubin', '-inkey', 'key', '-rawin', '-in', 'text', '-sigfile', 'sig'],
        { cwd: dir, encoding: 'utf8' },
      );
      expect(said).toContain('Signature Verified Successfully');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
