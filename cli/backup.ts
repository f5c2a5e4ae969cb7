import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemTimers } from '../native/city/timers.ts';
import { systemClock } from '../native/clock.ts';
import type { MadeBackup } from '../native/copies/backup.ts';
import { makeBackup } from '../native/copies/backup.ts';
import { problemText } from '../native/copies/place.ts';
import { knownSigner } from '../native/keys/keyRing.ts';
import { openExistingKey } from '../native/keys/stationKey.ts';
import { knownSecret } from '../native/keys/keySecret.ts';
import { lockStore } from '../native/store/database.ts';
import { clockBehindMs } from '../native/store/ledgerStore.ts';
import type { Stores } from '../native/store/stores.ts';
import { openStores } from '../native/store/stores.ts';
import type { Signer } from '../station/ledger/signing.ts';
import type { Result } from '../station/result.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const backupUsage =
  'yuanheng backup --data DIR --to PLACE [--config FILE] [--keep N] [--json]  (while the station runs, or not)';

const keepDefault = 14;

/** Makes one backup, whether the station runs or not. Returns the exit code. */
export async function runBackup(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err' | 'signal'>,
  secret: string | null = knownSecret(),
): Promise<number> {
  const refuse = (message: string, code = 2): number => {
    io.err(`yuanheng backup: ${message}`);
    return code;
  };
  const read = readArguments(args, {
    values: ['data', 'to', 'config', 'keep'],
    flags: ['json', 'help'],
    maxPositionals: 0,
  });
  if (!read.ok) return refuse(read.error);
  const { values, flags } = read.value;
  if (flags.has('help')) {
    io.out(`usage: ${backupUsage}`);
    return 0;
  }
  const { data, to } = values;
  if (data === undefined) return refuse('--data DIR is missing');
  if (to === undefined) return refuse('--to PLACE is missing');
  const keep = wholeNumber('keep', values.keep ?? String(keepDefault), 1, 365);
  if (!keep.ok) return refuse(keep.error);
  if (!existsSync(join(data, 'yuanheng.db'))) return refuse(`there is no store in ${data}`);
  try {
    const made = await backUp({
      data,
      place: to,
      keep: keep.value,
      settingsFile: values.config ?? join(data, 'config.json'),
      stopped: io.signal,
      secret,
    });
    if (!made.result.ok) return refuse(`not made: ${problemText(made.result.error)}`, 1);
    say(io, made.result.value, made.recorded, flags.has('json'));
    return 0;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem), 1);
  }
}

interface Asked {
  readonly data: string;
  readonly place: string;
  readonly keep: number;
  readonly settingsFile: string;
  readonly stopped: AbortSignal;
  /** Of the station's key, which signs the backup and that it was made; null where this account has none. */
  readonly secret: string | null;
}

async function backUp(
  asked: Asked,
): Promise<{ result: Result<MadeBackup, Parameters<typeof problemText>[0]>; recorded: boolean }> {
  const own = isRunning(asked.data) ? null : openHere(asked);
  // A running station keeps writing: one snapshot is read from beginning to end.
  const db = own?.db ?? new Database(join(asked.data, 'yuanheng.db'), { readonly: true, timeout: 5000 });
  try {
    const { station, mode } = identityOf(db);
    if (own === null) {
      db.exec('BEGIN');
      db.prepare('SELECT count(*) FROM meta').get();
    }
    const { data: dir, place, keep, settingsFile, stopped } = asked;
    const signer = keyInHand(asked);
    const behindMs = Math.round(clockBehindMs(db, Date.now()));
    const result = await makeBackup(
      { db, dir, settingsFile, station, mode },
      { place, keep, nowMs: Date.now, clockBehindMs: behindMs, timers: systemTimers, signer, stopped },
    );
    own?.ledger.append(() =>
      result.ok
        ? {
            type: 'backup-made',
            body: {
              place: place.slice(0, 512),
              headSequence: result.value.manifest.headSequence,
              headHash: result.value.manifest.headHash,
              bytes: result.value.bytesWritten,
              pictures: result.value.manifest.pictures,
              clockBehindMs: behindMs,
            },
          }
        : {
            type: 'backup-failed',
            body: { place: place.slice(0, 512), problem: problemText(result.error) },
          },
    );
    return { result, recorded: own !== null };
  } finally {
    if (own === null) db.close();
    else own.close();
  }
}

/** A station holds its store for itself; whoever can take it finds none running. */
function isRunning(dir: string): boolean {
  try {
    lockStore(dir).release();
    return false;
  } catch {
    return true;
  }
}

function openHere(asked: Asked): Stores {
  const { data: dir } = asked;
  const probe = new Database(join(dir, 'yuanheng.db'), { readonly: true });
  const identity = identityOf(probe);
  probe.close();
  const stores = openStores(dir, identity, systemClock(), true);
  // A signature of a key that the ledger does not know as its own would make the whole ledger not hold.
  stores.ledger.signWith(knownSigner(stores, keyInHand(asked)));
  return stores;
}

function keyInHand({ data: dir, secret }: Asked): Signer | null {
  const key = secret === null ? null : openExistingKey(dir, secret);
  return key?.ok === true ? key.value : null;
}

function identityOf(db: Database.Database): { station: string; mode: 'real' | 'drill' } {
  const read = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  return { station: String(read.get('station')), mode: read.get('mode') === 'drill' ? 'drill' : 'real' };
}

function say(io: Pick<CommandIo, 'out'>, made: MadeBackup, recorded: boolean, json: boolean): void {
  const { manifest, folder, picturesCopied, picturesMissing } = made;
  if (json) {
    io.out(JSON.stringify({ folder, ...manifest, picturesCopied, picturesMissing, recorded }));
    return;
  }
  io.out(`备份完成 Backup made: ${folder}`);
  io.out(
    `  up to event ${String(manifest.headSequence)}, weighing ${String(manifest.number)}; ` +
      `${(manifest.bytes / 1_000_000).toFixed(1)} MB, ${String(picturesCopied)} new pictures of ${String(manifest.pictures)}; chain checked`,
  );
  if (picturesMissing > 0)
    io.out(`  照片缺失 ${String(picturesMissing)} pictures that records name are missing or damaged`);
  if (manifest.clockBehindMs > 0)
    io.out(
      '  电脑时钟比账本里的时间慢，备份上已注明 the clock stands behind the ledger: marked on the backup',
    );
  if (manifest.signed === null)
    io.out('  没有签名 not signed: no key here that the ledger knows as the one in use');
  if (!recorded) io.out('  the station is running: this copy is not noted in its ledger');
}
