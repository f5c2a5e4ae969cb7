import type { PassageDetail, TraceAround } from '../contract.ts';
import { reasonWords } from '../slips/reasonWords.ts';
import type { Sheet } from '../slips/sheet.ts';
import { colourWords, kgWords, unknown } from '../slips/words.ts';
import { layOut } from './layOut.ts';
import type { Block, Fact } from './report.ts';
import type { JpegOf } from './tracePictures.ts';
import { pictureBlocks } from './tracePictures.ts';
import {
  exitFoundWords,
  fieldWords,
  kindWords,
  lateSaysWords,
  outcomeWords,
  recheckWords,
  timeWords,
} from './words.ts';

export interface TraceReportContent {
  readonly detail: PassageDetail;
  /** The weighing of the empty truck it was loaded from; null where there is none, or none any more. */
  readonly tare: PassageDetail | null;
  readonly around: TraceAround;
  readonly jpegOf: JpegOf;
  readonly atMs: number;
  readonly operator: string | null;
}

/** 倒查报告: from a truck found on the road to the yard that loaded it, on paper. */
export function traceReport(content: TraceReportContent): Sheet {
  const { detail, tare, around, jpegOf, atMs, operator } = content;
  const { row, ledger } = detail;
  const blocks: readonly Block[] = [
    { kind: 'facts', columns: 2, facts: passageFacts(content) },
    { kind: 'heading', text: '判定与依据 Decision and its clauses' },
    ...decisionBlocks(detail),
    { kind: 'heading', text: '装载与证件 Loading and papers' },
    { kind: 'facts', columns: 2, facts: loadFacts(content) },
    { kind: 'heading', text: '单据 Papers issued' },
    papersBlock(detail),
    { kind: 'heading', text: '事后更改 Amendments' },
    amendmentsBlock(detail),
    { kind: 'heading', text: '核验 Checked again from the stored bytes' },
    { kind: 'text', text: `${kindWords[row.kind]} ${recheckWords(around.check).join('；')}` },
    ...(around.tareCheck === null
      ? []
      : [{ kind: 'text' as const, text: `皮重 ${recheckWords(around.tareCheck).join('；')}` }]),
    { kind: 'digits', label: `账本第 ${String(ledger.sequence)} 条 SHA-256`, hex: ledger.hash },
    ...(detail.curve.length > 1
      ? [
          { kind: 'heading' as const, text: '过磅曲线 Weight curve' },
          { kind: 'curve' as const, points: detail.curve },
        ]
      : []),
    ...pictureBlocks(content, around.station.name, jpegOf),
    { kind: 'signatures', names: ['站方 Station', '核查人 Checked by'] },
  ];
  return layOut({
    kind: 'trace',
    form: 'A4',
    zh: '倒查报告',
    en: 'Trace report',
    number: row.displayNumber,
    station: around.station,
    drill: row.drill,
    timeMs: atMs,
    blocks,
    foot: `内容取自只增账本；皮重记录 ${tare?.row.displayNumber ?? unknown}；出具 ${operator ?? unknown}`,
  });
}

function passageFacts({ detail, tare }: TraceReportContent): readonly Fact[] {
  const { row } = detail;
  const kg = (value: number | null): string => (value === null ? unknown : kgWords(value));
  const plate = detail.amendments.corrections.findLast(({ field }) => field === 'plate');
  return [
    { label: '车牌号 Plate', value: `${row.plate} ${colourWords(row.colour)}`, strong: true },
    {
      label: '判定 Decision',
      value: `${row.outcome === null ? kindWords[row.kind] : outcomeWords[row.outcome]}${row.voided ? '（已作废）' : ''}`,
      strong: true,
    },
    ...(plate === undefined ? [] : [{ label: '更正后号牌 Corrected to', value: plate.now ?? unknown }]),
    { label: '挂车号牌 Trailer plate', value: row.trailerPlate ?? unknown },
    { label: '过磅时间 Weighed at (UTC+8)', value: timeWords(row.timeMs) },
    { label: '皮重时间 Empty at', value: timeWords(tare?.row.timeMs ?? null) },
    ...detail.exits
      .filter(({ again }) => again === null)
      .slice(0, 4)
      .map(({ seenMs, found, probably }) => ({
        label: '出口 Seen at the exit',
        value: `${timeWords(seenMs)} ${exitFoundWords[found]}${probably ? '（疑似）' : ''}`,
      })),
    ...detail.latePlates.slice(0, 4).map((late) => ({
      label: '补传识别 Camera said later',
      value: `${late.plate ?? unknown} ${lateSaysWords[late.says]}，${late.camera}，拍摄 ${timeWords(late.seenMs)}，收到 ${timeWords(late.receivedMs)}`,
      strong: late.says === 'other',
    })),
    {
      label: row.kind === 'tare' ? '皮重 Tare' : '毛重 Gross',
      value: kg(row.weighedKg),
    },
    { label: '皮重 Tare', value: kg(row.tareKg) },
    { label: '净重 Net', value: kg(row.netKg) },
    { label: '限值 Limit', value: kg(row.limitKg) },
    { label: '超限 Over', value: row.overKg > 0 ? kgWords(row.overKg) : unknown },
    {
      label: '轴数 车型 轴组 Axles, layout',
      value: `${String(row.axles ?? unknown)} · ${detail.facts.layout ?? unknown}`,
    },
  ];
}

function loadFacts({ detail, around }: TraceReportContent): readonly Fact[] {
  const { load } = detail.row;
  const text = (entry: TraceAround['vehicle'], name: string): string => {
    const value = entry?.[name];
    return typeof value === 'string' && value !== '' ? value : unknown;
  };
  return [
    {
      label: '装载站 车道 Yard, lane',
      value: `${around.station.name}（${around.station.id}） ${detail.lane}`,
    },
    { label: '司磅员 Operator', value: detail.operator ?? unknown },
    { label: '货物 Goods', value: load.goods ?? unknown },
    { label: '发货单位 Shipper', value: load.shipper ?? unknown },
    { label: '收货单位 目的地 Consignee', value: `${load.consignee ?? unknown} ${load.destination ?? ''}` },
    { label: '合同 Contract', value: load.contract ?? unknown },
    { label: '装载员 Loader', value: load.loader ?? unknown },
    { label: '驾驶员 Driver', value: load.driver ?? unknown },
    {
      label: '驾驶证号 电话 Licence, phone',
      value: `${text(around.driver, 'licenceNumber')} ${text(around.driver, 'phone')}`,
    },
    {
      label: '车队 车主 Fleet, owner',
      value: `${text(around.vehicle, 'fleet')} ${text(around.vehicle, 'owner')}`,
    },
    { label: '道路运输证号 Permit no.', value: text(around.vehicle, 'permitNumber') },
  ];
}

function decisionBlocks({ decision, release }: PassageDetail): readonly Block[] {
  if (decision === null)
    return [{ kind: 'text', text: '皮重过磅，不作判定。A tare asks for no permission.' }];
  return [
    ...decision.reasons.map(({ code, detail }) => ({
      kind: 'text' as const,
      text: `${reasonWords(code)} ${detail}`,
      strong: true,
    })),
    ...decision.clauses.map(({ source, textZh }) => ({
      kind: 'text' as const,
      text: `${source}：${textZh}`,
    })),
    {
      kind: 'text',
      text: `规则 ${decision.ruleSet} ${decision.date} ${decision.ruleSetSha256?.slice(0, 16) ?? ''}`,
    },
    ...(release === null
      ? []
      : [
          {
            kind: 'text' as const,
            text: `特许放行 ${release.document}，${release.reason}，申请 ${release.requestedBy}，批准 ${release.approvedBy}`,
            strong: true,
          },
        ]),
  ];
}

const paperWords = { slip: '出场装载单', refusal: '拒放单', release: '特许放行单' } as const;

function papersBlock({ papers }: PassageDetail): Block {
  if (papers.length === 0) return { kind: 'text', text: '没有出过单据 None' };
  return {
    kind: 'table',
    columns: [
      { head: '单据', share: 3 },
      { head: '份', share: 1, right: true },
      { head: '时间', share: 3 },
      { head: '打印机', share: 4 },
    ],
    rows: papers.map(({ kind, copy, timeMs, printer, failure }) => [
      paperWords[kind],
      String(copy),
      timeWords(timeMs),
      failure === null ? (printer ?? 'PDF') : `未打印 ${failure}`,
    ]),
  };
}

function amendmentsBlock({ amendments: { voided, corrections } }: PassageDetail): Block {
  const rows = [
    ...(voided === null
      ? []
      : [[timeWords(voided.timeMs), '作废', voided.reason, voided.operator ?? unknown]]),
    ...corrections.map((each) => [
      timeWords(each.timeMs),
      `${fieldWords[each.field]} ${each.before ?? unknown} → ${each.now ?? unknown}`,
      each.reason,
      each.operator ?? unknown,
    ]),
  ];
  if (rows.length === 0) return { kind: 'text', text: '没有作废，没有更正 None' };
  return {
    kind: 'table',
    columns: [
      { head: '时间', share: 3 },
      { head: '更改', share: 4 },
      { head: '原因', share: 4 },
      { head: '谁', share: 2 },
    ],
    rows,
  };
}
