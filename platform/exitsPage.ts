import { chineseDateTime } from '../station/chineseTime.ts';
import { exitFoundWords } from '../station/reports/words.ts';
import type { StoredExit } from './exitStore.ts';
import { escapeHtml } from './page.ts';

const explainedWords: Readonly<Record<NonNullable<StoredExit['explained']>['as'], string>> = {
  'turned-back': '车已返回场内',
  'own-vehicle': '本场车辆，未装货',
  misread: '号牌认错',
  'weighed-otherwise': '另有过磅记录',
  'no-truck': '不是货车',
  other: '其他',
};

/** Who was seen leaving the yards: those without leave first to the eye. */
export function exitsPage(rows: readonly StoredExit[]): string {
  const body = rows.map((row) => {
    const { explained } = row;
    const cells = [
      Math.abs(row.seenMs) < 8e15 ? chineseDateTime(row.seenMs) : String(row.seenMs),
      row.station,
      row.plate ?? '未识别',
      `${exitFoundWords[row.found]}${row.probably ? '（疑似）' : ''}${row.late ? ' 断线补传' : ''}`,
      row.number === null ? '' : String(row.number),
      explained === null
        ? ''
        : `${explainedWords[explained.as]}：${explained.note}（${explained.operator ?? '—'}）`,
    ];
    const pictures = row.pictures.map(
      (sha256) => `<a href="/v1/stations/${encodeURIComponent(row.station)}/pictures/${sha256}">照片</a>`,
    );
    return `<tr${row.open ? ' class="open"' : ''}>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}<td>${pictures.join(' ')}</td></tr>`;
  });
  const heads = ['出口时间', '站', '车牌', '结果', '过磅单号', '说明', ''];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>源衡 · 出口核对</title>
<style>
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem; color: #1b1f24; }
table { border-collapse: collapse; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid #d5dae0; text-align: left; font-variant-numeric: tabular-nums; }
.open td { color: #b3261e; }
</style></head>
<body><h1>出口核对</h1>
<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></body></html>
`;
}
