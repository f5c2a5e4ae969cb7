import type { EqualsLayout } from './equalsStream.ts';
import { createEqualsFrameReader, createEqualsStreamDecoder, equalsStreamOptions } from './equalsStream.ts';
import type { ProtocolProfile } from './profile.ts';
import { defineProfile } from './profile.ts';
import { createYaohuaAsciiDecoder, yaohuaAsciiOptions } from './yaohuaAscii.ts';
import type { CommandLetters } from './yaohuaCommand.ts';
import { createYaohuaCommandDecoder, yaohuaCommandOptions, yaohuaCommandRequest } from './yaohuaCommand.ts';
import { createYaohuaStreamDecoder, YaohuaStreamOptions } from './yaohuaStream.ts';

function continuous(labels: readonly [string, string], makers: readonly string[]): ProtocolProfile {
  return defineProfile({
    labels,
    makers,
    mode: 'stream',
    selfFraming: 'checksum',
    options: YaohuaStreamOptions,
    createDecoder: createYaohuaStreamDecoder,
  });
}

function command(
  labels: readonly [string, string],
  makers: readonly string[],
  letters: CommandLetters,
): ProtocolProfile {
  return defineProfile({
    labels,
    makers,
    mode: 'poll',
    selfFraming: 'checksum',
    options: yaohuaCommandOptions(letters),
    createDecoder: createYaohuaCommandDecoder,
    pollRequest: yaohuaCommandRequest,
  });
}

function equals(
  labels: readonly [string, string],
  makers: readonly string[],
  layout: EqualsLayout,
): ProtocolProfile {
  return defineProfile({
    labels,
    makers,
    // Remote displays run at 600 baud.
    line: { baudRates: [600, 1200, 2400, 4800, 9600], framings: ['8N1'] },
    mode: 'stream',
    selfFraming: 'weak',
    directionAmbiguous: true,
    options: equalsStreamOptions(layout),
    createDecoder: createEqualsStreamDecoder,
    createReader: createEqualsFrameReader,
  });
}

function ascii(labels: readonly [string, string], checksum: boolean): ProtocolProfile {
  return defineProfile({
    labels,
    makers: ['上海耀华 Yaohua'],
    mode: 'stream',
    selfFraming: checksum ? 'checksum' : 'fixed-form',
    options: yaohuaAsciiOptions(checksum),
    createDecoder: createYaohuaAsciiDecoder,
  });
}

const yaohua = ['上海耀华 Yaohua'];
const keli = ['宁波柯力 Keli'];
const d2 = { equals: 'last', direction: 'reversed', sign: 'last' } as const;
const format1 = { equals: 'first', characters: 8, direction: 'reversed', sign: 'last' } as const;
const format2 = { equals: 'first', characters: 8, direction: 'forward', sign: 'first' } as const;

export const yaohuaProfiles = {
  'yaohua-continuous': continuous(['耀华 连续发送 (tF=0)', 'Yaohua continuous (tF=0)'], yaohua),
  'yaohua-command': command(['耀华 指令应答 (tF=1)', 'Yaohua command mode (tF=1)'], yaohua, {
    tareLetter: 'C',
    netLetter: 'D',
    point: 'decimals-digit',
  }),
  'yaohua-d2-old': equals(['耀华 D2+ 旧格式 8 字节', 'Yaohua D2+ old, 8 bytes'], yaohua, {
    ...d2,
    characters: 7,
  }),
  'yaohua-d2-new': equals(['耀华 D2+ 新格式 9 字节', 'Yaohua D2+ new, 9 bytes'], yaohua, {
    ...d2,
    characters: 8,
  }),
  'yaohua-a26-format1': equals(
    ['耀华 A26 格式 1 (低位在前)', 'Yaohua A26 format 1 (reversed)'],
    yaohua,
    format1,
  ),
  'yaohua-a26-format2': equals(
    ['耀华 A26 格式 2 (高位在前)', 'Yaohua A26 format 2 (forward)'],
    yaohua,
    format2,
  ),
  'yaohua-a12': ascii(['耀华 A12 ASCII 无校验', 'Yaohua A12 ASCII, no checksum'], false),
  'yaohua-a12-xor': ascii(['耀华 A12(E) ASCII 带校验', 'Yaohua A12(E) ASCII with XOR'], true),
  'keli-continuous': continuous(
    ['柯力 D2008/K9-R 连续发送 (tF=0)', 'Keli D2008/K9-R continuous (tF=0)'],
    keli,
  ),
  'keli-k9r-command': command(['柯力 K9-R 指令应答', 'Keli K9-R command mode'], keli, {
    netLetter: 'C',
    tareLetter: 'D',
    point: 'dot',
  }),
  'keli-d2008-format2': equals(['柯力 D2008 tF=2 (低位在前)', 'Keli D2008 tF=2 (reversed)'], keli, format1),
  'keli-d2008-format3': equals(['柯力 D2008 tF=3 (高位在前)', 'Keli D2008 tF=3 (forward)'], keli, format2),
  'keli-d2002': equals(['柯力 D2002 (低位在前)', 'Keli D2002 (reversed)'], keli, {
    ...format1,
    characters: 7,
  }),
  'keli-kl3101': equals(['柯力 KL3101 (高位在前)', 'Keli KL3101 (forward)'], keli, {
    ...format2,
    characters: 6,
  }),
} as const satisfies Record<string, ProtocolProfile>;
