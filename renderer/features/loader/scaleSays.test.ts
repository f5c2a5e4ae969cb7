import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadingView, WeightView } from '../../../station/contract.ts';
import { loadingEn } from '../../words/loadingEn.ts';
import { loadingZh } from '../../words/loadingZh.ts';
import { scaleSays, scaleText } from './scaleSays.ts';

type OnScale = NonNullable<LoadingView['scale']>;

const loaded: OnScale = {
  plate: '晋C12345',
  colour: 'yellow',
  kg: 48_200,
  stable: true,
  limitKg: 49_000,
  leftKg: 800,
  overKg: 0,
  outcome: 'allow',
  barredBy: [],
  saved: false,
};
const live = (kg: number, stable: boolean): WeightView => ({ kind: 'live', kg, stable, atMs: 0 });

describe('what loaders and drivers read of the scale', () => {
  it('is green only for what the station allows at exactly this weight', () => {
    const kg = fc.integer({ min: 0, max: 100_000 });
    const outcome = fc.constantFrom('allow', 'refuse', 'cannot-decide', null);
    fc.assert(
      fc.property(kg, kg, kg, outcome, fc.boolean(), (now, stood, limitKg, decided, stable) => {
        const scale: OnScale = {
          ...loaded,
          kg: stood,
          limitKg,
          leftKg: Math.max(0, limitKg - stood),
          overKg: Math.max(0, stood - limitKg),
          outcome: decided,
        };
        const { tone } = scaleSays(scale, live(now, stable));
        if (tone === 'allow') expect([decided, stable, now]).toEqual(['allow', true, stood]);
        if (now > limitKg) expect(tone).not.toBe('allow');
      }),
    );
  });

  it('tells a truck that is being loaded its room, and an overload at once', () => {
    expect(scaleSays(loaded, live(40_000, false))).toMatchObject({ tone: 'quiet', amountKg: 9000 });
    expect(scaleText(loadingZh, scaleSays(loaded, live(49_040, false)))).toBe('✖ 超限 0.04 t');
    expect(scaleText(loadingZh, scaleSays(loaded, live(48_200, true)))).toBe('✔ 还可装 0.80 t');
    expect(scaleText(loadingEn, scaleSays(loaded, live(48_200, true)))).toBe('✔ Room for 0.80 t');
  });

  it('shows no room on a truck that may not leave whatever it weighs, and says so while it is loaded', () => {
    const barred: OnScale = { ...loaded, outcome: null, barredBy: ['blacklisted'] };
    for (const weight of [live(15_600, true), live(15_600, false), live(50_000, false)])
      expect(scaleText(loadingZh, scaleSays(barred, weight))).toBe('✖ 不要装载');
    const refused: OnScale = { ...barred, outcome: 'refuse' };
    expect(scaleText(loadingZh, scaleSays(refused, live(48_200, true)))).toBe('✖ 不予放行');
  });

  it('says nothing of a weight nobody sees', () => {
    const stale: WeightView = { kind: 'none', why: 'stale', atMs: 0 };
    for (const weight of [null, stale])
      expect(scaleSays(loaded, weight)).toEqual({
        tone: 'quiet',
        word: 'noWeight',
        amountKg: null,
        kg: null,
      });
  });

  it('keeps to the stored decision while the truck rolls off', () => {
    const saved: OnScale = { ...loaded, kg: null, outcome: 'refuse', overKg: 1240, leftKg: 0, saved: true };
    expect(scaleSays(saved, live(21_000, false))).toMatchObject({ tone: 'refuse', amountKg: 1240 });
  });

  it('shows a truck refused for another reason as refused, and a doubt as a doubt', () => {
    const weight = live(48_200, true);
    expect(scaleSays({ ...loaded, outcome: 'refuse' }, weight).word).toBe('refused');
    expect(scaleSays({ ...loaded, outcome: 'cannot-decide' }, weight)).toMatchObject({
      tone: 'doubt',
      word: 'undecided',
    });
    expect(scaleSays({ ...loaded, limitKg: null, leftKg: null, outcome: null }, weight).word).toBe('unknown');
  });
});
