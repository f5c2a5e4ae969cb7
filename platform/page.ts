import type { StoredWeighing } from './store.ts';

const outcomes: Readonly<Record<string, string>> = {
  allow: '放行',
  refuse: '超限拒放',
  'cannot-decide': '不能判定',
};
const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The newest weighings of all stations, for a look with a browser. */
export function weighingsPage(rows: readonly StoredWeighing[], drill: boolean): string {
  const title = drill ? '源衡 · 演练平台' : '源衡 · 市级平台 (参考)';
  const body = rows.map((row) => {
    const cells = [
      Number.isFinite(new Date(row.timeMs).getTime()) ? clock.format(row.timeMs) : String(row.timeMs),
      row.station,
      String(row.number),
      row.plate,
      row.kind === 'tare' ? '皮重' : '毛重',
      String(row.weighedKg),
      row.netKg === null ? '' : String(row.netKg),
      row.limitKg === null ? '' : String(row.limitKg),
      row.overKg > 0 ? String(row.overKg) : '',
      row.outcome === null ? '' : (outcomes[row.outcome] ?? row.outcome),
    ];
    const mark = row.outcome === 'refuse' ? ' class="refuse"' : '';
    return `<tr${mark}>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['时间', '站', '单号', '车牌', '类型', '重量 kg', '净重 kg', '限值 kg', '超限 kg', '判定'];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
<style>
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem; color: #1b1f24; }
table { border-collapse: collapse; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid #d5dae0; text-align: left; font-variant-numeric: tabular-nums; }
.refuse td { color: #b3261e; }
</style></head>
<body><h1>${title}</h1><p>最近收到的过磅记录 (${String(rows.length)})</p>
<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></body></html>
`;
}
