import { crc16 } from '../instruments/protocols/modbusFrames.ts';

/** Frames as each protocol's document draws them, for records of every kind. Weight in whole kilograms; hex. */
export const framesOf = {
  'yaohua-continuous': (kg: number): string => {
    const bytes = [0x2b, ...Buffer.from(String(kg).padStart(6, '0'), 'ascii'), 0x30];
    const sum = bytes.reduce((all, byte) => all ^ byte, 0);
    const nibble = (value: number): number => (value > 9 ? value + 0x37 : value + 0x30);
    return Buffer.from([0x02, ...bytes, nibble(sum >> 4), nibble(sum & 15), 0x03]).toString('hex');
  },
  'mettler-continuous': (kg: number): string => {
    const text = `${String(kg).padStart(6, ' ')}${'0'.padStart(6, ' ')}`;
    const bytes = [0x02, 0x2a, 0x30, 0x20, ...Buffer.from(text, 'ascii'), 0x0d];
    const sum = bytes.reduce((all, byte) => all + byte, 0);
    return Buffer.from([...bytes, -sum & 0x7f]).toString('hex');
  },
  'jinzhong-continuous': (kg: number): string =>
    Buffer.from(`ST,GS,+${String(kg).padStart(7, ' ')}kg\r\n`, 'ascii').toString('hex'),
  'modbus-rtu': (kg: number): string => {
    const bytes = Buffer.alloc(9);
    bytes.set([1, 3, 4]);
    bytes.writeInt32BE(kg, 3);
    bytes.writeUInt16LE(crc16(bytes, 0, 7), 7);
    return bytes.toString('hex');
  },
} as const;
export type SampleProfile = keyof typeof framesOf;

export const optionsOf: Readonly<Record<SampleProfile, string>> = {
  'yaohua-continuous': '{"unit":"kg"}',
  'mettler-continuous': '{}',
  'jinzhong-continuous': '{}',
  'modbus-rtu': '{"unitId":1}',
};
