import { app, safeStorage } from 'electron';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { main as Main } from '../cli/main.ts';
import type { KeySecret } from '../native/keys/keySecret.ts';
import { sealedSecretFile } from '../native/keys/keySecret.ts';
import { readSecret } from './keySecret.ts';
import { secretAnswerMs, systemStore } from './secretStore.ts';

const commandSwitch = '--command';
/** What Windows seals with, itself sealed for the account: https://www.electronjs.org/docs/latest/api/safe-storage */
const chromiumState = 'Local State';

/** What stands behind `--command`; null where a window is asked for. */
export function commandArguments(argv: readonly string[]): readonly string[] | null {
  const at = argv.indexOf(commandSwitch);
  return at === -1 ? null : argv.slice(at + 1);
}

/**
 * The `yuanheng` command by the installed program: same arguments, same output, same exit code, no window. It runs
 * beside the program that weighs and shares nothing of Chromium's with it: neither the lock that keeps a second window
 * away nor a file of the shell's. Must be called before the program is ready.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const sealedFile = sealedFileFor(args);
  try {
    const own = join(app.getPath('userData'), `command-${nameOf(sealedFile ?? '')}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    app.setPath('userData', own);
    app.setPath('sessionData', own);
    app.disableHardwareAcceleration();
    const state = sealedFile === null ? null : join(dirname(sealedFile), chromiumState);
    if (state !== null && existsSync(state)) copyFileSync(state, join(own, chromiumState));
    await app.whenReady();
    const cli = createRequire(import.meta.url)('../cli/main.cjs') as { readonly main: typeof Main };
    const code = await cli.main(args, sealedFile === null ? null : await storeSecret(sealedFile));
    await said(process.stdout);
    await said(process.stderr);
    app.exit(code);
  } catch (problem) {
    console.error(`yuanheng: ${problem instanceof Error ? problem.message : String(problem)}`);
    app.exit(1);
  }
}

/** Commands on the records of two stations at once keep their Chromium files apart, too. */
function nameOf(sealedFile: string): string {
  return createHash('sha256').update(sealedFile).digest('hex').slice(0, 8);
}

/** The sealed secret of the records the command is about; null where it names none, or they have none. */
function sealedFileFor(args: readonly string[]): string | null {
  const at = args.findIndex((word) => word === '--data' || word.startsWith('--data='));
  const word = args[at] ?? '';
  const named = word === '--data' ? args[at + 1] : word.slice('--data='.length);
  if (at === -1 || named === undefined || named === '') return null;
  const dir = resolve(named);
  // A drill lies within the records of its station.
  return [dir, dirname(dir)].map(sealedSecretFile).find((file) => existsSync(file)) ?? null;
}

async function storeSecret(sealedFile: string): Promise<KeySecret> {
  const secret = await readSecret({
    store: systemStore(safeStorage, process.platform, secretAnswerMs),
    sealedFile,
    keyDirs: [],
    environment: process.env,
    log: (line) => {
      console.error(line);
    },
  });
  return secret === null
    ? { kind: 'closed', detail: 'the system’s secret store does not open' }
    : { kind: 'open', place: 'os-store', secret };
}

/** A pipe takes what is left only while the process lives. */
function said(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    stream.write('', () => {
      done();
    });
  });
}
