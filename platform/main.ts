import { parseArgs } from 'node:util';
import { startPlatform } from './server.ts';

/** How a command talks to whoever started it, and how it is told to end. */
export interface PlatformIo {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  readonly stopped: Promise<void>;
}

export const platformUsage =
  'yuanheng platform --data DIR [--port N] [--host ADDRESS] [--token-env NAME] [--rules DIR] [--drill]';

/** Runs the reference platform until `io.stopped`; returns the exit code. */
export async function runPlatform(args: readonly string[], io: PlatformIo): Promise<number> {
  const wrong = (message: string): number => {
    io.error(`yuanheng platform: ${message.replaceAll(/\s+/g, ' ')}`);
    return 2;
  };
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '8460' },
        host: { type: 'string', default: '127.0.0.1' },
        'token-env': { type: 'string' },
        rules: { type: 'string' },
        drill: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (problem) {
    return wrong(problem instanceof Error ? problem.message : String(problem));
  }
  if (values.help) {
    io.out(platformUsage);
    return 0;
  }
  if (values.data === undefined || values.data === '') return wrong('--data DIR is missing');
  const port = /^[0-9]{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) return wrong(`--port ${values.port} is not a port`);
  const tokenName = values['token-env'];
  const token = tokenName === undefined ? undefined : process.env[tokenName];
  if (tokenName !== undefined && (token === undefined || token === '')) {
    return wrong(`the environment has no ${tokenName}`);
  }
  let platform;
  try {
    platform = await startPlatform({
      dataDir: values.data,
      port,
      host: values.host,
      drill: values.drill,
      log: io.error,
      ...(token === undefined ? {} : { token }),
      ...(values.rules === undefined ? {} : { rulesDir: values.rules }),
    });
  } catch (problem) {
    io.error(`yuanheng platform: ${problem instanceof Error ? problem.message : String(problem)}`);
    return 1;
  }
  io.out(JSON.stringify({ listening: platform.url, drill: values.drill }));
  await io.stopped;
  await platform.close();
  return 0;
}
