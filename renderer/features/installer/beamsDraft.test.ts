import { describe, expect, it } from 'vitest';
import { beamsDraftOf, beamsOf, emptyBeams } from './beamsDraft.ts';

describe('the beams’ form', () => {
  it('keeps what it does not show, through a look and a save', () => {
    const saved = {
      protocol: 'modbus-rtu',
      transport: {
        ...{
          kind: 'serial',
          path: '/dev/ttyUSB1',
          baudRate: 19_200,
          dataBits: 8,
          parity: 'even',
          stopBits: 1,
        },
        quietMs: 9000,
      },
      unitId: 255,
      functionCode: 1,
      answerMs: 700,
      pollMs: 150,
      refuse: false,
      entry: { address: 4, brokenWhen: 1 },
      exit: { address: 5, brokenWhen: 0 },
      middle: null,
    };
    expect(beamsOf(beamsDraftOf(saved))).toEqual(saved);
  });

  it('sends what is no number as it was typed, so that the station names the field', () => {
    expect(beamsOf({ ...emptyBeams, unitId: 'x1', port: '' })).toMatchObject({
      unitId: 'x1',
      transport: { port: '' },
      middle: null,
    });
  });
});
