import { describe, expect, it } from 'vitest';
import { readDay } from './DayInput.tsx';

describe('a day typed at the scale', () => {
  it.each([
    ['20271231', '2027-12-31'],
    ['2027-12-31', '2027-12-31'],
    ['2027/5/1', '2027-05-01'],
    ['2027年5月1日', '2027-05-01'],
    ['20270229', null],
    ['2027123', null],
    ['', null],
    ['明年', null],
  ])('%s is %s', (typed, day) => {
    expect(readDay(typed)).toBe(day);
  });
});
