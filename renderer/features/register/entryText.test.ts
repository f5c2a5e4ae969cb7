import { describe, expect, it } from 'vitest';
import { expiryOf } from './entryText.ts';

describe('a paper’s last day', () => {
  it.each([
    ['2026-11-22', { kind: 'expired' }],
    ['2026-11-23', { kind: 'soon', days: 0 }],
    ['2026-12-23', { kind: 'soon', days: 30 }],
    ['2026-12-24', { kind: 'fine' }],
  ])('%s', (day, expiry) => {
    expect(expiryOf(day, '2026-11-23')).toEqual(expiry);
  });
});
