import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from '../support/cases.ts';
import type { DecisionCase } from '../../station/limits/case.ts';
import type { ReasonCode } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import { Policy, PolicySettings, weightOnly } from '../../station/limits/policy.ts';
import { sampleCase } from '../../station/limits/sampleCase.ts';

const codes = (each: DecisionCase): ReasonCode[] => judge(each).reasons.map(({ code }) => code);
const twoAxles = {
  axles: 2,
  vehicleClass: 'rigid',
  layout: '1+1',
  driveAxles: 1,
  registeredGrossKg: 18_000,
} as const;
const threeAxles = { axles: 3, vehicleClass: 'rigid', layout: '1+2', driveAxles: 2 } as const;
const licensed = { ...weightOnly, licenceLoad: true, licenceGross: true };

const papersInOrder = (['vehicle-licence', 'transport-permit'] as const).map((kind) => ({
  ...{ kind, of: '晋C12345', expires: '2027-01-01' },
}));

describe('a licence load nobody stated', () => {
  const empty = { grossKg: 10_000, policy: licensed };

  it.each([
    ['keeps a two-axle truck', empty, twoAxles, ['licence-load-unknown']],
    ['keeps no truck whose load is stated', { ...empty, licenceLoadKg: 9_000 }, twoAxles, []],
    [
      'keeps a 低速货车',
      empty,
      { ...threeAxles, purpose: 'low-speed', registeredGrossKg: 12_000 },
      ['licence-load-unknown'],
    ],
    ['is none of a 专用作业车', empty, { ...twoAxles, purpose: 'special-purpose' }, []],
    ['keeps no truck of three axles, where the yard does not ask', empty, threeAxles, []],
    [
      'keeps nobody where the yard holds no load to its licence',
      { ...empty, policy: weightOnly },
      twoAxles,
      [],
    ],
    ['was not asked by cases of before', { ...empty, version: 2 }, twoAxles, []],
  ] as const)('%s', (_what, around, facts, expected) => {
    expect(codes(sampleCase(around, facts))).toEqual(expected);
  });

  it('keeps every truck with its gross, where the yard asks for both', () => {
    const asked = { grossKg: 10_000, policy: { ...licensed, licencesMissing: true } };
    expect(codes(sampleCase(asked, threeAxles))).toEqual(['licence-gross-unknown', 'licence-load-unknown']);
    const stated = { ...asked, licenceLoadKg: 9_000 };
    expect(codes(sampleCase(stated, { ...threeAxles, registeredGrossKg: 25_000 }))).toEqual([]);
    // Of a combination no licence names the gross.
    expect(codes(sampleCase(stated))).toEqual([]);
  });
});

it('a paper that is missing is said to be whose', () => {
  const credentials = [
    { kind: 'vehicle-licence', of: '晋C70001', expires: '2027-01-01' },
    { kind: 'vehicle-licence', of: '晋C1234挂', expires: null },
  ] as const;
  const policy = { ...weightOnly, credentials: ['vehicle-licence' as const], credentialsMissing: true };
  expect(judge(sampleCase({ policy, credentials })).reasons).toEqual([
    { code: 'credential-missing', detail: 'vehicle-licence 晋C1234挂' },
  ]);
  expect(judge(sampleCase({ policy, credentials, version: 2 })).reasons[0]?.detail).toBe('vehicle-licence');
  expect(judge(sampleCase({ policy })).reasons[0]?.detail).toBe('vehicle-licence');
});

it('is asked of every truck by default, and by no case of before that is silent about it', () => {
  const empty = { grossKg: 10_000, credentials: papersInOrder };
  const of = (policy: Policy): ReasonCode[] => codes(sampleCase({ ...empty, policy }, threeAxles));
  expect(of(PolicySettings.parse({}))).toEqual(['licence-gross-unknown', 'licence-load-unknown']);
  expect(of(PolicySettings.parse({ licencesMissing: false }))).toEqual([]);
  expect(of(Policy.parse({}))).toEqual([]);
});

describe('properties', () => {
  const strict = anyCase.map((each): DecisionCase => ({
    ...each,
    version: 4,
    policy: Policy.parse({ ...each.policy, ...licensed, licencesMissing: true }),
  }));

  it('a licence nobody read permits nothing that the one read would not', () => {
    fc.assert(
      fc.property(strict, (known) => {
        const noGross = { ...known, facts: { ...known.facts, registeredGrossKg: null } };
        for (const less of [noGross, { ...known, licenceLoadKg: null }]) {
          if (judge(known).outcome !== 'allow') expect(judge(less).outcome).not.toBe('allow');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('where the law names the licence, it does so without the yard asking', () => {
    const law = fc.constantFrom(twoAxles, {
      ...threeAxles,
      purpose: 'low-speed' as const,
      registeredGrossKg: 9_000,
    });
    fc.assert(
      fc.property(law, fc.integer({ min: 0, max: 30_000 }), (facts, grossKg) => {
        const less = sampleCase({ grossKg, policy: Policy.parse({}) }, { ...facts, registeredGrossKg: null });
        expect(judge(less).outcome).not.toBe('allow');
      }),
    );
  });
});
