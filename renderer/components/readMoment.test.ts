import { expect, it } from 'vitest';
import { readMoment } from './readMoment.ts';

it('reads digits alone, a written time and a day, in Chinese time, and nothing that is no time', () => {
  const at = Date.parse('2026-11-23T14:05:00+08:00');
  for (const typed of ['202611231405', '2026-11-23 14:05', ' 20261123 14:05 ', '2026-11-23 14：05'])
    expect(readMoment(typed)).toBe(at);
  expect(readMoment('20261123')).toBe(Date.parse('2026-11-23T12:00:00+08:00'));
  for (const wrong of ['', '2026', '202613231405', '202611232405', '202611231460', '20261123140', 'x 14:05'])
    expect(readMoment(wrong)).toBeNull();
});
