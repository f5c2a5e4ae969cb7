import { chineseDateTime } from '../station/chineseTime.ts';
import { escapeHtml } from './page.ts';
import { parseJson } from './checks.ts';
import type { StoredTrace } from './traceStore.ts';

const signatureWords = { holds: '签名有效', wrong: '签名不符', 'unknown-key': '密钥不明' } as const;

/** What was asked of the stations, and what they answered. */
export function tracesPage(traces: readonly StoredTrace[]): string {
  const body = traces.map((trace) => {
    const { question, answer, signature } = trace;
    const head = [
      trace.station,
      `${question.by} ${question.text}`,
      question.atMs === null ? '任何时间' : chineseDateTime(question.atMs),
      answer === null || signature === null ? '等待回答' : signatureWords[signature],
    ];
    const passages = answer === null ? [] : passagesOf(answer.answer);
    const rows = passages.map(
      (cells) => `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
    );
    return `<section><h2>${escapeHtml(head.join(' · '))}</h2><table>${rows.join('')}</table></section>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>源衡 · 倒查</title>
<style>
body { font: 15px/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem; color: #1b1f24; }
h2 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
table { border-collapse: collapse; }
td { padding: .2rem .8rem; border-bottom: 1px solid #d5dae0; font-variant-numeric: tabular-nums; }
</style></head><body><h1>倒查</h1>${body.join('\n')}</body></html>
`;
}

/** A station is a stranger: what of its answer is not as expected is left out. */
function passagesOf(text: string): readonly (readonly string[])[] {
  const json = parseJson(text);
  const list: unknown = typeof json === 'object' && json !== null && 'passages' in json ? json.passages : [];
  if (!Array.isArray(list)) return [];
  return list.slice(0, 50).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const fields = each as Readonly<Record<string, unknown>>;
    const word = (name: string): string => {
      const value = fields[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    const timeMs = fields.timeMs;
    const isTime = typeof timeMs === 'number' && Math.abs(timeMs) < 8e15;
    return [
      [
        isTime ? chineseDateTime(timeMs) : '',
        ...['displayNumber', 'plate', 'plateNow', 'goods', 'consignee', 'driver'].map(word),
        `${word('weighedKg')} kg`,
        word('outcome'),
        word('how'),
      ],
    ];
  });
}
