import { join } from 'node:path';
import { chineseDateTime } from '../station/chineseTime.ts';
import type { KnownKey } from '../station/ledger/keyHistory.ts';
import type { DataFault } from '../native/verify/fault.ts';
import { verifyData } from '../native/verify/verifyData.ts';
import { gatherAnchors } from './anchorSources.ts';
import { oneOf, readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { readKeysFile } from './verify.ts';
import type { Lang } from './verifyWords.ts';
import { dataWords, langOf, say } from './verifyWords.ts';

const eventsAProgressLine = 250_000;

/** Checks a whole store and says the first thing, or all, that does not hold. Returns the exit code. */
export async function runVerifyData(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  const refuse = (message: string): number => {
    io.err(`yuanheng verify data: ${message}`);
    return 2;
  };
  const read = readArguments(args, {
    values: ['anchors', 'head', 'config', 'keys', 'lang'],
    flags: ['every', 'all', 'json', 'platform'],
    maxPositionals: 1,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  const [dir] = positionals;
  if (dir === undefined) return refuse('which DIR?');
  const stated = values.lang === undefined ? null : oneOf('lang', values.lang, ['zh', 'en'] as const);
  if (stated?.ok === false) return refuse(stated.error);
  const lang = langOf(values.lang, process.env.LANG);
  const keys = readKeysFile(values.keys);
  if (!keys.ok) return refuse(keys.error);
  const outside = await gatherAnchors(
    {
      dir,
      files: (values.anchors ?? '').split(',').filter((name) => name !== ''),
      printed: values.head,
      config: values.config ?? join(dir, 'config.json'),
      askPlatform: flags.has('platform'),
    },
    io.err,
  );
  if (!outside.ok) return refuse(outside.error);
  const { anchors, silent } = outside.value;
  for (const place of silent)
    io.err(`${say(lang, ['锚点没有核对', 'not compared, not there'])}: ${shown(place, 200)}`);
  let told = 0;
  const report = await verifyData({
    dir,
    every: flags.has('every'),
    all: flags.has('all'),
    anchors,
    published: keys.value,
    onProgress: ({ stage, done, of }) => {
      if (stage !== 'ledger' || done < told + eventsAProgressLine) return;
      told = done;
      io.err(`${String(done)} / ${String(of)}`);
    },
  });
  if (flags.has('json')) io.out(JSON.stringify(report));
  else {
    for (const fault of report.faults) io.out(`✖ ${faultLine(fault, lang)}`);
    if (report.faults.length === 0) io.out(say(lang, ['✔ 成立', '✔ holds']));
    for (const line of summaryLines(report, keys.value !== null, lang)) io.out(`  ${line}`);
  }
  if (report.faults.length > 0) return 1;
  // Who asked the platform and had no answer does not know what he wanted to know.
  return flags.has('platform') && silent.some((place) => !place.endsWith('.jsonl')) ? 3 : 0;
}

function faultLine({ code, sequence, detail }: DataFault, lang: Lang): string {
  const where =
    sequence === null ? '' : `${say(lang, ['第', 'event'])} ${String(sequence)}${say(lang, [' 条', ''])}: `;
  return `${where}${say(lang, dataWords[code])}${detail === '' ? '' : ` (${shown(detail, 200)})`}`;
}

function summaryLines(
  report: Awaited<ReturnType<typeof verifyData>>,
  published: boolean,
  lang: Lang,
): string[] {
  const { summary, curves, pictures, anchors, anchorsLost, restores } = report;
  if (summary === null) return [];
  const { station, events, weighings, head, keys, signaturesChecked } = summary;
  return [
    say(lang, [
      `${station}：记录 ${String(events)} 条，过磅 ${String(weighings)} 次，曲线 ${String(curves)} 条，照片 ${String(pictures)} 张，核对签名 ${String(signaturesChecked)} 个`,
      `${station}: ${String(events)} events, ${String(weighings)} weighings, ${String(curves)} curves, ${String(pictures)} pictures, ${String(signaturesChecked)} signatures checked`,
    ]),
    say(lang, [
      `末尾第 ${String(head.sequence)} 条 ${head.hash}`,
      `head ${String(head.sequence)} ${head.hash}`,
    ]),
    ...keys.map((key) => keyLine(key, lang)),
    ...(restores === 0
      ? []
      : [
          say(lang, [`恢复过备份 ${String(restores)} 次`, `a backup was put back ${String(restores)} times`]),
        ]),
    anchors === 0
      ? say(lang, [
          '没有外部留存点：末尾被删去的记录看不出来，请加 --anchors',
          'no anchors given: records cut off at the end would not show; give --anchors',
        ])
      : say(lang, [
          `外部留存点 ${String(anchors)} 个，其中 ${String(anchorsLost)} 个属于恢复备份时放弃的分支`,
          `${String(anchors)} anchors, ${String(anchorsLost)} of a branch given up when a backup was restored`,
        ]),
    ...(published
      ? []
      : [
          say(lang, [
            '没有与公布的公钥比对：整本重写看不出来，请加 --keys',
            'keys not compared with published ones: a ledger rewritten whole would not show; give --keys',
          ]),
        ]),
  ];
}

function keyLine(
  { keyId, vouched, fromSequence, untilSequence, revokedSinceMs }: KnownKey,
  lang: Lang,
): string {
  const from = String(fromSequence);
  const until = untilSequence === null ? '' : String(untilSequence);
  const since = revokedSinceMs === null ? '' : chineseDateTime(revokedSinceMs);
  return [
    say(lang, [`公钥 ${keyId}，从第 ${from} 条起`, `key ${keyId}, from event ${from} on`]),
    vouched ? '' : say(lang, ['（前一个公钥没有签署它）', ' (not vouched for by the key before it)']),
    until === '' ? '' : say(lang, [`，第 ${until} 条起更换`, `, replaced from event ${until} on`]),
    since === '' ? '' : say(lang, [`，${since} 起吊销`, `, revoked since ${since}`]),
  ].join('');
}
