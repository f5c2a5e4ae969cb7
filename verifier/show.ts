import type { SlipVerdict } from '../station/slips/slipVerdict.ts';
import { notes, saidOf, twoTrucks } from './words.ts';

const zoneMs = 8 * 3_600_000;

export function chinaTime(timeMs: number): string {
  return new Date(timeMs + zoneMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** Puts a verdict on the page: the plate largest, then what the paper says. */
export function show(into: HTMLElement, verdict: SlipVerdict): void {
  const { mark, zh, en, tone } = saidOf(verdict);
  into.className = tone;
  into.replaceChildren(element('h2', `${mark} ${zh}`), element('p', en));
  if (verdict.kind === 'not-a-slip') return;
  const { slip } = verdict;
  into.append(element('p', slip.plate, 'plate'));
  const list = document.createElement('dl');
  const row = (name: string, value: string | null): void => {
    list.append(element('dt', name), element('dd', value ?? '—'));
  };
  const kg = (value: number | null): string | null => (value === null ? null : `${String(value)} kg`);
  row('轴数 Axles', slip.axles === null ? null : String(slip.axles));
  row('毛重 Gross', kg(slip.grossKg));
  row('限值 Limit', kg(slip.limitKg));
  row('皮重 Tare', kg(slip.tareKg));
  row('净重 Net', kg(slip.netKg));
  row('货物 Goods', slip.goods);
  row('过磅时间 Weighed', chinaTime(slip.timeMs));
  row('有效至 Valid until', chinaTime(slip.timeMs + slip.validHours * 3_600_000));
  row('站点 Station', 'stationName' in verdict ? `${verdict.stationName} (${slip.station})` : slip.station);
  row('编号 No.', `${String(slip.number)}${slip.copy > 1 ? ` · 第 ${String(slip.copy)} 联 copy` : ''}`);
  if (verdict.kind === 'voided') row('作废时间 Voided', chinaTime(verdict.voidedMs));
  if (verdict.kind === 'genuine' || verdict.kind === 'voided')
    row('作废名单截至 Voids known until', chinaTime(verdict.voidsKnownMs));
  if (verdict.kind === 'genuine' || verdict.kind === 'expired')
    row('按本机时钟 By this device’s clock', chinaTime(verdict.checkedMs));
  into.append(list);
  if (verdict.kind === 'genuine') {
    for (const name of ['listIsOlder', 'clockIsBehind'] as const)
      if (verdict[name]) into.append(element('p', `${notes[name].zh} ${notes[name].en}`, 'hint'));
  }
  into.append(element('p', `${twoTrucks.zh} ${twoTrucks.en}`, 'hint'));
}

export function element(tag: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}
