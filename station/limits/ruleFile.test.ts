import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../ledger/canonical.ts';
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
      'exception: this program does not know it',
    ],
    [
      'with an unknown thing inside a row',
      changed(({ ruleSet }) => {
        const rows = ruleSet.rows as Record<string, unknown>[];
        if (rows[0] !== undefined) rows[0].unless = 'friend';
      }),
      'rules-broken',
      'rows.0.unless: this program does not know it',
    ],
    [
      'with a thing named as the prototype of all',
      file.replace('"rows": [', '"__proto__": {"rows": []}, "rows": ['),
      'rules-broken',
      '__proto__: this program does not know it',
    ],
    [
      'with one beside the rule set',
      file.replace('"format":', '"__proto__": 1, "format":'),
      'rules-broken',
      '__proto__',
    ],
    [
      'with a default left unwritten',
      changed(({ ruleSet }) => {
        delete ruleSet.licenceOnly;
      }),
      'rules-broken',
      'licenceOnly: not written out',
    ],
    [
      'with a row twice',
      changed(({ ruleSet }) => {
        const rows = ruleSet.rows as unknown[];
        rows.push(rows[0]);
      }),
      'rules-broken',
      'a row id stands twice',
    ],
    [
      'with a layout of another axle count',
      changed(({ ruleSet }) => {
        const row = (ruleSet.rows as { layout: string | null }[]).find(({ layout }) => layout === '2+2');
        if (row !== undefined) row.layout = '1+2';
      }),
      'rules-broken',
      'layout and axles disagree',
    ],
    [
      'with a listed layout above the general limit of its class',
      changed(({ ruleSet }) => {
        const row = (ruleSet.rows as { layout: string | null; limitKg: number }[]).find(
          ({ layout }) => layout === '2+2',
        );
        if (row !== undefined) row.limitKg = 31_001;
      }),
      'rules-broken',
      'more than the general limit',
    ],
    [
      'with a day that is none',
      changed(({ ruleSet }) => {
        ruleSet.effectiveFrom = { date: '2026-02-30', confirmed: true };
      }),
      'rules-broken',
      'effectiveFrom.date: not a calendar day',
    ],
    [
      'with axle spacings out of order',
      changed(({ ruleSet }) => {
        (ruleSet.axleLoads as { tandem: unknown[] }).tandem.reverse();
      }),
      'rules-broken',
      'axleLoads.tandem: spacings must rise from 0',
    ],
    [
      'with a character that is none',
      changed(({ ruleSet }) => {
        ruleSet.title = '\ud800';
      }),
      'rules-broken',
      'title: holds a character that is none',
    ],
    [
      'longer than the ledger takes',
      changed(({ ruleSet }) => {
        ruleSet.title = 'x'.repeat(1_000_000);
      }),
      'rules-broken',
      'larger',
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

  it('whatever it is, is answered in words the ledger can keep', () => {
    const nasty = ['\ud800', '𠀀'.repeat(300), `x${'𠀀'.repeat(300)}`, '[['.repeat(50_000), '\u0000'];
    for (const name of nasty) {
      for (const text of [
        name,
        JSON.stringify({ [name]: 1 }),
        JSON.stringify({ ...parsed(), [name]: 1 }),
        changed(({ ruleSet }) => {
          ruleSet[name] = name;
        }),
        changed(({ ruleSet }) => {
          ruleSet.clauses = [{ id: name, source: name, textZh: name, textEn: name }];
        }),
        file.replace('"rows": [', `"deep": ${'['.repeat(50_000)}${']'.repeat(50_000)}, "rows": [`),
      ]) {
        const read = readRuleFile(text, keys);
        expect(read.ok).toBe(false);
        if (read.ok) continue;
        expect(() => canonicalJson(read.error.detail)).not.toThrow();
        expect(read.error.detail.length).toBeLessThanOrEqual(500);
      }
    }
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
