import { bundleWords } from '../native/evidence/faultWords.ts';
import type { BundleReport, WeighingShown } from '../native/evidence/verifyBundle.ts';
import { verifyBundle } from '../native/evidence/verifyBundle.ts';
import type { Anchor } from '../station/ledger/anchor.ts';
import { readAnchor } from '../station/ledger/anchor.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { assertNever } from '../station/assertNever.ts';
import { chineseDateTime } from '../station/chineseTime.ts';
import { oneOf, readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { readKeysFile, readTextFile } from './verify.ts';
import type { Lang } from './verifyWords.ts';
import { langOf, say } from './verifyWords.ts';

/** Checks one bundle and says the first thing that does not hold. Returns the exit code. */
export async function runVerifyBundle(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  const refuse = (message: string): number => {
    io.err(`yuanheng verify bundle: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['keys', 'anchors', 'lang'],
    flags: ['json'],
    maxPositionals: 1,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  const [file] = positionals;
  if (file === undefined) return refuse('which FILE?');
  const stated = values.lang === undefined ? null : oneOf('lang', values.lang, ['zh', 'en'] as const);
  if (stated?.ok === false) return refuse(stated.error);
  const lang = langOf(values.lang, process.env.LANG);
  const keys = readKeysFile(values.keys);
  if (!keys.ok) return refuse(keys.error);
  const anchors = readAnchorFiles(values.anchors);
  if (!anchors.ok) return refuse(anchors.error);
  let verdict;
  try {
    verdict = await verifyBundle(file, keys.value, anchors.value);
  } catch (problem) {
    return refuse(`${shown(file)}: ${problem instanceof Error ? shown(problem.message) : ''}`);
  }
  if (flags.has('json')) io.out(JSON.stringify(verdict));
  switch (verdict.kind) {
    case 'fails': {
      const { part, code, detail } = verdict.fault;
      const why = detail === '' ? '' : ` (${shown(detail, 200)})`;
      if (!flags.has('json')) {
        io.out(say(lang, ['✖ 不成立', '✖ does not hold']));
        io.out(`  ${shown(part, 120)}: ${say(lang, bundleWords[code])}${why}`);
      }
      return 1;
    }
    case 'holds':
    case 'incomplete':
      if (!flags.has('json')) for (const line of reportLines(verdict.report, lang)) io.out(line);
      return verdict.kind === 'holds' ? 0 : 3;
    default:
      return assertNever(verdict);
  }
}

/** A line that is no anchor says nothing: half of one from a stick that was pulled out. */
function readAnchorFiles(paths: string | undefined): Result<readonly Anchor[], string> {
  const found: Anchor[] = [];
  for (const path of paths?.split(',') ?? []) {
    const text = readTextFile(path);
    if (!text.ok) return text;
    const anchors = text.value.split('\n').map(readAnchor);
    if (anchors.every((each) => each === null)) return err(`${shown(path)} holds no anchor`);
    found.push(...anchors.filter((each) => each !== null));
  }
  return ok(found);
}

const holds = ['✔ 成立：每一项都核对无误', '✔ holds: everything in it was checked'] as const;
const holdsInItself = [
  '✔ 包内各项一致；是否本站所签还没有核对',
  '✔ holds in itself; whether this station signed it was not checked',
] as const;

function reportLines(report: BundleReport, lang: Lang): string[] {
  const { station, stationName, mode, events, signatures, keys, missing, head, voidedSince } = report;
  const whole = missing.length === 0;
  const drill = mode === 'drill' ? say(lang, [' 演练', ' DRILL']) : '';
  return [
    whole
      ? say(lang, report.published ? holds : holdsInItself)
      : say(lang, ['◐ 现有的都成立，但缺少以下内容', '◐ what is here holds; this is missing']),
    ...missing.map((name) => `  ${name}`),
    `  ${station} ${shown(stationName)}${drill}`,
    ...report.weighings.map((each) => `  ${weighingLine(each, lang)}`),
    ...(report.moreWeighings > 0 ? [`  … ${String(report.moreWeighings)}`] : []),
    say(lang, [
      `  记录 ${String(events)} 条，签名 ${String(signatures)} 个，公钥 ${keys.map(({ keyId }) => keyId).join(' ')}`,
      `  ${String(events)} events, ${String(signatures)} signatures, keys ${keys.map(({ keyId }) => keyId).join(' ')}`,
    ]),
    ...keys
      .filter(({ vouched }) => !vouched)
      .map(({ keyId, reason }) =>
        say(lang, [
          `  注意：公钥 ${keyId} 不是由前一个公钥签署的（${reason}）`,
          `  note: key ${keyId} was not vouched for by the one before it (${reason})`,
        ]),
      ),
    report.published
      ? say(lang, ['  公钥与公布的一致', '  the keys are the published ones'])
      : say(lang, [
          '  没有与公布的公钥比对：是否本站所签还不能确定，请加 --keys',
          '  the keys were not compared with published ones: whether the station signed is not known; give --keys',
        ]),
    ...report.restores.map(({ epoch, headSequence, lostTo }) => {
      const to = lostTo === null ? '' : `–${String(lostTo.sequence)}`;
      return say(lang, [
        `  第 ${String(epoch)} 次恢复：自第 ${String(headSequence)} 条备份接续${to === '' ? '' : `，原 ${String(headSequence + 1)}${to} 条丢失`}`,
        `  put back from a backup (${String(epoch)}): goes on from event ${String(headSequence)}${to === '' ? '' : `; ${String(headSequence + 1)}${to} of before are lost`}`,
      ]);
    }),
    ...(report.anchors === 0
      ? []
      : [
          say(lang, [
            `  与外部留存点 ${String(report.anchors)} 个不矛盾`,
            `  agrees with ${String(report.anchors)} heads laid down outside`,
          ]),
        ]),
    ...voidedSince.map((number) =>
      say(lang, [
        `  注意：公布的名单里 ${String(number)} 号已作废，本包里没有`,
        `  note: weighing ${String(number)} is void by the published list; the bundle does not say so`,
      ]),
    ),
    say(lang, [
      `  截至账本第 ${String(head.sequence)} 条，${chineseDateTime(head.timeMs)}`,
      `  as of event ${String(head.sequence)} of the ledger, ${chineseDateTime(head.timeMs)}`,
    ]),
  ];
}

function weighingLine(each: WeighingShown, lang: Lang): string {
  const { number, timeMs, plate, kind, weighedKg, netKg, outcome, limitKg, voided, corrected } = each;
  const kinds = { tare: ['皮重', 'tare'], gross: ['毛重', 'gross'] } as const;
  const outcomes: Readonly<Record<string, readonly [string, string]>> = {
    allow: ['可以放行', 'may leave'],
    refuse: ['不予放行', 'refused'],
    'cannot-decide': ['无法判定', 'not decided'],
  };
  const words = [
    `${String(number)} ${chineseDateTime(timeMs)} ${shown(plate)}`,
    `${say(lang, kinds[kind])} ${String(weighedKg)} kg`,
    ...(netKg === null ? [] : [`${say(lang, ['净重', 'net'])} ${String(netKg)} kg`]),
    ...(outcome === null ? [] : [say(lang, outcomes[outcome] ?? [outcome, outcome])]),
    ...(limitKg === null ? [] : [`${say(lang, ['限值', 'limit'])} ${String(limitKg)} kg`]),
    ...(voided ? [say(lang, ['已作废', 'VOID'])] : []),
    ...(corrected ? [say(lang, ['有更正', 'corrected'])] : []),
  ];
  return words.join(' · ');
}
