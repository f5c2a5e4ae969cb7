import { app } from 'electron';
import { join, resolve } from 'node:path';

export interface ProgramArguments {
  readonly dataDir: string;
  readonly configFile: string | null;
  readonly demo: boolean;
}

/** `--data DIR`, `--config FILE`, `--demo`; Chromium's own switches stand between them. */
export function readArguments(argv: readonly string[]): ProgramArguments {
  const after = (name: string): string | null => {
    const at = argv.indexOf(name);
    return at === -1 ? null : (argv[at + 1] ?? null);
  };
  const path = (name: string): string | null => {
    const given = after(name);
    return given === null ? null : resolve(given);
  };
  return {
    dataDir: path('--data') ?? join(app.getPath('userData'), 'station'),
    configFile: path('--config'),
    demo: argv.includes('--demo'),
  };
}
