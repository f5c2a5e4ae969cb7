import type { GoodsTotal, Manifest, PaperForm, ShiftRow } from '../contract.ts';
import type { Sheet } from '../slips/sheet.ts';
import { unknown } from '../slips/words.ts';
import { layOut } from './layOut.ts';
import type { Block } from './report.ts';
import { timeWords, tonnesWords } from './words.ts';

type Dispatched = Pick<GoodsTotal, 'trucks' | 'netKg' | 'withoutNet'>;

interface Around {
  readonly station: { readonly id: string; readonly name: string };
  readonly drill: boolean;
  readonly form: PaperForm;
}

/** 交接班记录: counts, tonnes, and where the ledger stood, in groups a person can compare with another paper. */
export function shiftReport(shift: ShiftRow, { station, drill, form }: Around): Sheet {
  const { figures: f } = shift;
  const count = (label: string, value: number): { label: string; value: string } => ({
    label,
    value: String(value),
  });
  const blocks: readonly Block[] = [
    {
      kind: 'facts',
      columns: 3,
      facts: [
        { label: '起 From', value: timeWords(shift.fromMs) },
        { label: '止 To', value: timeWords(shift.toMs) },
        {
          label: '编号范围 Numbers',
          value: f.firstNumber === null ? unknown : `${String(f.firstNumber)} – ${String(f.lastNumber)}`,
        },
        { label: '交班 Handed over by', value: shift.operator ?? unknown },
        { label: '接班 Taken over by', value: shift.next ?? unknown },
        { label: '出场净重 Net dispatched', value: netWords(f), strong: true },
      ],
    },
    {
      kind: 'facts',
      columns: 4,
      facts: [
        count('过磅 Weighings', f.weighings),
        count('皮重 Tares', f.tares),
        count('准予出场 Allowed', f.slips),
        count('不予放行 Refused', f.refusals),
        count('无法判定 Undecided', f.undecided),
        count('特许放行 Released', f.releases),
        count('打印单据 Papers', f.papers),
        count('作废 Voided', f.voids),
        count('更正 Corrected', f.corrections),
        count('手工记录 By hand', f.manual),
        count('未说明的上磅 Unexplained crossings', f.unexplained),
      ],
    },
    goodsTable(f.goods),
    { kind: 'heading', text: '账本 Ledger' },
    {
      kind: 'digits',
      label: `第 ${String(shift.sequence)} 条${shift.epoch === 0 ? '' : ` · 恢复后第 ${String(shift.epoch)} 支 epoch`} · 密钥 key ${shift.keyId ?? unknown} · SHA-256`,
      hex: shift.hash,
    },
    { kind: 'signatures', names: ['交班签字', '接班签字'] },
  ];
  return layOut({
    kind: 'shift',
    form,
    zh: '交接班记录',
    en: 'Shift report',
    number: `${station.id}-${String(shift.sequence)}`,
    station,
    drill,
    timeMs: shift.toMs,
    blocks,
    foot: '账本摘要随班留存，日后可逐组核对。',
  });
}

/** A total never passes for more than it is: trucks whose net nobody knows are named beside it. */
function netWords({ netKg, withoutNet }: Pick<Dispatched, 'netKg' | 'withoutNet'>): string {
  const nameless = `${String(withoutNet)} 车净重不明`;
  if (withoutNet === 0) return tonnesWords(netKg);
  return netKg === 0 ? nameless : `${tonnesWords(netKg)} + ${nameless}`;
}

export function goodsTable(goods: readonly GoodsTotal[]): Block {
  if (goods.length === 0) return { kind: 'text', text: '没有出场货物 Nothing dispatched' };
  return {
    kind: 'table',
    columns: [
      { head: '货物 Goods', share: 5 },
      { head: '车次 Trucks', share: 2, right: true },
      { head: '净重 Net', share: 3, right: true },
    ],
    rows: goods.map((each) => [each.goods ?? '未填 not stated', String(each.trucks), netWords(each)]),
  };
}

/** 装载清单 of a day or a month, for the yard's manager. */
export function manifestReport(manifest: Manifest, { station, drill, form }: Around, timeMs: number): Sheet {
  const { from, to, trucks, goods, consignees, days } = manifest;
  const table = (head: string, rows: readonly (readonly [string, Dispatched])[]): Block => ({
    kind: 'table',
    columns: [
      { head, share: 5 },
      { head: '车次 Trucks', share: 2, right: true },
      { head: '净重 Net', share: 3, right: true },
    ],
    rows: rows.map(([name, each]) => [name, String(each.trucks), netWords(each)]),
  });
  return layOut({
    kind: 'manifest',
    form,
    zh: '装载清单',
    en: 'Manifest',
    number: from === to ? from : `${from}_${to}`,
    station,
    drill,
    timeMs,
    foot: '凭出场装载单或特许放行单出场的车次；已作废的不计。',
    blocks: [
      {
        kind: 'facts',
        columns: 3,
        facts: [
          { label: '日期 Days', value: from === to ? from : `${from} – ${to}` },
          { label: '车次 Trucks', value: String(trucks), strong: true },
          { label: '净重 Net', value: netWords(manifest), strong: true },
        ],
      },
      { kind: 'heading', text: '按货物 By goods' },
      goodsTable(goods),
      { kind: 'heading', text: '按收货单位 By consignee' },
      table(
        '收货单位 Consignee',
        consignees.map((each) => [each.consignee ?? '未填 not stated', each]),
      ),
      { kind: 'heading', text: '按日 By day' },
      table(
        '日期 Day',
        days.map((each) => [each.day, each]),
      ),
      { kind: 'signatures', names: ['制表 Prepared', '负责人 Manager'] },
    ],
  });
}
