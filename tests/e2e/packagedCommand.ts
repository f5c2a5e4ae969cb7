import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { packageForTests } from '../../build/packageForTests.mjs';

export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The `yuanheng` command of the packaged program, without any display. */
export async function runPackaged(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandRun> {
  const command = join(dirname(await packageForTests()), 'bin', 'yuanheng');
  const { DISPLAY: _, ...rest } = process.env;
  const child = spawn(command, args, { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (texts.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (texts.err += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...texts };
}
