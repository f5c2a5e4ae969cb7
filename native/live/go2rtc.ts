import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rm, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timers } from '../city/timers.ts';
import type { RunListeners } from './fluentRun.ts';
import { firstPictureMs, nextPictureMs } from './fluentRun.ts';
import { freePorts } from './freePorts.ts';
import type { Go2rtcPorts } from './go2rtcConfig.ts';
import { apiUser, go2rtcConfig, go2rtcEnvironment, viewPath, viewStream } from './go2rtcConfig.ts';
import type { LiveSource } from './liveSource.ts';
import { readMjpeg } from './readMjpeg.ts';

/** While it starts, its port is not yet open. */
export const askAgainMs = 300;
/** As go2rtc words them (pkg/rtsp/client.go), and the ffmpeg it starts. */
const refusal = /wrong user\/pass|user\/pass not provided|401 Unauthorized|403 Forbidden/i;
const mostOfErrors = 4000;
const file = 'go2rtc.json';

/**
 * One run of a go2rtc the yard installed, for one camera. The stream's address, and with it the password, is in its
 * environment only: neither in its file nor on a command line. It listens on loopback only. What it complains about
 * may name the address and is told to nobody. One that hangs is killed.
 */
export function runGo2rtc(
  programs: { readonly go2rtc: string; readonly ffmpeg: string | null },
  streamUrl: string,
  { onFrame, onEnd }: RunListeners,
  timers: Timers,
): LiveSource {
  let over = false;
  let child: ChildProcess | null = null;
  let view: LiveSource | null = null;
  let errors = '';
  let forgetAsk = (): void => undefined;
  let forget = timers.after(firstPictureMs, hangs);

  function stop(): void {
    over = true;
    forget();
    forgetAsk();
    view?.close();
    child?.kill('SIGKILL');
  }
  function end(problem: string): void {
    if (over) return;
    stop();
    onEnd({ problem, refused: refusal.test(errors) });
  }
  function hangs(): void {
    end('go2rtc gave no picture in time');
  }
  function complains(chunk: string): void {
    errors = (errors + chunk).slice(-mostOfErrors);
    // At once: it would try the same password again.
    if (refusal.test(errors)) end('go2rtc: login refused');
  }

  function ask(port: number, password: string): void {
    view = readMjpeg(
      { port, path: `${viewPath}?src=${viewStream}`, login: `${apiUser}:${password}` },
      {
        onFrame: (jpeg) => {
          if (over) return;
          forget();
          forget = timers.after(nextPictureMs, hangs);
          onFrame(jpeg);
        },
        onEnd: (mjpegEnd) => {
          if (over) return;
          if (mjpegEnd.kind === 'closed-port') {
            forgetAsk = timers.after(askAgainMs, () => {
              ask(port, password);
            });
            return;
          }
          // Why it ended may still be on its way in what the program writes.
          forgetAsk = timers.after(askAgainMs, () => {
            end(`go2rtc: ${mjpegEnd.detail}`);
          });
          complains(mjpegEnd.body);
        },
      },
    );
  }

  function start(ports: Go2rtcPorts): void {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-live-'));
    const clean = (): void => {
      rm(dir, { recursive: true, force: true }, () => undefined);
    };
    writeFileSync(join(dir, file), go2rtcConfig(ports, programs.ffmpeg), { mode: 0o600 });
    const password = randomBytes(16).toString('hex');
    const started = spawn(programs.go2rtc, ['-config', file], {
      cwd: dir,
      env: go2rtcEnvironment(streamUrl, password),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    child = started;
    started.on('error', (problem: NodeJS.ErrnoException) => {
      clean();
      end(`go2rtc: ${problem.code ?? 'does not start'}`);
    });
    started.on('exit', clean);
    started.on('close', (code) => {
      end(`go2rtc ended with ${String(code)}`);
    });
    for (const output of [started.stdout, started.stderr]) {
      output.on('data', (chunk: Buffer) => {
        complains(chunk.toString('latin1'));
      });
    }
    ask(ports.api, password);
  }

  void freePorts()
    .then((ports) => {
      if (!over) start(ports);
    })
    .catch((problem: unknown) => {
      end(`go2rtc: ${problem instanceof Error ? problem.message : String(problem)}`);
    });
  return { close: stop };
}
