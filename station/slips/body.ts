import { chineseDateTime } from '../chineseTime.ts';
import { columns, frame, inset, rule, textBlock, textLine } from './draw.ts';
import { holdingLimit, limitText } from './limitWords.ts';
import type { Box, PaperItem } from './paperItems.ts';
import type { Plan } from './plans.ts';
import { reasonWords } from './reasonWords.ts';
import type { SlipRecord } from './slipRecord.ts';
import { classWords, kgWords, notWeighed, releaseKindWords, tonneWords, unknown } from './words.ts';

function weightCell(
  plan: Plan,
  box: Box,
  label: string,
  kg: number | null,
  missing: string,
): readonly PaperItem[] {
  const { type } = plan;
  const inner = inset(box, 2.5, 1);
  const labelY = inner.yMm + type.label * 1.2;
  const room = box.yMm + box.heightMm - labelY;
  const small = { sizeMm: type.label + 0.2, minSizeMm: type.smallest };
  return [
    frame(box, 0.4),
    textLine(inner.xMm, labelY, inner.widthMm * 0.64, label, small),
    textLine(
      inner.xMm + inner.widthMm * 0.66,
      labelY,
      inner.widthMm * 0.34,
      kg === null ? unknown : tonneWords(kg),
      {
        ...small,
        align: 'right',
      },
    ),
    textLine(
      inner.xMm,
      labelY + room / 2 + type.weight * 0.33,
      inner.widthMm,
      kg === null ? missing : kgWords(kg),
      {
        sizeMm: type.weight,
        minSizeMm: type.smallest,
        weight: 'bold',
        align: 'center',
      },
    ),
  ];
}

export function weights(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const [gross, limit, tare, net] = plan.weights;
  return [
    ...weightCell(plan, gross, '毛重 Gross', record.grossKg, notWeighed),
    ...weightCell(plan, limit, limitLabel(record), record.decision.limitKg, unknown),
    ...weightCell(plan, tare, '皮重 Tare', record.tareKg, notWeighed),
    ...weightCell(plan, net, '净重 Net', record.netKg, notWeighed),
  ];
}

/** Names the limit where it is not the law's own. */
function limitLabel(record: SlipRecord): string {
  const other = holdingLimit(record.decision.limits);
  return other === null ? '限值 Legal limit' : `限值 ${other}`;
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

function vehicleWords(record: SlipRecord): string {
  const axles = record.axles === null ? '轴数未登记' : `${String(record.axles)} 轴`;
  const kind = record.vehicleClass === null ? '车型未登记' : classWords(record.vehicleClass);
  return `${axles} · ${kind} · ${record.layout ?? '轴组未登记'}`;
}

function facts(record: SlipRecord): readonly [Fact, ...Fact[]] {
  return [
    { label: '轴数 · 车型 · 轴组 Axles, class, layout', value: vehicleWords(record) },
    { label: '过磅时间 Weighed at (UTC+8)', value: chineseDateTime(record.timeMs) },
    { label: '货物 Goods', value: record.goods ?? unknown },
    {
      label: '收货单位 目的地 Consignee, destination',
      value: together(record.consignee, record.destination),
    },
    { label: '挂车号牌 驾驶员 Trailer plate, driver', value: together(record.trailerPlate, record.driver) },
    {
      label: '车道 司磅员 装载员 Lane, operator, loader',
      value: together(record.lane, record.operator, record.loader),
    },
    {
      label: '皮重过磅序号 Tare weighing no.',
      value: record.tareNumber === null ? notWeighed : String(record.tareNumber),
    },
    { label: '毛重过磅序号 Gross weighing no.', value: String(record.number) },
    { label: '规则版本 Rule set', value: record.decision.ruleSet },
  ];
}

function together(...parts: readonly (string | null)[]): string {
  const known = [...new Set(parts)].filter((part) => part !== null && part !== '');
  return known.length === 0 ? unknown : known.join(' · ');
}

/** The first fact takes a whole row where nine cells would leave one empty. */
function cells(plan: Plan): readonly Box[] {
  const { facts: box, factColumns, factRows } = plan;
  const heightMm = box.heightMm / factRows;
  const grid = Array.from({ length: factRows }, (_, row) =>
    columns({ ...box, yMm: box.yMm + row * heightMm, heightMm }, factColumns),
  ).flat();
  return factColumns === 3 ? grid : [{ ...box, heightMm }, ...grid.slice(2)];
}

export function factGrid(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const { facts: box, type } = plan;
  const places = cells(plan);
  return facts(record).flatMap((fact, index) => {
    const cell = places[index];
    if (cell === undefined) return [];
    const inner = inset(cell, 1, 0);
    const labelY = cell.yMm + type.label * 1.25;
    const bottom = cell.yMm + cell.heightMm;
    const valueY = labelY + (bottom - labelY) / 2 + type.value * 0.36;
    return [
      ...(cell.xMm === box.xMm ? [rule(box.xMm, bottom, box.xMm + box.widthMm, bottom, 0.3)] : []),
      textLine(inner.xMm, labelY, inner.widthMm, fact.label, {
        sizeMm: type.label,
        minSizeMm: type.smallest,
      }),
      textLine(inner.xMm, valueY, inner.widthMm, fact.value, {
        sizeMm: type.value,
        minSizeMm: type.smallest,
        weight: 'bold',
      }),
    ];
  });
}

/** All the limits that were looked at, where another one than the law's holds. */
function limitWords({ decision, tareKg }: SlipRecord): readonly string[] {
  if (holdingLimit(decision.limits) === null) return [];
  return decision.limits.map((limit) => `${limitText(limit, tareKg)}${limit.holds ? ' 为准' : ''}`);
}

function attemptWords({ attempt, previousDisplayNumber }: SlipRecord): readonly string[] {
  if (attempt === null) return [];
  const before = previousDisplayNumber ?? String(attempt.previousNumber);
  return [`第${String(attempt.try)}次过磅，上次 ${before} 超限 ${kgWords(attempt.previousOverKg)}`];
}

function releaseWords({ release }: SlipRecord): readonly string[] {
  if (release === null) return [];
  const { authority, permitPlate, permittedKg } = release;
  return [
    `${releaseKindWords(release.kind)} ${release.document}，有效期至 ${release.validUntil}`,
    ...(authority === null ? [] : [`签发机关 ${authority}`]),
    ...(permitPlate === null || permittedKg === null
      ? []
      : [`准许 ${permitPlate} 车货总质量 ${kgWords(permittedKg)}`]),
    `事由：${release.reason}`,
    `申请 ${release.requestedBy}，批准 ${release.approvedBy}，${chineseDateTime(release.timeMs)}`,
  ];
}

/** The clauses as an officer would cite them, before them whatever else spoke against the truck. */
export function legalBasis(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const { basis: box, type } = plan;
  const labelWidth = plan.english ? 30 : 25;
  const { clauses, reasons } = record.decision;
  const other = [
    ...releaseWords(record),
    ...limitWords(record),
    ...new Set(reasons.filter(({ code }) => code !== 'overload').map(({ code }) => reasonWords(code))),
    ...attemptWords(record),
  ];
  const zh = [
    ...other,
    ...clauses.map((clause) => `${clause.source}：${clause.textZh.replace(/。$/, '')}`),
  ].join('；');
  const en = plan.english ? clauses.map((clause) => clause.textEn).join('; ') : '';
  const text: Box = { ...box, xMm: box.xMm + labelWidth, widthMm: box.widthMm - labelWidth };
  const zhHeight = en === '' ? box.heightMm : box.heightMm * 0.68;
  const look = { sizeMm: type.text, minSizeMm: type.smallest };
  const small = { sizeMm: type.label, minSizeMm: type.smallest };
  const baseline = box.yMm + type.text * 1.03;
  const zhLines = textBlock({ ...text, heightMm: zhHeight }, zh, look);
  const last = zhLines.at(-1);
  const enTop = last === undefined ? box.yMm : last.yMm + last.sizeMm * 0.5;
  return [
    textLine(box.xMm + 1, baseline, labelWidth - 2, '判定依据', { ...look, weight: 'bold' }),
    textLine(box.xMm + 1, baseline + type.text * 1.2, labelWidth - 2, 'Legal basis', small),
    ...zhLines,
    ...(en === ''
      ? []
      : textBlock({ ...text, yMm: enTop, heightMm: box.yMm + box.heightMm - enTop }, en, small)),
  ];
}
