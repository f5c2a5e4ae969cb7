import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FaultHook } from './faults.ts';
import { PictureShelf } from './pictures.ts';
import { answerRequest } from './routes.ts';
import { PlatformStore } from './store.ts';

export interface PlatformOptions {
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** When given, every request must carry it. */
  readonly token?: string;
  /** A drill platform takes drills only; a real one never takes any. */
  readonly drill?: boolean;
  readonly log: (line: string) => void;
  readonly faults?: FaultHook;
  /** Its `.json` files are offered to stations as signed rule files. */
  readonly rulesDir?: string;
}

export interface Platform {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts the reference city platform. Rejects when the port or the data directory cannot be had. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { host = '127.0.0.1', drill = false, log } = options;
  const store = new PlatformStore(options.dataDir, drill);
  const context = {
    store,
    pictures: new PictureShelf(join(options.dataDir, drill ? 'pictures-drill' : 'pictures')),
    drill,
    log,
    token: options.token ?? null,
    faults: options.faults ?? (() => null),
    tries: new Map<string, number>(),
    ruleFiles: () => (options.rulesDir === undefined ? [] : readRuleFiles(options.rulesDir)),
  };
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    answerRequest(context, request, response).catch((problem: unknown) => {
      log(`${request.method ?? ''} failed: ${problem instanceof Error ? problem.message : String(problem)}`);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'content-type': 'application/json' })
          .end('{"accepted":false,"error":"internal"}');
    });
  });
  server.maxConnections = 200;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((problem: unknown) => {
    store.close();
    throw problem;
  });
  server.on('error', (problem) => {
    log(problem.message);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          store.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function readRuleFiles(dir: string): readonly string[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readFileSync(join(dir, name), 'utf8'));
}
