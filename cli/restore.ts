import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemTimers } from '../native/city/timers.ts';
import { anchorPath, readAnchorFile } from '../native/copies/anchorFile.ts';
import type { FoundBackup } from '../native/copies/backupFolder.ts';
import { listBackups, manifestName, readManifest } from '../native/copies/backupFolder.ts';
import type { BackupKeyProblem } from '../native/copies/backupKey.ts';
import { namesIn } from '../native/copies/copyPictures.ts';
import { platformHeadOf } from '../native/copies/platformHead.ts';
import type { Restored, RestoreProblem, Witness } from '../native/copies/restore.ts';
import { backupWitness, restore, settingsTextOf } from '../native/copies/restore.ts';
import { knownSecret } from '../native/keys/keySecret.ts';
import { Settings } from '../native/settings.ts';
import { assertNever } from '../station/assertNever.ts';
import { chineseDateTime } from '../station/chineseTime.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { readKeysFile } from './verify.ts';

export const restoreUsage =
  'yuanheng restore --from PLACE --data DIR [--anchors FILE]… [--keys FILE] [--last-number N] [--accept-loss] [--accept-unsigned]';

/** Puts a backup in the place of a lost store. Returns the exit code: 3 when something newer would be lost. */
export async function runRestore(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err' | 'env'>,
  secret: string | null = knownSecret(),
): Promise<number> {
  const refuse = (message: string, code = 2): number => {
    io.err(`yuanheng restore: ${message}`);
    return code;
  };
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        from: { type: 'string' },
        data: { type: 'string' },
        anchors: { type: 'string', multiple: true, default: [] },
        'last-number': { type: 'string' },
        keys: { type: 'string' },
        'accept-unsigned': { type: 'boolean', default: false },
        'accept-loss': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (problem) {
    return refuse(problem instanceof Error ? (problem.message.split('\n')[0] ?? '') : String(problem));
  }
  if (values.help) {
    io.out(`usage: ${restoreUsage}`);
    return 0;
  }
  const { from, data } = values;
  if (from === undefined) return refuse('--from PLACE is missing');
  if (data === undefined) return refuse('--data DIR is missing');
  const seen = values['last-number'];
  const lastNumber = seen === undefined ? null : wholeNumber('last-number', seen, 0, 999_999_999);
  if (lastNumber !== null && !lastNumber.ok) return refuse(lastNumber.error);
  const published = readKeysFile(values.keys);
  if (!published.ok) return refuse(published.error);
  try {
    const { backup, beside } = await find(from);
    if (backup === null) return refuse(`没有找到备份 no backup of one station in ${from}`, 1);
    const witnesses = await gather(backup, beside, values.anchors, data, io);
    const restored = await restore({
      backup,
      dataDir: data,
      witnesses,
      acceptLoss: values['accept-loss'],
      acceptUnsigned: values['accept-unsigned'],
      published: published.value,
      lastNumber: lastNumber?.value ?? null,
      keySecret: secret,
    });
    if (!restored.ok)
      return refuse(problemWords(restored.error), restored.error.kind === 'would-lose' ? 3 : 1);
    say(io, restored.value, backup, data);
    return 0;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem), 1);
  }
}

/** `from` is one backup, a station's folder of backups, or the place that holds it. */
async function find(from: string): Promise<{ backup: FoundBackup | null; beside: readonly FoundBackup[] }> {
  const manifest = await readManifest(from);
  if (manifest !== null) {
    const backup = { folder: from, manifest };
    return { backup, beside: await listBackups(dirname(from)) };
  }
  const direct = await listBackups(from);
  if (direct.length > 0) return { backup: direct[0] ?? null, beside: direct };
  const stations = (await namesIn(from)).filter((name) => name.startsWith('yuanheng-'));
  const lists = await Promise.all(stations.map((name) => listBackups(join(from, name))));
  const filled = lists.filter((list) => list.length > 0);
  // Of several stations none is chosen for the person.
  const [only, other] = filled;
  return only === undefined || other !== undefined
    ? { backup: null, beside: [] }
    : { backup: only[0] ?? null, beside: only };
}

async function gather(
  backup: FoundBackup,
  beside: readonly FoundBackup[],
  files: readonly string[],
  data: string,
  io: Pick<CommandIo, 'err' | 'env'>,
): Promise<Witness[]> {
  const { station } = backup.manifest;
  const own = basename(backup.folder);
  const witnesses = beside.filter(({ folder }) => basename(folder) !== own).map(backupWitness);
  const settings = readSettingsText(settingsTextOf(backup));
  // Where the papers outlived the store, the heads their shift reports print did, too.
  const printed = anchorPath(join(data, 'papers'), station);
  const configured = (settings?.copies.anchors ?? []).map(({ path }) => anchorPath(path, station));
  for (const file of new Set([...files, ...configured, ...(existsSync(printed) ? [printed] : [])])) {
    const anchors = await readAnchorFile(file).catch(() => null);
    if (anchors === null) {
      if (files.includes(file)) throw new Error(`${file}: no anchor file`);
      io.err(`锚点没有核对 not compared, not there: ${file}`);
      continue;
    }
    witnesses.push({
      name: file,
      hear: (heard) => {
        heard.hearAnchors(file, anchors);
      },
    });
  }
  const platform = settings?.platform ?? null;
  if (platform !== null) {
    const token = platform.tokenVariable === null ? null : (io.env[platform.tokenVariable] ?? null);
    const head = await platformHeadOf({ baseUrl: platform.url, stationId: station, token }, systemTimers)();
    if (head === 'silent') io.err(`市平台没有核对 not compared, no answer: ${platform.url}`);
    else
      witnesses.push({
        name: platform.url,
        hear: (heard) => {
          heard.hear(platform.url, head === null ? [] : [head]);
        },
      });
  }
  return witnesses;
}

function readSettingsText(text: string | null): Settings | null {
  if (text === null) return null;
  try {
    const parsed = Settings.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function problemWords(problem: RestoreProblem): string {
  switch (problem.kind) {
    case 'store-exists':
      return [
        `${problem.dir} 里已有记录，不覆盖；先把 yuanheng.db、yuanheng.db-wal、yuanheng.db-shm 移到别处，shell 文件夹不要动（本机开启密钥的口令在里面）`,
        `  holds a store already: move it aside first, these three files; leave the folder shell, this computer's secret of the key lies in it`,
      ].join('\n');
    case 'backup-broken':
      return `备份校验不通过，没有采用 the backup does not check out: ${problem.detail}`;
    case 'backup-key':
      return keyWords(problem.problem);
    case 'would-lose': {
      const { found, manifest } = problem;
      const events = `${String(found.sharedSequence + 1)}–${String(found.known.sequence)}`;
      const times = `${chineseDateTime(manifest.headTimeMs)} – ${chineseDateTime(found.known.timeMs)}`;
      const numbers =
        found.known.number === null || found.known.number <= manifest.number
          ? ''
          : `; weighings 过磅 ${String(manifest.number + 1)}–${String(found.known.number)}`;
      return [
        `有更新的记录，恢复这份备份会丢失 something newer existed; this backup would lose`,
        `  events 第 ${events} 条 (${times})${numbers}, known from ${found.place}`,
        `  先找更新的备份；确实没有，再加 --accept-loss. Look for a newer backup; if there is none, add --accept-loss.`,
      ].join('\n');
    }
    default:
      return assertNever(problem);
  }
}

function keyWords(problem: BackupKeyProblem): string {
  switch (problem.kind) {
    case 'unknown':
      return `备份由账本不认识的密钥签名，没有采用 signed by key ${problem.keyId}, which the ledger in it does not know`;
    case 'replaced':
      return `备份由已更换的密钥签名，没有采用 signed by key ${problem.keyId}, which had been replaced by then`;
    case 'revoked':
      return `备份由已吊销的密钥签名，没有采用 signed by key ${problem.keyId}, which was revoked by then`;
    case 'changed':
      return `备份说明被改过，没有采用 ${manifestName} was changed: the signature of key ${problem.keyId} does not hold`;
    case 'not-published':
      return `账本里的密钥不在公布的公钥里，没有采用 key ${problem.keyId} of the ledger in it is not published`;
    case 'unsigned':
      return [
        `末尾 ${String(problem.events)} 条没有任何密钥签名，没有采用 no key signed the last ${String(problem.events)} events, from ${String(problem.fromSequence)} on`,
        `  密钥打不开时做的备份会这样；确认来历后加 --accept-unsigned. A station whose key did not open leaves such a backup; where you know that, add --accept-unsigned.`,
      ].join('\n');
    default:
      return assertNever(problem);
  }
}

function say(io: Pick<CommandIo, 'out'>, restored: Restored, backup: FoundBackup, data: string): void {
  const { manifest, lost, nextNumber, signs, pictures, picturesMissing, settingsRestored } = restored;
  io.out(`恢复完成 Restored ${manifest.station} from ${backup.folder} to ${data}`);
  io.out(
    `  up to event ${String(manifest.headSequence)} (${chineseDateTime(manifest.headTimeMs)}); every signature checked`,
  );
  if (manifest.clockBehindMs > 0)
    io.out(
      '  备份时电脑时钟不对，时间仅供参考 made while the clock stood behind: its time is not to be relied on',
    );
  io.out(`  下一个编号 next weighing number: ${String(nextNumber)}`);
  if (lost !== null)
    io.out(
      `  丢失 lost, and written into the ledger: events ${String(lost.sharedSequence + 1)}–${String(lost.known.sequence)}`,
    );
  io.out(`  照片 pictures: ${String(pictures.copied)}`);
  if (picturesMissing > 0) io.out(`  缺失 missing pictures: ${String(picturesMissing)}`);
  if (!settingsRestored) io.out('  config.json was there already and stayed');
  if (signs === 'unknown')
    io.out(
      '  备份里的密钥文件不是账本认的那一个，没有用它签名；由负责人启用新密钥后才能判定 the key file in the backup is not the one the ledger knows: it signed nothing, and the manager introduces a new one before anything is decided',
    );
  if (signs === 'closed')
    io.out(
      '  这台电脑打不开原来的签名密钥，由负责人启用新密钥后才能判定 this computer cannot open the key: the manager introduces a new one before anything is decided',
    );
  if (!existsSync(join(data, 'config.json'))) io.out('  no settings in the backup: write config.json');
}
