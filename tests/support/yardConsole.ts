import { resolve } from 'node:path';
import { consoleOf } from '../../native/console/consoleOf.ts';
import type { ConsoleServer } from '../../native/console/server.ts';
import type { TestYard } from './yard.ts';

export const screensDir = resolve(import.meta.dirname, '../../dist/renderer');

/** The screens of a yard, for browsers. */
export function serveYard(yard: TestYard): Promise<ConsoleServer> {
  return consoleOf(() => yard.station, { screensDir, port: 0 });
}
