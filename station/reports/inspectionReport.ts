import { chineseDateTime } from '../chineseTime.ts';
import type { RestoreRow } from '../contract.ts';
import type { Sheet } from '../slips/sheet.ts';
import { kgWords, unknown } from '../slips/words.ts';
import type { Inspection } from './inspectionSummary.ts';
import { findings } from './inspectionSummary.ts';
import { layOut } from './layOut.ts';
import type { Block, Fact } from './report.ts';
import { kindWords, recheckWords, timeWords } from './words.ts';

const findingWords: Readonly<Record<string, string>> = {
  'chain-tail': '账本链末端不符',
  chain: '账本链不符',
  'numbers-missing': '过磅编号有缺',
  contradicted: '外部锚点与账本不符',
  'restore-lost': '恢复备份时丢失过记录',
  'unexplained-crossings': '有未说明的上磅',
  'verification-expired': '检定已过期',
  'picture-missing': '留存期内照片缺失',
  'key-unusable': '签名密钥不能用',
  'no-rules-in-force': '没有生效的规则',
  'set-aside': '有被市平台退回的记录',
  record: '记录核验不符',
};
const verificationWords = { valid: '有效', expired: '已过期', 'not-stated': '未填' } as const;

/** 检查记录: what an inspector found on the spot, on paper; the file beside it carries the signature. */
export function inspectionReport(
  inspection: Inspection,
  signed: { readonly sha256: string; readonly keyId: string },
): Sheet {
  const { station, mode, inspector, remark, atMs, seed, among, rows } = inspection;
  const found = findings(inspection);
  const blocks: readonly Block[] = [
    { kind: 'facts', columns: 2, facts: figureFacts(inspection) },
    {
      kind: 'heading',
      text: found.length === 0 ? '检查结果 没有发现问题' : `检查结果 发现 ${String(found.length)} 项`,
    },
    ...found.map((each) => ({ kind: 'text' as const, text: findingText(each), strong: true })),
    ...(remark === '' ? [] : [{ kind: 'text' as const, text: `备注：${remark}` }]),
    ...restoreBlocks(inspection.figures.restores),
    { kind: 'heading', text: `抽查 ${String(rows.length)} 条 Sample` },
    {
      kind: 'text',
      text: `在 1 至 ${String(among)} 号中随机抽取，种子 ${seed}：第 n 次取 SHA-256("${seed}:n") 前 12 位十六进制数除以 ${String(among)} 的余数加 1，可复算。`,
    },
    {
      kind: 'table',
      columns: [
        { head: '编号', share: 2, right: true },
        { head: '时间', share: 4 },
        { head: '车牌', share: 2.4 },
        { head: '类', share: 1.2 },
        { head: '重量', share: 2.4, right: true },
        { head: '核验', share: 9 },
      ],
      rows: rows.map((row) => [
        String(row.check.number),
        timeWords(row.timeMs),
        row.plate,
        kindWords[row.kind],
        kgWords(row.weighedKg),
        `${row.voided ? '已作废 ' : ''}${row.doubtful ? `✖ ${recheckWords(row.check).join('；')}` : `相符，照片 ${String(row.check.pictures.kept)}/${String(row.check.pictures.named)}`}`,
      ]),
    },
    { kind: 'heading', text: '签名 Signature' },
    {
      kind: 'digits',
      label: `检查记录文件 SHA-256（签名内容 yuanheng-inspection-1:摘要，密钥 ${signed.keyId}）`,
      hex: signed.sha256,
    },
    {
      kind: 'digits',
      label: `检查时账本末端 第 ${String(inspection.figures.head.sequence)} 条`,
      hex: inspection.figures.head.hash,
    },
    { kind: 'signatures', names: ['检查人签字', '站方签字'] },
  ];
  return layOut({
    kind: 'inspection',
    form: 'A4',
    zh: '检查记录',
    en: 'Inspection',
    number: `${station.id}-${chineseDateTime(atMs).replaceAll(/\D/g, '')}`,
    station,
    drill: mode === 'drill',
    timeMs: atMs,
    blocks,
    foot: `检查人 ${inspector}；与同名 JSON 文件一起留存。`,
  });
}

function findingText(found: string): string {
  const [code = '', ...rest] = found.split(' ');
  return `✖ ${findingWords[code] ?? code} ${rest.join(' ')}`;
}

function restoreBlocks(restores: readonly RestoreRow[]): readonly Block[] {
  if (restores.length === 0) return [];
  return [
    { kind: 'heading', text: `恢复过备份 ${String(restores.length)} 次 Restored` },
    ...restores.map((each) => ({ kind: 'text' as const, text: restoreText(each) })),
  ];
}

function restoreText(each: RestoreRow): string {
  const { sequence, timeMs, epoch, from, operator, headSequence, headTimeMs, lostEvents, lostNumbers } = each;
  const span = ({ first, last }: { first: number; last: number }): string =>
    `${String(first)}–${String(last)}`;
  return [
    `第 ${String(sequence)} 条 ${timeWords(timeMs)}，恢复后第 ${String(epoch)} 支，接在第 ${String(headSequence)} 条（${timeWords(headTimeMs)}）之后`,
    lostEvents === null ? '没有已知的丢失' : `丢失第 ${span(lostEvents)} 条`,
    ...(lostNumbers === null ? [] : [`编号 ${span(lostNumbers)} 不再使用`]),
    ...(each.unsigned === 0 ? [] : [`其中末尾 ${String(each.unsigned)} 条没有签名`]),
    `来源 ${from}`,
    ...(operator === null ? [] : [operator]),
  ].join('；');
}

function figureFacts({ inspector, figures: f, state, chain }: Inspection): readonly Fact[] {
  const chainWords =
    chain.state === 'done'
      ? `${chain.fault === null ? '完好' : `不符 ${chain.fault}`}，${String(chain.events)} 条，签名 ${String(chain.signatures)} 个，${timeWords(chain.endedMs)}`
      : '未做全部核验';
  const { verification, retention, sync } = state;
  return [
    { label: '检查人 Inspector', value: inspector, strong: true },
    { label: '检查时间 At', value: timeWords(f.asOfMs), strong: true },
    { label: `账本末端 ${String(f.tail.checked)} 条 Chain, its end`, value: f.tail.fault ?? '完好' },
    { label: '账本全部 Chain, whole', value: chainWords },
    { label: '过磅 末号 Weighings, last number', value: `${String(f.weighings)} / ${String(f.lastNumber)}` },
    {
      label: '缺号 Missing numbers',
      value: f.missingNumbers.length === 0 ? '无' : f.missingNumbers.slice(0, 20).join(' '),
    },
    {
      label: '恢复备份 Restored',
      value: f.restores.length === 0 ? '没有' : `${String(f.restores.length)} 次`,
    },
    {
      label: '上磅 未说明 Crossings, unexplained',
      value: `${String(f.crossings)} / ${String(f.unexplained)}`,
    },
    {
      label: '作废 更正 手工 特许 Voided, corrected, by hand, released',
      value: `${String(f.voids)} / ${String(f.corrections)} / ${String(f.manual)} / ${String(f.releases)}`,
    },
    {
      label: '检定有效期 Verification',
      value: `${verificationWords[verification.state]} ${verification.expires ?? ''}`,
    },
    {
      label: '时钟跳变 Clock steps',
      value: `${String(f.clockSteps.count)} 次，最大 ${String(Math.round(f.clockSteps.largestMs / 1000))} s`,
    },
    {
      label: '最早记录 Oldest record',
      value: `${timeWords(f.oldestRecordMs)}（应留存 ${String(retention.recordMonths)} 个月）`,
    },
    {
      label: '留存期内最早照片 Oldest picture',
      value:
        f.oldestPicture === null
          ? unknown
          : `${timeWords(f.oldestPicture.timeMs)} ${f.oldestPicture.kept ? '完好' : '缺失'}（${String(retention.pictureMonths)} 个月）`,
    },
    {
      label: '市平台 待传 退回 Platform, waiting, set aside',
      value:
        sync.state === 'off'
          ? '没有配置'
          : `${String(sync.waiting)} / ${String(sync.setAside)}，最近 ${timeWords(sync.lastDeliveredAtMs)}`,
    },
    {
      label: '规则 Rules in force',
      value: state.ruleSets.map(({ id, version }) => `${id} v${String(version)}`).join('，') || unknown,
    },
  ];
}
