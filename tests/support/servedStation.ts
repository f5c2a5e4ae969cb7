import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServe } from '../../cli/serve.ts';
import type { TestScale } from './scale.ts';
import { startScale } from './scale.ts';

export interface ServedStation {
  readonly dir: string;
  readonly configFile: string;
  readonly scale: TestScale;
  /** What the command printed. */
  readonly said: readonly string[];
  readonly loginUrl: string;
  /** Resolves to the exit code. */
  readonly stop: () => Promise<number>;
}

/** `yuanheng serve` with an indicator on a TCP line, as a yard without a window runs it. */
export async function serveStation(more: Record<string, unknown> = {}): Promise<ServedStation> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-served-'));
  const scale = await startScale();
  const configFile = join(dir, 'config.json');
  writeFileSync(
    configFile,
    JSON.stringify({
      station: { id: 'YQ-8', name: '阳泉控制台煤场' },
      lane: { weighing: { stableWindowMs: 500 } },
      instrument: {
        profile: 'yaohua-continuous',
        transport: { kind: 'tcp', host: '127.0.0.1', port: scale.port },
        divisionKg: 20,
        maxKg: 100_000,
      },
      ...more,
    }),
  );
  const said: string[] = [];
  let end = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
  });
  let ended: Promise<number> = Promise.resolve(0);
  await new Promise<void>((resolve, reject) => {
    ended = runServe(['--data', join(dir, 'data'), '--config', configFile, '--port', '0'], {
      out: (line) => {
        said.push(line);
        if (line.includes('login?code=')) resolve();
      },
      error: (line) => {
        reject(new Error(line));
      },
      stopped,
    });
  });
  return {
    dir,
    configFile,
    scale,
    said,
    loginUrl: /open (http\S+login\?code=\S+)/.exec(said.join('\n'))?.[1] ?? '',
    stop: async () => {
      end();
      const code = await ended;
      await scale.close();
      rmSync(dir, { recursive: true, force: true });
      return code;
    },
  };
}
