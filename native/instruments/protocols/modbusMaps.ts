import * as z from 'zod';
import { RegisterMap } from './modbusRegisters.ts';

/**
 * Laumas TLB and TLU: 40007 status, 40008/9 gross, 40010/11 net, magnitudes without sign; the status bits tell
 * the sign. b0 load cell, b1 converter, b2 above Max + 9 d, b3 above 110 %, b4 and b5 beyond the display,
 * b7 gross negative, b8 net negative, b11 stable. The settings behind are in an EEPROM: this only reads.
 */
export const LaumasOptions = z.strictObject({
  shows: z.enum(['gross', 'net']).default('gross'),
  unit: z.enum(['kg', 't']).default('kg'),
  decimals: z.int().min(0).max(4).default(0),
});
export type LaumasOptions = z.infer<typeof LaumasOptions>;

export function laumasMap({ shows, unit, decimals }: LaumasOptions): RegisterMap {
  const status = 0;
  const gross = shows === 'gross';
  return RegisterMap.parse({
    functionCode: 3,
    firstAddress: 6,
    registers: 5,
    weight: { at: gross ? 1 : 3, type: 'uint32', wordOrder: 'high-first' },
    minus: { at: status, bit: gross ? 7 : 8 },
    decimals,
    unit,
    motion: { at: status, bit: 11, when: 0 },
    over: { at: status, bit: 2 },
    refuse: [0, 1, 3, gross ? 4 : 5].map((bit) => ({ flag: { at: status, bit }, reason: 'indicator-error' })),
  });
}

/**
 * Flintec FT-112: 40001/2 weight as shown, 40005/6 gross, 40007/8 status, 40009/10 error. Status: b2 unstable,
 * b3 net, b6 second unit, b13 high resolution, b14 peak, b15 hold, b27 to b31 four decimals to none.
 * Error: b0 voltage, b1 programming, b2 system, b3 under, b4 over, b5 out of range, b6 tilt.
 */
export const FlintecOptions = z.strictObject({
  shows: z.enum(['display', 'gross']).default('display'),
  unit: z.enum(['kg', 't']).default('kg'),
});
export type FlintecOptions = z.infer<typeof FlintecOptions>;

export function flintecMap({ shows, unit }: FlintecOptions): RegisterMap {
  const [statusHigh, statusLow, errorLow] = [6, 7, 9];
  const status = (bit: number) => ({ at: bit < 16 ? statusLow : statusHigh, bit: bit % 16 });
  const error = (bit: number) => ({ flag: { at: errorLow, bit }, reason: 'indicator-error' });
  return RegisterMap.parse({
    functionCode: 3,
    firstAddress: 0,
    registers: 10,
    weight: { at: shows === 'display' ? 0 : 4, type: 'int32', wordOrder: 'high-first' },
    decimals: [31, 30, 29, 28, 27].map((bit, places) => ({ flag: status(bit), places })),
    unit,
    motion: status(2),
    net: shows === 'display' ? status(3) : null,
    under: { at: errorLow, bit: 3 },
    over: { at: errorLow, bit: 4 },
    refuse: [
      ...[0, 1, 2, 5, 6].map(error),
      { flag: status(6), reason: 'unit' },
      { flag: status(13), reason: 'expanded' },
      { flag: status(14), reason: 'hold' },
      { flag: status(15), reason: 'hold' },
    ],
  });
}
