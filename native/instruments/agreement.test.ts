import { describe, expect, it } from 'vitest';
import { Agreement } from './agreement.ts';
import type { DecodedFrame, ValidFrame } from './protocols/protocol.ts';

const config = { unit: 'kg', divisionKg: 20 } as const;

function shows(kg: number, more: Partial<ValidFrame> = {}): DecodedFrame {
  return {
    ...{ valid: true, kg, display: String(kg), decimals: 0, unit: null, motion: null },
    ...{ overload: null, net: null, raw: '' },
    ...more,
  };
}

const times = (count: number, frame: DecodedFrame): DecodedFrame[] =>
  Array.from({ length: count }, () => frame);

/** What it says in the end, and how many of the frames may be used. */
function hear(agreement: Agreement, frames: readonly DecodedFrame[]): [string | null, number] {
  const used = frames.filter((frame) => agreement.take(frame)).length;
  return [agreement.now?.kind ?? null, used];
}

describe('an indicator that shows something else than was set up', () => {
  it.each([
    ['unit', shows(12_460, { unit: 't', display: '12.46', decimals: 2 })],
    ['unit', { valid: false, reason: 'unit', raw: '' } satisfies DecodedFrame],
    ['decimals', shows(12, { display: '12.46', decimals: 2 })],
    ['division', { valid: false, reason: 'expanded', raw: '' } satisfies DecodedFrame],
    ['net', shows(12_460, { net: true })],
  ] as const)(
    '%s: no frame of it is a weight; an alarm once it lasts, over once it fits again',
    (kind, frame) => {
      const agreement = new Agreement(config);
      expect(hear(agreement, [...times(9, shows(0)), frame, ...times(9, shows(0))])).toEqual([null, 18]);
      expect(hear(agreement, times(4, frame))).toEqual([null, 0]);
      expect(hear(agreement, [frame])).toEqual([kind, 0]);
      expect(agreement.now?.detail).toContain('d = 20 kg');
      expect(hear(agreement, times(4, shows(12_460)))).toEqual([kind, 4]);
      expect(hear(agreement, [shows(12_460)])).toEqual([null, 1]);
    },
  );

  it('a finer division: the weight stays the indicator’s own, and the alarm outlasts an empty scale', () => {
    const agreement = new Agreement(config);
    expect(hear(agreement, [shows(10), ...times(50, shows(0)), shows(20), shows(10)])).toEqual([null, 53]);
    expect(hear(agreement, times(5, shows(12_350)))).toEqual(['division', 5]);
    expect(hear(agreement, times(500, shows(0)))).toEqual(['division', 500]);
    const ramp = Array.from({ length: 20 }, (_, at) => shows(1000 + at * 20));
    expect(hear(agreement, ramp)).toEqual([null, 20]);
  });
});
