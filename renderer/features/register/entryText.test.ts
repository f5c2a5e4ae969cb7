import { describe, expect, it } from 'vitest';
import type { Field } from '../../../station/contract.ts';
import { registerFields } from '../../../station/contract.ts';
import { expiryOf, fieldChanges, isExpiry } from './entryText.ts';

describe('a paper’s last day', () => {
  it.each([
    ['2026-11-22', { kind: 'expired' }],
    ['2026-11-23', { kind: 'soon', days: 0 }],
    ['2026-12-23', { kind: 'soon', days: 30 }],
    ['2026-12-24', { kind: 'fine' }],
  ])('%s', (day, expiry) => {
    expect(expiryOf(day, '2026-11-23')).toEqual(expiry);
  });

  it('is watched of papers, contracts and listings, not of the day a vehicle was registered', () => {
    const watched = (kind: keyof typeof registerFields): string[] => {
      const fields: readonly Field[] = registerFields[kind];
      return fields.filter(isExpiry).map(({ name }) => name);
    };
    expect(watched('vehicle')).toEqual(['licenceExpires', 'permitExpires']);
    expect(watched('driver')).toEqual(['licenceExpires', 'qualificationExpires']);
    expect(watched('contract')).toEqual(['until']);
    expect(watched('listing')).toEqual(['until']);
  });
});

describe('what changed in an entry', () => {
  const names = (before: object | null, now: object): string[] =>
    fieldChanges(registerFields.vehicle, before, now).map(({ field }) => field.name);

  it('of a new one is what somebody stated', () => {
    expect(names(null, { plate: '晋C12345', axles: null, wideTyres: false, singleTyredAxles: 0 })).toEqual([
      'plate',
    ]);
  });

  it('also is what was taken back', () => {
    expect(
      names({ plate: '晋C12345', wideTyres: true, fleet: '恒通' }, { plate: '晋C12345', wideTyres: false }),
    ).toEqual(['wideTyres', 'fleet']);
  });
});
