import { passageDetail } from '../native/desk/passageDetail.ts';
import { storedRuleSets } from '../native/rules/storedRuleSets.ts';
import { openRecords } from '../native/store/records.ts';
import { traceAround, findTrace } from '../native/trace/trace.ts';
import { chineseDateTime } from '../station/chineseTime.ts';
import type { TraceHit, TraceQuery } from '../station/contract.ts';
import { foundByWords, outcomeWords, recheckWords } from '../station/reports/words.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const traceUsage =
  'yuanheng trace --data DIR (--plate TEXT | --slip TEXT | --driver NAME | --consignee NAME) [--at "YYYY-MM-DD hh:mm"] [--hours N] [--exact] [--json]  (exit code 0: found, 1: nothing found)';

const kinds = ['plate', 'slip', 'driver', 'consignee'] as const;
const hourMs = 3_600_000;

/** 倒查 from the command line, beside a running station; reads only. Returns the exit code. */
export function runTrace(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>): number {
  const refuse = (message: string): number => {
    io.err(`yuanheng trace: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['data', ...kinds, 'at', 'hours'],
    flags: ['exact', 'json', 'help'],
    maxPositionals: 0,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${traceUsage}`);
    return 0;
  }
  if (values.data === undefined) return refuse('--data DIR is missing');
  const [by, ...more] = kinds.filter((kind) => values[kind] !== undefined);
  if (by === undefined || more.length > 0) return refuse('one of --plate, --slip, --driver, --consignee');
  const hours = wholeNumber('hours', values.hours ?? '24', 0, 50_000);
  if (!hours.ok) return refuse(hours.error);
  const atMs = values.at === undefined ? ok(null) : readChineseTime(values.at);
  if (!atMs.ok) return refuse(atMs.error);
  const query: TraceQuery = {
    ...{ by, text: values[by] ?? '', atMs: atMs.value, windowMs: hours.value * hourMs },
    near: !flags.has('exact'),
  };
  try {
    return answer(values.data, query, flags.has('json'), io);
  } catch (problem) {
    const detail = problem instanceof Error ? shown(problem.message) : '';
    return refuse(`cannot read the store in ${shown(values.data)}: ${detail}`);
  }
}

function answer(dir: string, query: TraceQuery, json: boolean, io: Pick<CommandIo, 'out'>): number {
  const records = openRecords(dir);
  try {
    const { stationId } = records;
    const { hits, more } = findTrace(records, query, stationId);
    const ruleSetOf = storedRuleSets(records.db);
    for (const hit of hits) {
      const around = traceAround(records, { id: stationId, name: stationId }, hit.number, ruleSetOf);
      const detail = passageDetail(records, hit.number);
      if (json) {
        io.out(
          JSON.stringify({
            hit,
            around: around.ok ? around.value : { error: around.error },
            passage: detail.ok ? detail.value : { error: detail.error },
          }),
        );
      } else {
        const checked = around.ok ? recheckWords(around.value.check).join('，') : around.error.detail;
        io.out(`${line(hit)} ${checked}`);
      }
    }
    if (!json) io.out(`${String(hits.length)} passages${more ? ' and more: narrow the question' : ''}`);
    return hits.length === 0 ? 1 : 0;
  } finally {
    records.close();
  }
}

function line(hit: TraceHit): string {
  const words = [
    chineseDateTime(hit.timeMs),
    hit.displayNumber,
    hit.plateNow === null ? hit.plate : `${hit.plate}→${hit.plateNow}`,
    foundByWords[hit.how],
    hit.outcome === null ? hit.kind : outcomeWords[hit.outcome],
    `${String(hit.weighedKg)} kg`,
    hit.voided ? '已作废' : '',
    hit.goods ?? '',
    hit.consignee ?? '',
    hit.driver ?? '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** `2026-11-23 14:05`, or a day alone: its noon. Chinese time, whatever zone the computer is in. */
export function readChineseTime(text: string): Result<number, string> {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  const [, day = '', hour = '12', minute = '00', second = '00'] = parts ?? [];
  const atMs = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`);
  return parts === null || Number.isNaN(atMs)
    ? err(`--at is not "YYYY-MM-DD hh:mm": ${shown(text)}`)
    : ok(atMs);
}
