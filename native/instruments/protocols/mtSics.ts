import * as z from 'zod';
import { lineForm, oneOfText, SPACE } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, textAt, unitAt, weightFrame } from './weight.ts';

/**
 * MT-SICS: lines. `S` asks for a stable weight, `SI` for the one now, `SIR` for one after another.
 *
 *   53 20 53 20 20 20 20 20 31 30 30 2E 30 30 20 67 0D 0A   "S S     100.00 g"   stable
 *   "S D …" moving, "S I" cannot now, "S +" over, "S -" under, "S L" and ES, ET, EL: not understood
 */
export const MtSicsOptions = z.strictObject({ ask: z.enum(['SI', 'S', 'SIR']).default('SI') });
export type MtSicsOptions = z.infer<typeof MtSicsOptions>;

const maxLineBytes = 40;
const numberAt = 4;

export function mtSicsRequest(options: MtSicsOptions): Uint8Array {
  return Buffer.from(`${options.ask}\r\n`, 'latin1');
}

export function createMtSicsDecoder(): FrameDecoder {
  return createFramedDecoder(lineForm(oneOfText('SE'), maxLineBytes, read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  const end = start + length - 2;
  switch (textAt(bytes, start, end)) {
    case 'ES':
    case 'ET':
    case 'EL':
    case 'S I':
    case 'S L':
      return rejected('refused', raw);
    case 'S +':
      return rejected('overload-blank', raw);
    case 'S -':
      return rejected('underload-blank', raw);
    default:
  }
  const head = textAt(bytes, start, start + numberAt);
  const unitStart = bytes.subarray(start, end).lastIndexOf(SPACE) + start + 1;
  if ((head !== 'S S ' && head !== 'S D ') || unitStart - 1 <= start + numberAt) return rejected('form', raw);
  const number = readNumber(bytes, start + numberAt, unitStart - 1);
  if (number === 'form' || number === 'blank') return rejected('form', raw);
  const unit = unitAt(bytes, unitStart, end);
  if (unit === null) return rejected('unit', raw);
  return weightFrame(number, { unit, motion: head === 'S D ', overload: null, net: null }, raw);
}
