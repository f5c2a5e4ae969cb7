import { readFileSync } from 'node:fs';
import { redecide } from '../native/rules/redecide.ts';
import type { Decision } from '../station/limits/decision.ts';
import { readRuleFile } from '../station/limits/ruleFile.ts';
import { RuleSet } from '../station/limits/ruleSet.ts';
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
  const rules = values.rules === undefined ? ok(null) : readRules(values.rules, values.public);
  if (!rules.ok) return refuse(rules.error);
  let same = 0;
  let differ = 0;
  let cannot = 0;
  try {
    for (const each of redecide(values.data, rules.value)) {
      if (each.kind === 'same') {
        same += 1;
      } else if (each.kind === 'cannot') {
        cannot += 1;
        io.out(
          flags.has('json')
            ? JSON.stringify(each)
            : `${String(each.number)}: cannot be made again: ${each.why}`,
        );
      } else {
        differ += 1;
        io.out(
          flags.has('json')
            ? JSON.stringify(each)
            : `${String(each.number)} ${each.plate}: was ${words(each.was)}; is now ${words(each.now)}`,
        );
      }
    }
  } catch (problem) {
    return refuse(
      `cannot read the store in ${shown(values.data)}: ${problem instanceof Error ? shown(problem.message) : ''}`,
    );
  }
  const decisions = same + differ + cannot;
  io.out(
    flags.has('json')
      ? JSON.stringify({ decisions, same, differ, cannot })
      : `${String(decisions)} decisions, ${String(differ)} differ, ${String(cannot)} cannot be made again`,
  );
  return differ + cannot === 0 ? 0 : 1;
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
    const keyId = /"keyId"\s*:\s*"([A-Za-z0-9._-]{1,64})"/.exec(text)?.[1] ?? '';
    const signed = readRuleFile(text, [{ id: keyId, publicKey }]);
    return signed.ok ? ok(signed.value.ruleSet) : err(`${shown(file)}: ${signed.error.detail}`);
  }
  const bare = typeof json === 'object' && json !== null && 'ruleSet' in json ? json.ruleSet : json;
  const set = RuleSet.safeParse(bare);
  if (set.success) return ok(set.data);
  const [issue] = set.error.issues;
  return err(`${shown(file)}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
