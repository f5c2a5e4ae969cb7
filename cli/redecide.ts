import { readFileSync } from 'node:fs';
import type { Rerun } from '../native/rules/redecide.ts';
import { redecide } from '../native/rules/redecide.ts';
import { chineseDateTime } from '../station/chineseTime.ts';
import type { Decision } from '../station/limits/decision.ts';
import { readRuleSet } from '../station/limits/readRuleSet.ts';
import { readRuleFileBy } from '../station/limits/ruleFile.ts';
import type { RuleSet } from '../station/limits/ruleSet.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const redecideUsage =
  'yuanheng redecide --data DIR [--rules FILE [--public BASE64]] [--json]  (exit code 0: all the same, 1: not)';

/** Makes every stored decision again and lists what differs. Reads only. Returns the exit code. */
export function runRedecide(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>): number {
  const refuse = (message: string): number => {
    io.err(`yuanheng redecide: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['data', 'rules', 'public'],
    flags: ['json', 'help'],
    maxPositionals: 0,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${redecideUsage}`);
    return 0;
  }
  if (values.data === undefined) return refuse('--data DIR is missing');
  if (values.public !== undefined && values.rules === undefined) return refuse('--public needs --rules FILE');
  const rules = values.rules === undefined ? ok(null) : readRules(values.rules, values.public);
  if (!rules.ok) return refuse(rules.error);
  const json = flags.has('json');
  const counts = { decisions: 0, same: 0, differ: 0, cannot: 0, rebuilt: 0 };
  try {
    for (const each of redecide(values.data, rules.value)) {
      count(counts, each);
      if (each.kind !== 'same') io.out(json ? JSON.stringify(each) : line(each));
    }
  } catch (problem) {
    const detail = problem instanceof Error ? shown(problem.message) : '';
    return refuse(`cannot read the store in ${shown(values.data)}: ${detail}`);
  }
  const { decisions, differ, cannot, rebuilt } = counts;
  if (json) {
    io.out(JSON.stringify(counts));
  } else {
    if (rebuilt > 0) {
      io.out(
        `${String(rebuilt)} of program 0.1, which kept no case: made again from facts, weight, day and obstacles, by weight alone`,
      );
    }
    io.out(
      `${String(decisions)} decisions, ${String(differ)} differ, ${String(cannot)} cannot be made again`,
    );
  }
  return differ + cannot === 0 ? 0 : 1;
}

function count(
  counts: { decisions: number; same: number; differ: number; cannot: number; rebuilt: number },
  each: Rerun,
): void {
  counts.decisions += 1;
  if (each.kind === 'same') counts.same += 1;
  if (each.kind === 'differs') counts.differ += 1;
  if (each.kind === 'cannot') counts.cannot += 1;
  else if (each.rebuilt) counts.rebuilt += 1;
}

function line(each: Exclude<Rerun, { kind: 'same' }>): string {
  if (each.kind === 'cannot') {
    return `${each.number === null ? '?' : String(each.number)}: cannot be made again: ${each.why}`;
  }
  const { number, plate, timeMs, was, now, changed } = each;
  const when = chineseDateTime(timeMs);
  return `${when} ${String(number)} ${plate}: was ${words(was)}; is now ${words(now)}; changed: ${changed.join(', ')}`;
}

function words({ outcome, limitKg, ruleSet, reasons }: Decision): string {
  const why = reasons.map(({ code }) => code).join(' ');
  return `${outcome} at ${limitKg === null ? '?' : String(limitKg)} kg by ${ruleSet}${why === '' ? '' : ` (${why})`}`;
}

/** A signed rule file, or a bare rule set: to see what would be, nobody has to have signed it yet. */
function readRules(file: string, publicKey: string | undefined): Result<RuleSet, string> {
  let text: string;
  let json: unknown;
  try {
    text = readFileSync(file, 'utf8');
    json = JSON.parse(text);
  } catch {
    return err(`${shown(file)} cannot be read as JSON`);
  }
  if (publicKey !== undefined) {
    const signed = readRuleFileBy(publicKey, text);
    return signed.ok ? ok(signed.value.ruleSet) : err(`${shown(file)}: ${signed.error.detail}`);
  }
  const bare: unknown = typeof json === 'object' && json !== null && 'ruleSet' in json ? json.ruleSet : json;
  const read = readRuleSet(bare);
  return read.ok ? ok(read.value.set) : err(`${shown(file)}: ${read.error}`);
}
