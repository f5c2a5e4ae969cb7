import * as z from 'zod';
import {
  DIGIT_0,
  eitherForm,
  ETX,
  fixedForm,
  digit,
  isNibble,
  MINUS,
  nibbleByte,
  nibbleText,
  numberByte,
  oneOfText,
  only,
  repeated,
  STX,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { FrameForm } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, weightFrame } from './weight.ts';

/**
 * Yaohua command mode (tF=1): asked by address and letter, answered in 14 bytes.
 *
 *   request   02 | address A-Z | letter | XOR high | XOR low | 03
 *   weight    02 | address | letter | 2B or 2D | six digits | decimals '0'..'4' | XOR high | XOR low | 03
 *   Keli      02 | address | letter | 2B or 2D | seven characters with a point   | XOR high | XOR low | 03
 *   no weight 02 | address | letter | XOR high | XOR low | 03 (handshake, or the echo of a request), or EOT
 *
 *   02 41 42 2B 30 31 32 33 34 30 30 31 43 03   gross +12340
 *   02 41 44 2D 30 31 32 33 34 35 31 31 38 03   net -1234.5
 *
 * The letters differ: for Yaohua C is tare and D net, for Keli K9-R C is net and D tare, and further letters zero
 * or clear. Only B, C and D can be configured, so that no setting can make a request that changes something.
 */
const ReadLetter = z.enum(['B', 'C', 'D']);

export interface CommandLetters {
  readonly tareLetter: 'B' | 'C' | 'D';
  readonly netLetter: 'B' | 'C' | 'D';
  /** How the reply writes its decimals: a digit behind the number, or a point in it (Keli). */
  readonly point: 'decimals-digit' | 'dot';
}

export function yaohuaCommandOptions(letters: CommandLetters) {
  return z
    .strictObject({
      unit: z.enum(['kg', 't']).default('kg'),
      address: z
        .string()
        .regex(/^[A-Z]$/, { message: 'must be one letter A to Z' })
        .default('A'),
      ask: z.enum(['gross', 'net']).default('gross'),
      grossLetter: ReadLetter.default('B'),
      tareLetter: ReadLetter.default(letters.tareLetter),
      netLetter: ReadLetter.default(letters.netLetter),
      point: z.enum(['decimals-digit', 'dot']).default(letters.point),
    })
    .refine((map) => new Set([map.grossLetter, map.tareLetter, map.netLetter]).size === 3, {
      message: 'gross, tare and net need three different letters',
      path: ['netLetter'],
    });
}
export type YaohuaCommandOptions = z.infer<ReturnType<typeof yaohuaCommandOptions>>;

const EOT = 0x04;
const weightBytes = 14;
const signAt = 3;
const numberAt = 4;
const decimalsAt = 10;
const address = oneOfText('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const command = oneOfText('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const unread: FrameForm['read'] = (bytes, start, length) =>
  rejected('not-weight', bytes.toString('hex', start, start + length));

export function yaohuaCommandRequest(options: YaohuaCommandOptions): Uint8Array {
  const letter = options.ask === 'gross' ? options.grossLetter : options.netLetter;
  const xor = options.address.charCodeAt(0) ^ letter.charCodeAt(0);
  return Buffer.from(`\x02${options.address}${letter}${nibbleText(xor)}\x03`, 'latin1');
}

export function createYaohuaCommandDecoder(options: YaohuaCommandOptions): FrameDecoder {
  const head = [only(STX), address, command];
  const tail = [nibbleByte, nibbleByte, only(ETX)];
  const number =
    options.point === 'dot' ? repeated(numberByte, 7) : [...repeated(digit, 6), oneOfText('01234')];
  const asked = options.address.charCodeAt(0);
  const letters = [options.grossLetter, options.netLetter].map((letter) => letter.charCodeAt(0));

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    if (bytes[start] === EOT) return rejected('refused', raw);
    let xor = 0;
    for (let at = start + 1; at < start + length - 3; at += 1) xor ^= bytes[at] ?? 0;
    const sumIsRight =
      isNibble(bytes[start + length - 3], xor >> 4) && isNibble(bytes[start + length - 2], xor & 15);
    if (!sumIsRight) return rejected('checksum', raw);
    if (bytes[start + 1] !== asked) return rejected('address', raw);
    const which = letters.indexOf((bytes[start + 2] ?? 0) & ~0x20);
    if (length !== weightBytes || which < 0) return rejected('not-weight', raw);

    const dotted = options.point === 'dot';
    const shown = readNumber(bytes, start + numberAt, start + decimalsAt + (dotted ? 1 : 0));
    if (shown === 'blank') return rejected('overload-blank', raw);
    if (shown === 'form') return rejected('form', raw);
    return weightFrame(
      {
        negative: bytes[start + signAt] === MINUS,
        shown: shown.shown,
        decimals: dotted ? shown.decimals : (bytes[start + decimalsAt] ?? DIGIT_0) - DIGIT_0,
      },
      { unit: null, silentUnit: options.unit, motion: null, overload: null, net: which === 1 },
      raw,
    );
  }

  return createFramedDecoder(
    eitherForm(
      [
        fixedForm([...head, oneOfText('+-'), ...number, ...tail], unread),
        fixedForm([...head, ...tail], unread),
        fixedForm([only(EOT)], unread),
      ],
      read,
    ),
  );
}
