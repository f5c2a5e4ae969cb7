import { expect, it } from 'vitest';
import { draftOf, instrumentOf, neighboursOf } from './draft.ts';

it('an instrument opened and saved again is the same, with all that the form does not show', () => {
  const instrument = {
    profile: 'yaohua-command',
    options: { address: 'A' },
    transport: {
      ...{ kind: 'serial', path: '/dev/ttyUSB0', baudRate: 4800, dataBits: 8, parity: 'even', stopBits: 1 },
      ...{ usb: { vendorId: '1a86', productId: '7523' }, rts: true, dtr: false, quietMs: 9000 },
    },
    ...{ unit: 'kg', pollMs: 300, divisionKg: 20, maxKg: 80_000, minKg: 400, staleMs: 2500 },
  };
  const neighbours = [
    {
      name: '二号秤',
      instrument: {
        ...{ profile: 'yaohua-command', options: { address: 'B' }, unit: 't', pollMs: 400 },
        ...{ divisionKg: 50, maxKg: 60_000 },
      },
    },
  ];
  const draft = draftOf(instrument, neighbours);
  expect(instrumentOf(draft)).toEqual(instrument);
  expect(neighboursOf(draft)).toEqual(neighbours);
});

it.each([
  { kind: 'tcp', host: '10.0.0.7', port: 4001, openTimeoutMs: 900 },
  { kind: 'tcp-server', host: '127.0.0.1', port: 4001, allowFrom: ['10.0.0.7'] },
  { kind: 'udp', port: 4001, allowFrom: ['10.0.0.7'], peer: { host: '10.0.0.7', port: 4002 } },
])('so is a line of kind $kind', (transport) => {
  const made = instrumentOf(draftOf({ profile: 'mt-sics', transport }, []));
  expect(made?.transport).toEqual(transport);
});
