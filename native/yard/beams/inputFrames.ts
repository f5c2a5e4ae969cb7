import { crc16 } from '../../instruments/protocols/modbusFrames.ts';

/**
 * One read of discrete inputs (02) or coils (01), RTU with CRC-16, TCP behind transaction | 0000 | length. The
 * answer carries the bits in whole bytes, the lowest first; an exception has function + 80h and one code.
 *
 *   01 02 00 00 00 08 79 CC   read eight inputs from the first
 *   01 02 01 05 61 8B         the first and the third are on
 *   01 82 02 C1 61            illegal data address
 */
export interface InputBlock {
  readonly wire: 'modbus-rtu' | 'modbus-tcp';
  readonly unitId: number;
  readonly functionCode: 1 | 2;
  readonly firstAddress: number;
  readonly count: number;
}

export type InputsAnswer =
  | { readonly kind: 'inputs'; readonly on: readonly boolean[] }
  | { readonly kind: 'exception'; readonly code: number };

const exceptionBit = 0x80;
const headerBytes = 6;

/** `nth` names the request on TCP: an answer that comes late belongs to another one. */
export function inputsRequest(block: InputBlock, nth: number): Uint8Array {
  const command = Buffer.from([block.unitId, block.functionCode, 0, 0, 0, 0]);
  command.writeUInt16BE(block.firstAddress, 2);
  command.writeUInt16BE(block.count, 4);
  if (block.wire === 'modbus-tcp') return Buffer.concat([header(nth, command.length), command]);
  return withCrc(command);
}

/** The whole answer somewhere in the bytes since the request, behind an echo or a glitch; null while there is none. */
export function inputsAnswer(block: InputBlock, nth: number, bytes: Buffer): InputsAnswer | null {
  const dataBytes = Math.ceil(block.count / 8);
  const tcp = block.wire === 'modbus-tcp';
  for (let at = 0; at < bytes.length; at += 1) {
    for (const [functionCode, body] of [
      [block.functionCode, 3 + dataBytes],
      [block.functionCode | exceptionBit, 3],
    ] as const) {
      const start = tcp ? at + headerBytes : at;
      const end = start + body;
      if (end + (tcp ? 0 : 2) > bytes.length) continue;
      if (bytes[start] !== block.unitId || bytes[start + 1] !== functionCode) continue;
      const fits = tcp
        ? header(nth, body).equals(bytes.subarray(at, start))
        : crc16(bytes, start, end) === bytes.readUInt16LE(end);
      if (!fits) continue;
      const third = bytes[start + 2] ?? 0;
      if (functionCode !== block.functionCode) return { kind: 'exception', code: third };
      if (third !== dataBytes) continue;
      const bit = (nth: number): boolean => (((bytes[start + 3 + (nth >> 3)] ?? 0) >> (nth & 7)) & 1) === 1;
      return { kind: 'inputs', on: Array.from({ length: block.count }, (_, nth) => bit(nth)) };
    }
  }
  return null;
}

function header(nth: number, length: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.writeUInt16BE(nth & 0xffff, 0);
  bytes.writeUInt16BE(length, 4);
  return bytes;
}

function withCrc(command: Buffer): Buffer {
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(crc16(command, 0, command.length));
  return Buffer.concat([command, sum]);
}
