import { chineseDateTime } from '../chineseTime.ts';
import { missedReasons } from '../contract.ts';
import type {
  CorrectedField,
  ExitFound,
  FoundBy,
  LatePlateRow,
  Outcome,
  PictureView,
  Recheck,
} from '../contract.ts';

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  allow: '准予出场',
  refuse: '不予放行',
  'cannot-decide': '无法判定',
};

export const kindWords = { tare: '皮重', gross: '毛重' } as const;

export const viewWords: Readonly<Record<PictureView, string>> = {
  front: '车头',
  rear: '车尾',
  side: '车身',
  top: '车顶',
  'scale-house': '磅房',
  plate: '号牌',
};

/** What a camera itself says stays in its own words. */
export function missedWords(missed: string): string {
  if (missed === missedReasons.noAddress) return '没有取图地址';
  return missed === missedReasons.stopped ? '程序中途停止' : missed;
}

export const lateSaysWords: Readonly<Record<LatePlateRow['says'], string>> = {
  same: '与记录一致',
  other: '与记录车牌不一致',
  unread: '没读出车牌',
};

export const exitFoundWords: Readonly<Record<ExitFound, string>> = {
  slip: '有装载单',
  released: '特许放行',
  empty: '空车',
  listed: '白名单',
  ignored: '非货车',
  'only-tared': '空磅后未复磅',
  refused: '超限拒放后离场',
  'no-decision': '未判定离场',
  voided: '单据已作废',
  'slip-expired': '装载单过期',
  'not-weighed': '未过磅离场',
  unreadable: '号牌未识别',
};

export const foundByWords: Readonly<Record<FoundBy, string>> = {
  recorded: '记录号牌',
  corrected: '更正后',
  trailer: '挂车号牌',
  camera: '摄像机读数',
  near: '相近号牌',
  part: '部分号牌',
  slip: '单据编号',
};

export const fieldWords: Readonly<Record<CorrectedField, string>> = {
  plate: '号牌',
  trailerPlate: '挂车号牌',
  goods: '货物',
  shipper: '发货单位',
  consignee: '收货单位',
  destination: '目的地',
  contract: '合同',
  driver: '驾驶员',
  loader: '装载员',
};

const signatureWords: Readonly<Record<Recheck['signature'], string>> = {
  holds: '签名有效',
  wrong: '签名不符',
  unsigned: '没有签名',
  'unknown-key': '密钥不明',
  'revoked-key': '密钥已吊销',
};

/** Everything of a record that was made out again, each with what came out. */
export function recheckWords(check: Recheck): readonly string[] {
  const { link, signature, keyId, weight, readKg, decision, changed, pictures, curve } = check;
  return [
    link ? '账本链完好' : '账本链断裂',
    `${signatureWords[signature]}${keyId === null ? '' : `（密钥 ${keyId}）`}`,
    weight === 'same'
      ? '重量由仪表原始数据重算一致'
      : weight === 'differs'
        ? `重量重算不一致：${String(readKg)} kg`
        : '重量无法重算',
    ...(decision === 'none'
      ? []
      : [
          decision === 'same'
            ? '判定重做一致'
            : `判定重做${decision === 'differs' ? '不一致' : '不能'}：${changed.join(' ')}`,
        ]),
    `照片 ${String(pictures.kept)}/${String(pictures.named)} 张完好${pictures.removed > 0 ? `，${String(pictures.removed)} 张到期删除` : ''}`,
    ...(curve === 'none' ? [] : [curve === 'kept' ? '过磅曲线完好' : '过磅曲线缺失']),
  ];
}

/** Whether anything of it needs a person's look. A record without a picture is no doubt of the record. */
export function isDoubtful({ link, signature, weight, decision, pictures, curve }: Recheck): boolean {
  return (
    !link ||
    signature !== 'holds' ||
    weight !== 'same' ||
    decision === 'differs' ||
    decision === 'cannot' ||
    pictures.kept + pictures.removed < pictures.named ||
    curve === 'missing'
  );
}

export function timeWords(timeMs: number | null): string {
  return timeMs === null ? '—' : chineseDateTime(timeMs);
}

export function tonnesWords(kg: number): string {
  return `${(kg / 1000).toFixed(2)} t`;
}
