import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json.ts';

describe('a stranger’s JSON', () => {
  it('is read as JSON.parse reads it, whatever its strings hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
      { numRuns: 500 },
    );
    for (const text of ['"\\\\"', '"\\""', '"[[[[["', '{"a\\\\":"}\\"{"}']) {
      expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }
  });

  it.each([
    ['a million brackets', '['.repeat(1_000_000)],
    ['a hundred deep', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`],
    ['a hundred thousand values', `[${'1,'.repeat(100_000)}1]`],
    ['a string that never ends', '{"a":"'],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(readJson(text)).toEqual({ ok: false, error: 'not-json' });
  });
});
