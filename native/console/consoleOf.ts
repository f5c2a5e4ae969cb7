import type { Station } from '../host.ts';
import type { ConsoleServer } from './server.ts';
import { loginBook } from './loginBook.ts';
import { serveConsole } from './server.ts';

/** Serves one station to browsers, and tells its screens where. Rejects when the port cannot be had. */
export async function consoleOf(
  station: () => Station,
  options: { readonly screensDir: string; readonly port?: number },
): Promise<ConsoleServer> {
  const { settings, desk } = station();
  const served = await serveConsole({
    host: settings.console.host,
    port: options.port ?? settings.console.port,
    screensDir: options.screensDir,
    mode: desk.deps.mode,
    connect: (peer) => station().connect(peer),
    monotonicMs: desk.deps.clock.monotonicMs,
    onLogin: loginBook(desk.deps.clock.monotonicMs, (body) => {
      station().desk.append({ type: 'console-session', body });
    }),
  });
  announce(station(), served);
  return served;
}

/** A station that was opened anew knows nothing of the console in front of it. */
export function announce({ desk }: Station, { urls, code, loaderCode, inspectorCode }: ConsoleServer): void {
  desk.console = { urls: [...urls], code, loaderCode, inspectorCode };
}
