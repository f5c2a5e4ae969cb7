import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modbusRtuRequest } from './modbusFrames.ts';
import { flintecMap, laumasMap } from './modbusMaps.ts';
import type { RegisterMap as Map } from './modbusRegisters.ts';
import { readRegisters, RegisterMap } from './modbusRegisters.ts';
import { profileOf } from './profiles.ts';
import { decodeAll, rtuFrame, tcpFrame } from './samples.testFrames.ts';

const map = (settings: object): Map => RegisterMap.parse(settings);
const read = (settings: object, registers: readonly number[]) => readRegisters(map(settings), registers, '');
const hexOf = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');

describe('requests', () => {
  test('the documented Laumas read of the gross weight', () => {
    const block = { functionCode: 3, firstAddress: 7, registers: 2 } as const;
    expect(hexOf(modbusRtuRequest(1, block))).toBe('01030007000275ca');
    // Flintec's manual for the same command.
    expect(hexOf(modbusRtuRequest(1, { ...block, firstAddress: 0 }))).toBe('010300000002c40b');
  });

  test('over TCP the same command has a header and no sum', () => {
    expect(hexOf(profileOf('laumas-tcp').pollRequest({ unitId: 9 }))).toBe('000100000006090300060005');
  });

  test('over TCP the device itself may be unit 0 or 255, on a two-wire line neither', () => {
    for (const unitId of [0, 255]) {
      for (const id of ['modbus-tcp', 'laumas-tcp', 'flintec-tcp'] as const)
        expect(hexOf(profileOf(id).pollRequest({ unitId })).slice(12, 14)).toBe(unitId === 0 ? '00' : 'ff');
      for (const id of ['modbus-rtu', 'laumas-rtu', 'flintec-rtu'] as const)
        expect(profileOf(id).check({ unitId })).toMatchObject({ ok: false });
    }
    const good = tcpFrame([255, 3, 4, 0, 0, 0x30, 0xa2]);
    const [frame] = profileOf('modbus-tcp').createDecoder({ unitId: 255 }).push(good);
    expect(frame).toMatchObject({ valid: true, kg: 12_450 });
  });

  test('no setting makes a request that writes', () => {
    const { pollRequest, check } = profileOf('modbus-rtu');
    for (const functionCode of [1, 5, 6, 15, 16])
      expect(check({ map: { functionCode } })).toMatchObject({ ok: false });
    expect(hexOf(pollRequest({ map: { functionCode: 4 } })).slice(2, 4)).toBe('04');
  });
});

describe('numbers in registers', () => {
  test.each([
    [{ weight: { type: 'int16' } }, [0xfff6, 0], -10],
    [{ weight: { type: 'uint16' } }, [0xfff6, 0], 65_526],
    [{ weight: { type: 'int32' } }, [0xffff, 0xfff6], -10],
    [{ weight: { type: 'int32', wordOrder: 'low-first' } }, [0x86a0, 0x0001], 100_000],
    [{ weight: { type: 'uint32' } }, [0x0001, 0x86a0], 100_000],
    [{ weight: { type: 'int32' }, decimals: 2 }, [0x0000, 0x04d2], 12.34],
    [{ weight: { type: 'int32' }, decimals: 2, unit: 't' }, [0x0000, 0x04d2], 12_340],
    [{ weight: { type: 'float32' } }, [0x4640, 0xd000], 12_340],
  ])('%o of %o is %d kg', (settings, registers, kg) => {
    expect(read(settings, registers)).toMatchObject({ valid: true, kg });
  });

  test('a float is read as the number of so many decimals that it stands for, or not at all', () => {
    const words = (value: number): number[] => {
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, value);
      return [view.getUint16(0), view.getUint16(2)];
    };
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999, max: 999_999 }),
        fc.integer({ min: 0, max: 5 }),
        (shown, decimals) => {
          const frame = read({ weight: { type: 'float32' }, decimals }, words(shown / 10 ** decimals));
          expect(frame).toMatchObject({ valid: true, kg: shown === 0 ? 0 : shown / 10 ** decimals });
        },
      ),
    );
    for (const value of [12.345, Number.NaN, Infinity, 1e30])
      expect(read({ weight: { type: 'float32' }, decimals: 2 }, words(value))).toMatchObject({
        reason: 'form',
      });
  });

  test('flags say motion, net, range and errors', () => {
    const settings = {
      registers: 3,
      motion: { at: 2, bit: 0 },
      net: { at: 2, bit: 1 },
      over: { at: 2, bit: 2 },
      under: { at: 2, bit: 3 },
      refuse: [{ flag: { at: 2, bit: 15 }, reason: 'indicator-error' }],
    };
    expect(read(settings, [0, 5, 0])).toMatchObject({ motion: false, net: false, overload: null });
    expect(read(settings, [0, 5, 0b0111])).toMatchObject({ motion: true, net: true, overload: 'over' });
    expect(read(settings, [0, 5, 0b1000])).toMatchObject({ overload: 'under' });
    expect(read(settings, [0, 5, 0x8000])).toMatchObject({ valid: false, reason: 'indicator-error' });
    expect(read({}, [0, 5])).toMatchObject({ motion: null, net: null, overload: null });
  });

  test.each([
    [{ registers: 1 }, 'map.weight.at'],
    [{ registers: 25 }, 'map.registers'],
    [{ motion: { at: 2, bit: 0 } }, 'map.registers'],
    [{ firstAddress: 65_535 }, 'map.registers'],
    [{ offsetKg: 20 }, 'map'],
    [{ factor: 1.1 }, 'map'],
  ])('an invalid map is refused: %o', (settings, field) => {
    const checked = profileOf('modbus-rtu').check({ map: settings });
    expect(checked.ok ? [] : checked.error.map((problem) => problem.field)).toContain(field);
  });
});

describe('ready-made maps', () => {
  test('Laumas: magnitude and sign apart, stability and errors in the status', () => {
    const laumas = laumasMap({ shows: 'gross', unit: 'kg', decimals: 1 });
    const registers = (status: number): number[] => [status, 0x0001, 0xe240, 0, 7];
    expect(readRegisters(laumas, registers(0x0800), '')).toMatchObject({ kg: 12_345.6, motion: false });
    expect(readRegisters(laumas, registers(0x0080), '')).toMatchObject({ kg: -12_345.6, motion: true });
    expect(readRegisters(laumas, registers(0x0804), '')).toMatchObject({ overload: 'over' });
    for (const bit of [0, 1, 3, 4])
      expect(readRegisters(laumas, registers(1 << bit), '')).toMatchObject({ reason: 'indicator-error' });
    const net = laumasMap({ shows: 'net', unit: 'kg', decimals: 0 });
    expect(readRegisters(net, registers(0x0900), '')).toMatchObject({ kg: -7 });
  });

  test('Flintec: decimals, motion and net in a status of 32 bits', () => {
    const flintec = flintecMap({ shows: 'display', unit: 'kg' });
    const registers = (high: number, low: number, error = 0): number[] => [
      ...[0x0001, 0xe240, 0, 0, 0, 5],
      ...[high, low, 0, error],
    ];
    expect(readRegisters(flintec, registers(0x8000, 0), '')).toMatchObject({
      kg: 123_456,
      motion: false,
      net: false,
    });
    expect(readRegisters(flintec, registers(0x2000, 0b1100), '')).toMatchObject({
      display: '1234.56',
      motion: true,
      net: true,
    });
    expect(readRegisters(flintec, registers(0x8000, 0x8000), '')).toMatchObject({ reason: 'hold' });
    expect(readRegisters(flintec, registers(0x8000, 0x2000), '')).toMatchObject({ reason: 'expanded' });
    expect(readRegisters(flintec, registers(0x8000, 0x0040), '')).toMatchObject({ reason: 'unit' });
    expect(readRegisters(flintec, registers(0x8000, 0, 0b100), '')).toMatchObject({
      reason: 'indicator-error',
    });
    expect(readRegisters(flintec, registers(0x8000, 0, 0b10000), '')).toMatchObject({ overload: 'over' });
    expect(readRegisters(flintec, registers(0, 0), '')).toMatchObject({ reason: 'form' });
    const gross = flintecMap({ shows: 'gross', unit: 'kg' });
    expect(readRegisters(gross, registers(0x8000, 0), '')).toMatchObject({ kg: 5, net: null });
  });
});

describe('answers', () => {
  const good = [1, 3, 4, 0x00, 0x01, 0x86, 0xa0];
  const rtu = () => profileOf('modbus-rtu').createDecoder();
  const tcp = () => profileOf('modbus-tcp').createDecoder();

  test('an answer reads 100000', () => {
    expect(decodeAll(rtu(), rtuFrame(good))).toMatchObject([{ kg: 100_000 }]);
    expect(decodeAll(tcp(), tcpFrame(good))).toMatchObject([{ kg: 100_000 }]);
  });

  test('exceptions, other units and wrong sums are no weight', () => {
    expect(decodeAll(rtu(), rtuFrame([1, 0x83, 2]))).toMatchObject([{ reason: 'refused' }]);
    expect(decodeAll(tcp(), tcpFrame([1, 0x83, 2]))).toMatchObject([{ reason: 'refused' }]);
    expect(decodeAll(rtu(), rtuFrame([2, ...good.slice(1)])).some(({ valid }) => valid)).toBe(false);
    const wrong = Buffer.from(rtuFrame(good));
    wrong[8] = (wrong[8] ?? 0) ^ 0x10;
    expect(decodeAll(rtu(), wrong)).toMatchObject([{ reason: 'checksum' }]);
  });

  test('the echo of the request on a two-wire line is no answer', () => {
    const echo = profileOf('modbus-rtu').pollRequest() ?? new Uint8Array();
    const frames = decodeAll(rtu(), Buffer.concat([echo, rtuFrame(good)]));
    expect(frames.filter(({ valid }) => valid)).toMatchObject([{ kg: 100_000 }]);
  });
});
