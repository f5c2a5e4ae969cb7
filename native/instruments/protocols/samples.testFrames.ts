import { crc16 } from './modbusFrames.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import type { ProfileId } from './profiles.ts';

/** Frames as the indicators would send them, for tests: what each protocol makes of one number. */
export interface Sample {
  readonly maxDecimals: number;
  readonly maxShown: number;
  readonly encode: (shown: number, decimals: number) => Buffer;
}

export function decodeAll(decoder: FrameDecoder, bytes: Uint8Array): DecodedFrame[] {
  return [...decoder.push(bytes), ...decoder.end()];
}

export function decodeHex(decoder: FrameDecoder, hex: string): DecodedFrame[] {
  return decodeAll(decoder, Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

export function decodeText(decoder: FrameDecoder, text: string): DecodedFrame[] {
  return decodeAll(decoder, latin(text));
}

export function displayOf(shown: number, decimals: number): string {
  const digits = String(Math.abs(shown)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return shown < 0 ? `-${text}` : text;
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const sign = (shown: number, plus = '+'): string => (shown < 0 ? '-' : plus);
const magnitude = (shown: number, decimals: number): string => displayOf(Math.abs(shown), decimals);
const xorOf = (bytes: Buffer): number => bytes.reduce((sum, byte) => sum ^ byte, 0);
const hex2 = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

function xorFramed(body: string): Buffer {
  return latin(`\x02${body}${hex2(xorOf(latin(body)))}\x03`);
}

const yaohua: Sample = {
  maxDecimals: 4,
  maxShown: 999_999,
  encode: (shown, decimals) =>
    xorFramed(`${sign(shown)}${String(Math.abs(shown)).padStart(6, '0')}${String(decimals)}`),
};

const yaohuaCommand: Sample = {
  ...yaohua,
  encode: (shown, decimals) =>
    xorFramed(`AB${sign(shown)}${String(Math.abs(shown)).padStart(6, '0')}${String(decimals)}`),
};

const keliCommand: Sample = {
  ...yaohua,
  encode: (shown, decimals) => xorFramed(`AB${sign(shown)}${magnitude(shown, decimals).padStart(7, '0')}`),
};

function equals(characters: number, reversed: boolean, last: boolean): Sample {
  return {
    maxDecimals: 3,
    maxShown: 10 ** (characters - 2) - 1,
    encode(shown, decimals) {
      const digits = magnitude(shown, decimals);
      const text = shown < 0 ? `-${digits.padStart(characters - 1, '0')}` : digits.padStart(characters, '0');
      const sent = reversed ? Buffer.from(text, 'latin1').reverse().toString('latin1') : text;
      return latin(last ? `${sent}=` : `=${sent}`);
    },
  };
}

function a12(checksum: boolean): Sample {
  return {
    maxDecimals: 3,
    maxShown: 99_999,
    encode(shown, decimals) {
      const digits = magnitude(shown, decimals);
      const body = latin(`WG${shown < 0 ? `-${digits.padStart(6, '0')}` : digits.padStart(7, '0')}kg`);
      return Buffer.concat([body, latin(`${checksum ? hex2(xorOf(body)) : ''}\r\n`)]);
    },
  };
}

export function mettlerFrame(head: readonly number[], fields: string, checksum = true): Buffer {
  const body = Buffer.concat([Buffer.from([2, ...head]), latin(`${fields}\r`)]);
  const sum = body.reduce((total, byte) => total + byte, 0);
  return checksum ? Buffer.concat([body, Buffer.from([-sum & 0x7f])]) : body;
}

function mettler(standard: boolean, checksum: boolean): Sample {
  return {
    maxDecimals: 4,
    maxShown: 999_999,
    encode: (shown, decimals) =>
      mettlerFrame(
        [0x28 | (decimals + 2), shown < 0 ? 0x32 : 0x30, 0x20],
        String(Math.abs(shown)).padStart(6, ' ') + (standard ? '     0' : ''),
        checksum,
      ),
  };
}

const text = (maxShown: number, encode: (shown: number, decimals: number) => string): Sample => ({
  maxDecimals: 3,
  maxShown,
  encode: (shown, decimals) => latin(encode(shown, decimals)),
});

function stGs(digits: number): Sample {
  return text(
    99_999,
    (shown, decimals) => `ST,GS,${sign(shown)}${magnitude(shown, decimals).padStart(digits, '0')}kg\r\n`,
  );
}

const dini = text(99_999, (shown, decimals) => `ST,GS,${displayOf(shown, decimals).padStart(8)},kg\r\n`);

export function rtuFrame(bytes: readonly number[]): Buffer {
  const body = Buffer.from(bytes);
  const sum = crc16(body, 0, body.length);
  return Buffer.concat([body, Buffer.from([sum & 0xff, sum >> 8])]);
}

export function tcpFrame(bytes: readonly number[]): Buffer {
  return Buffer.from([0, 1, 0, 0, 0, bytes.length, ...bytes]);
}

function registers(values: readonly number[]): number[] {
  return [1, 3, 2 * values.length, ...values.flatMap((value) => [value >> 8, value & 0xff])];
}

const words = (value: number): number[] => [(value >>> 16) & 0xffff, value & 0xffff];

function modbus(
  maxDecimals: number,
  values: (shown: number, decimals: number) => number[],
): [Sample, Sample] {
  const maxShown = 999_999;
  return [
    { maxDecimals, maxShown, encode: (...number) => rtuFrame(registers(values(...number))) },
    { maxDecimals, maxShown, encode: (...number) => tcpFrame(registers(values(...number))) },
  ];
}

const [mappedRtu, mappedTcp] = modbus(0, (shown) => words(shown));
const [laumasRtu, laumasTcp] = modbus(0, (shown) => [
  0x0800 | (shown < 0 ? 0x80 : 0),
  ...words(Math.abs(shown)),
  ...[0, 0],
]);
const [flintecRtu, flintecTcp] = modbus(4, (shown, decimals) => [
  ...words(shown),
  ...[0, 0],
  ...words(shown),
  ...[0x8000 >> decimals, 0],
  ...[0, 0],
]);

export const samples: Readonly<Record<ProfileId, Sample>> = {
  'yaohua-continuous': yaohua,
  'yaohua-command': yaohuaCommand,
  'yaohua-d2-old': equals(7, true, true),
  'yaohua-d2-new': equals(8, true, true),
  'yaohua-a26-format1': equals(8, true, false),
  'yaohua-a26-format2': equals(8, false, false),
  'yaohua-a12': a12(false),
  'yaohua-a12-xor': a12(true),
  'keli-continuous': yaohua,
  'keli-k9r-command': keliCommand,
  'keli-d2008-format2': equals(8, true, false),
  'keli-d2008-format3': equals(8, false, false),
  'keli-d2002': equals(7, true, false),
  'keli-kl3101': equals(6, false, false),
  'mettler-continuous': mettler(true, true),
  'mettler-continuous-no-checksum': mettler(true, false),
  'mettler-short': mettler(false, true),
  'mettler-short-no-checksum': mettler(false, false),
  'mt-sics': text(99_999, (shown, decimals) => `S S ${displayOf(shown, decimals).padStart(10)} kg\r\n`),
  'jinzhong-continuous': stGs(7),
  'general-measure-continuous': stGs(7),
  'and-continuous': stGs(7),
  'and-command': stGs(7),
  'kern-continuous': stGs(8),
  'cas-22': text(
    99_999,
    (shown, decimals) => `ST,GS,\x01\xc4,${displayOf(shown, decimals).padStart(8)} kg\r\n`,
  ),
  'rice-lake': text(
    99_999,
    (shown, decimals) => `\x02${sign(shown, ' ')}${magnitude(shown, decimals).padStart(7)}KG \r\n`,
  ),
  cardinal: text(
    99_999,
    (shown, decimals) => `\r${sign(shown)}${magnitude(shown, decimals).padStart(6)}  kg g  \x03`,
  ),
  weightronix: text(
    99_999,
    (shown, decimals) => ` G${sign(shown)}${magnitude(shown, decimals).padStart(6)} kg\r\n`,
  ),
  sma: text(99_999, (shown, decimals) => `\n 1G  ${displayOf(shown, decimals).padStart(10)}kg \r`),
  'dini-argeo-continuous': dini,
  'dini-argeo-command': dini,
  custom: { ...yaohua, maxDecimals: 4 },
  'modbus-rtu': mappedRtu,
  'modbus-tcp': mappedTcp,
  'laumas-rtu': laumasRtu,
  'laumas-tcp': laumasTcp,
  'flintec-rtu': flintecRtu,
  'flintec-tcp': flintecTcp,
};
