import { createCardinalDecoder } from './cardinal.ts';
import { createCas22Decoder } from './cas22.ts';
import { createDiniArgeoDecoder, DiniArgeoOptions, diniArgeoRequest } from './diniArgeo.ts';
import { createMettlerContinuousDecoder, mettlerContinuousOptions } from './mettlerContinuous.ts';
import { createMtSicsDecoder, MtSicsOptions, mtSicsRequest } from './mtSics.ts';
import type { LineDefaults, ProtocolProfile } from './profile.ts';
import { defineProfile, NoOptions } from './profile.ts';
import type { FrameDecoder } from './protocol.ts';
import { createRiceLakeDecoder } from './riceLake.ts';
import { createSmaDecoder, smaRequest } from './sma.ts';
import { createStGsDecoder, stGsRequest, StGsOptions } from './stGs.ts';
import { createWeightronixDecoder } from './weightronix.ts';

const eightOrSeven: LineDefaults = { baudRates: [9600, 4800, 2400, 19_200, 1200], framings: ['8N1', '7E1'] };
const sevenEven: LineDefaults = { baudRates: [2400, 9600, 4800, 19_200, 1200], framings: ['7E1', '8N1'] };

function mettler(frame: 'standard' | 'short', checksum: boolean): ProtocolProfile {
  const zh = `托利多 连续发送 ${frame === 'standard' ? '标准' : '短'}格式${checksum ? ' 带校验' : ' 无校验'}`;
  const en = `Mettler-Toledo continuous, ${frame}, ${checksum ? 'with' : 'without'} checksum`;
  return defineProfile({
    labels: [zh, en],
    makers: ['托利多 Mettler-Toledo', 'Ohaus', 'Fairbanks', 'Rice Lake', 'Cardinal'],
    // The sum and the masking hold for a 7E1 line that is read as 8N1, too.
    line: { baudRates: [9600, 4800, 2400, 19_200, 1200], framings: ['8N1', '7E1', '7O1'] },
    mode: 'stream',
    selfFraming: checksum ? 'checksum' : 'fixed-form',
    options: mettlerContinuousOptions(frame, checksum),
    createDecoder: createMettlerContinuousDecoder,
  });
}

function stGs(
  labels: readonly [string, string],
  maker: string,
  ask: boolean,
  line = eightOrSeven,
): ProtocolProfile {
  return defineProfile({
    labels,
    makers: [maker],
    line,
    mode: ask ? 'poll' : 'stream',
    selfFraming: 'fixed-form',
    options: StGsOptions,
    createDecoder: createStGsDecoder,
    ...(ask ? { pollRequest: stGsRequest } : {}),
  });
}

function plain(
  labels: readonly [string, string],
  maker: string,
  createDecoder: () => FrameDecoder,
  pollRequest?: () => Uint8Array,
): ProtocolProfile {
  return defineProfile({
    labels,
    makers: [maker],
    line: eightOrSeven,
    mode: pollRequest === undefined ? 'stream' : 'poll',
    selfFraming: 'fixed-form',
    options: NoOptions,
    createDecoder,
    ...(pollRequest === undefined ? {} : { pollRequest }),
  });
}

function dini(labels: readonly [string, string], ask: boolean): ProtocolProfile {
  return defineProfile({
    labels,
    makers: ['Dini Argeo'],
    mode: ask ? 'poll' : 'stream',
    selfFraming: 'fixed-form',
    options: DiniArgeoOptions,
    createDecoder: createDiniArgeoDecoder,
    ...(ask ? { pollRequest: diniArgeoRequest } : {}),
  });
}

export const westernProfiles = {
  'mettler-continuous': mettler('standard', true),
  'mettler-continuous-no-checksum': mettler('standard', false),
  'mettler-short': mettler('short', true),
  'mettler-short-no-checksum': mettler('short', false),
  'mt-sics': defineProfile({
    labels: ['托利多 MT-SICS 指令', 'MT-SICS commands'],
    makers: ['托利多 Mettler-Toledo', 'Ohaus'],
    line: eightOrSeven,
    mode: 'poll',
    selfFraming: 'fixed-form',
    options: MtSicsOptions,
    createDecoder: createMtSicsDecoder,
    pollRequest: mtSicsRequest,
  }),
  'jinzhong-continuous': stGs(['济南金钟 连续发送', 'Jinzhong continuous'], '济南金钟 Jinzhong', false),
  'general-measure-continuous': stGs(
    ['杰曼 连续发送', 'General Measure continuous'],
    '深圳杰曼 General Measure',
    false,
  ),
  'and-continuous': stGs(['艾安得 A&D 连续发送', 'A&D continuous'], 'A&D', false, sevenEven),
  'and-command': stGs(['艾安得 A&D 指令应答', 'A&D command mode'], 'A&D', true, sevenEven),
  'kern-continuous': stGs(['KERN 连续发送', 'KERN continuous'], 'KERN', false),
  'cas-22': plain(['凯士 CAS 22 字节', 'CAS 22 bytes'], 'CAS', createCas22Decoder),
  'rice-lake': plain(['Rice Lake 连续发送', 'Rice Lake continuous'], 'Rice Lake', createRiceLakeDecoder),
  cardinal: plain(['Cardinal SB 连续发送', 'Cardinal SB continuous'], 'Cardinal', createCardinalDecoder),
  weightronix: plain(['Weightronix WI-120', 'Weightronix WI-120'], 'Weightronix', createWeightronixDecoder),
  sma: plain(
    ['SMA 指令 (Avery E1070, Cardinal 190)', 'SMA (Avery E1070, Cardinal 190)'],
    'SMA',
    createSmaDecoder,
    smaRequest,
  ),
  'dini-argeo-continuous': dini(['Dini Argeo 连续发送', 'Dini Argeo continuous'], false),
  'dini-argeo-command': dini(['Dini Argeo 指令应答', 'Dini Argeo command mode'], true),
} as const satisfies Record<string, ProtocolProfile>;
