import { readFileSync } from 'node:fs';
import { nodeChecker } from '../native/keys/checker.ts';
import { chineseDateTime } from '../station/chineseTime.ts';
import type { PublishedKeys } from '../station/ledger/publishedKeys.ts';
import { readPublishedKeys } from '../station/ledger/publishedKeys.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import type { SlipVerdict } from '../station/slips/slipVerdict.ts';
import { verdictOfSlip } from '../station/slips/slipVerdict.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const verifySlipUsage =
  'yuanheng verify slip TEXT|- --keys FILE[,FILE…] [--json]  (exit code 0: genuine and valid, 1: anything else)';

const words: Readonly<Record<SlipVerdict['kind'], string>> = {
  genuine: '✔ 真实有效 genuine and valid',
  expired: '⌛ 真实，但已过有效期 genuine, no longer valid',
  voided: '✖ 已作废 voided by the station',
  altered: '✖ 被改动过，或不是本站开的 altered, or not from this station',
  'revoked-key': '✖ 用已吊销的密钥签名 signed with a revoked key',
  'unknown-station': '? 没有这个站的公钥 no published keys of this station',
  drill: '✖ 演练单，不具效力 from a drill: not valid',
  'not-a-slip': '? 不是装载单的二维码 not the code of a slip',
};

/** Checks the text of a paper's code. Returns the exit code. */
export function runVerifySlip(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  nowMs: number,
): number {
  const refuse = (message: string): number => {
    io.err(`yuanheng verify slip: ${message}`);
    return 2;
  };
  const read = readArguments(args, { values: ['keys'], flags: ['json', 'help'], maxPositionals: 1 });
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${verifySlipUsage}`);
    return 0;
  }
  const [given] = positionals;
  if (given === undefined) return refuse('which TEXT?');
  if (values.keys === undefined) return refuse('--keys FILE is missing: the published keys of the station');
  const keys = readKeys(values.keys.split(','));
  if (!keys.ok) return refuse(keys.error);
  const text = given === '-' ? readFileSync(0, 'utf8') : given;
  const verdict = verdictOfSlip(text, keys.value, nowMs, nodeChecker);
  if (flags.has('json')) io.out(JSON.stringify(verdict));
  else for (const line of linesOf(verdict)) io.out(line);
  return verdict.kind === 'genuine' ? 0 : 1;
}

function readKeys(files: readonly string[]): Result<readonly PublishedKeys[], string> {
  const all: PublishedKeys[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return err(`${shown(file)} cannot be read`);
    }
    const keys = readPublishedKeys(text, nodeChecker);
    if (!keys.ok) return err(`${shown(file)}: ${keys.error}`);
    all.push(keys.value);
  }
  return ok(all);
}

function linesOf(verdict: SlipVerdict): string[] {
  const lines = [words[verdict.kind]];
  if (verdict.kind === 'not-a-slip') return lines;
  const { slip } = verdict;
  const kg = (value: number | null): string => (value === null ? '—' : `${String(value)} kg`);
  lines.push(
    `  ${shown(slip.plate)} · ${slip.axles === null ? '—' : String(slip.axles)} 轴 axles · 毛重 gross ${kg(slip.grossKg)} · 限值 limit ${kg(slip.limitKg)} · 净重 net ${kg(slip.netKg)}`,
    `  ${shown(slip.station)} ${String(slip.number)} · ${chineseDateTime(slip.timeMs)} · ${String(slip.validHours)} h`,
  );
  if (verdict.kind === 'voided') lines.push(`  作废于 voided ${chineseDateTime(verdict.voidedMs)}`);
  if (verdict.kind === 'genuine' || verdict.kind === 'voided')
    lines.push(`  作废名单截至 voids known until ${chineseDateTime(verdict.voidsKnownMs)}`);
  if (verdict.kind === 'genuine' || verdict.kind === 'expired')
    lines.push(`  按本机时钟 by this computer’s clock ${chineseDateTime(verdict.checkedMs)}`);
  if (verdict.kind === 'genuine') {
    if (verdict.listIsOlder)
      lines.push(
        '  ! 作废名单早于此单 the list of voids is older than this slip: whether it was voided is not known',
      );
    if (verdict.clockIsBehind)
      lines.push(
        '  ! 此单晚于本机时钟 the slip is from after this computer’s clock: the hours cannot be told',
      );
    lines.push('  一张单可能被两车出示：核对车牌 one paper may be shown by two trucks: compare the plate');
  }
  return lines;
}
