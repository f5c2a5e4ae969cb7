import type { Anchor } from '../native/verify/anchors.ts';
import { readAnchors } from '../native/verify/anchors.ts';
import type { DataFault } from '../native/verify/fault.ts';
import { verifyData } from '../native/verify/verifyData.ts';
import { oneOf, readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { readKeysFile, readTextFile } from './verify.ts';
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
    values: ['anchors', 'keys', 'lang'],
    flags: ['every', 'all', 'json'],
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
  const anchors: Anchor[] = [];
  for (const file of (values.anchors ?? '').split(',').filter((name) => name !== '')) {
    const text = readTextFile(file);
    if (!text.ok) return refuse(text.error);
    const { anchors: found, unread } = readAnchors(text.value);
    if (found.length === 0) return refuse(`${shown(file)} holds no anchor`);
    anchors.push(...found);
    for (const { line } of unread) io.err(`${shown(file)}: line ${String(line)} is no anchor; passed over`);
  }
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
  return report.faults.length === 0 ? 0 : 1;
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
  const { summary, curves, pictures, anchors, anchorsLost } = report;
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
    ...keys.map(({ keyId, vouched }) => {
      const note = vouched
        ? ''
        : say(lang, ['（前一个公钥没有签署它）', ' (not vouched for by the key before it)']);
      return `${say(lang, ['公钥', 'key'])} ${keyId}${note}`;
    }),
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
