import type { FrameForm } from './framing.ts';
import { createFramedDecoder, misfit, needsMore } from './framing.ts';
import type { RegisterMap } from './modbusRegisters.ts';
import { readRegisters } from './modbusRegisters.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { refusedWith, rejected } from './weight.ts';

/**
 * The answer to one read of a block. RTU: unit | function | byte count | registers | CRC-16, low byte first.
 * TCP: transaction | 0000 | length | unit | function | byte count | registers. An exception has function + 80h
 * and one code. Requests only read (functions 3 and 4); nothing here can write.
 *
 *   01 03 00 07 00 02 75 CA   read two registers from 40008
 */
const headerBytes = 6;
const exceptionBit = 0x80;
/** The answers carry it back; one request is on its way at a time. */
const transactionId = 0x0001;

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0xffff;
  for (let at = start; at < end; at += 1) crc = (crc >> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}

type Block = Pick<RegisterMap, 'functionCode' | 'firstAddress' | 'registers'>;

function readCommand(unitId: number, block: Block): Buffer {
  const command = Buffer.from([unitId, block.functionCode, 0, 0, 0, 0]);
  command.writeUInt16BE(block.firstAddress, 2);
  command.writeUInt16BE(block.registers, 4);
  return command;
}

export function modbusRtuRequest(unitId: number, block: Block): Uint8Array {
  const command = readCommand(unitId, block);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(crc16(command, 0, command.length));
  return Buffer.concat([command, sum]);
}

export function modbusTcpRequest(unitId: number, block: Block): Uint8Array {
  const command = readCommand(unitId, block);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(transactionId, 0);
  header.writeUInt16BE(command.length, 4);
  return Buffer.concat([header, command]);
}

function registersAt(bytes: Buffer, start: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => bytes.readUInt16BE(start + 2 * index));
}

export function createModbusRtuDecoder(unitId: number, map: RegisterMap): FrameDecoder {
  const wholeBytes = 3 + 2 * map.registers + 2;
  const exceptionBytes = 5;
  const form: FrameForm = {
    maxBytes: wholeBytes,
    measure(bytes, start, end) {
      const available = end - start;
      if (bytes[start] !== unitId) return misfit(0);
      if (available < 2) return needsMore;
      const code = bytes[start + 1];
      if (code === (map.functionCode | exceptionBit))
        return available < exceptionBytes ? needsMore : exceptionBytes;
      if (code !== map.functionCode) return misfit(1);
      if (available < 3) return needsMore;
      if (bytes[start + 2] !== 2 * map.registers) return misfit(2);
      return available < wholeBytes ? needsMore : wholeBytes;
    },
    read(bytes, start, length): DecodedFrame {
      const raw = bytes.toString('hex', start, start + length);
      if (crc16(bytes, start, start + length - 2) !== bytes.readUInt16LE(start + length - 2))
        return rejected('checksum', raw);
      if (bytes[start + 1] !== map.functionCode) return refusedWith(bytes[start + 2] ?? 0, raw);
      return readRegisters(map, registersAt(bytes, start + 3, map.registers), raw);
    },
  };
  return createFramedDecoder(form);
}

export function createModbusTcpDecoder(unitId: number, map: RegisterMap): FrameDecoder {
  const bodyBytes = 3 + 2 * map.registers;
  const exceptionBody = 3;
  const head = (body: number): number[] => [
    transactionId >> 8,
    transactionId & 0xff,
    0,
    0,
    body >> 8,
    body & 0xff,
  ];
  const whole = [...head(bodyBytes), unitId, map.functionCode, 2 * map.registers];
  const exception = [...head(exceptionBody), unitId, map.functionCode | exceptionBit];
  const form: FrameForm = {
    maxBytes: headerBytes + bodyBytes,
    measure(bytes, start, end) {
      const available = end - start;
      const fitsWhole = fitting(bytes, start, available, whole);
      const fitsException = fitting(bytes, start, available, exception);
      if (fitsWhole === whole.length)
        return available < headerBytes + bodyBytes ? needsMore : headerBytes + bodyBytes;
      if (fitsException === exception.length)
        return available < headerBytes + exceptionBody ? needsMore : headerBytes + exceptionBody;
      const most = Math.max(fitsWhole, fitsException);
      return most === available ? needsMore : misfit(most);
    },
    read(bytes, start, length): DecodedFrame {
      const raw = bytes.toString('hex', start, start + length);
      if (bytes[start + headerBytes + 1] !== map.functionCode)
        return refusedWith(bytes[start + headerBytes + 2] ?? 0, raw);
      return readRegisters(map, registersAt(bytes, start + headerBytes + 3, map.registers), raw);
    },
  };
  return createFramedDecoder(form);
}

/** How many bytes from `start` on are the expected ones. */
function fitting(bytes: Uint8Array, start: number, available: number, expected: readonly number[]): number {
  let at = 0;
  while (at < expected.length && at < available && bytes[start + at] === expected[at]) at += 1;
  return at;
}
