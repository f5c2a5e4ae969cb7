import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Timers } from '../city/timers.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';
import { JpegFrames } from './jpegFrames.ts';

export interface LiveListeners {
  readonly onFrame: (jpeg: Uint8Array) => void;
  readonly onProblem: (problem: string) => void;
}

/** Running while somebody looks. */
export interface LiveSource {
  readonly close: () => void;
}

const pauseAfterProblemMs = 3000;
const askMs = 4000;

/** One picture after the other, never two questions at once. */
export function askAgain(
  camera: Pick<PictureCamera, 'take'>,
  everyMs: number,
  { onFrame, onProblem }: LiveListeners,
  timers: Timers,
  monotonicMs: () => number,
): LiveSource {
  let closed = false;
  let forget = (): void => undefined;
  let abort = new AbortController();

  async function once(): Promise<void> {
    const fromMs = monotonicMs();
    abort = new AbortController();
    const late = timers.after(askMs, () => {
      abort.abort();
    });
    const taken = await camera.take(abort.signal).catch((problem: unknown) => ({
      ok: false as const,
      error: problem instanceof Error ? problem.message : String(problem),
    }));
    late();
    if (closed) return;
    if (taken.ok) onFrame(taken.value);
    else onProblem(taken.error);
    const waitMs = taken.ok ? Math.max(0, fromMs + everyMs - monotonicMs()) : pauseAfterProblemMs;
    forget = timers.after(waitMs, () => void once());
  }

  void once();
  return {
    close: () => {
      closed = true;
      forget();
      abort.abort();
    },
  };
}

/**
 * A fluent view through an ffmpeg the yard installed. It reads the stream's address, and with it the password, from
 * its standard input: nothing of it is on a command line, and it opens no port.
 */
export function throughFfmpeg(
  ffmpeg: string,
  streamUrl: string,
  { onFrame, onProblem }: LiveListeners,
  timers: Timers,
): LiveSource {
  let closed = false;
  let child: ChildProcess | null = null;
  let forget = (): void => undefined;

  function start(): void {
    const frames = new JpegFrames();
    const running = spawn(ffmpeg, ffmpegArguments, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    child = running;
    let over = false;
    const ended = (problem: string): void => {
      if (over) return;
      over = true;
      if (closed) return;
      onProblem(problem);
      forget = timers.after(pauseAfterProblemMs, start);
    };
    running.on('error', (problem) => {
      ended(`ffmpeg: ${problem.message}`);
    });
    running.on('exit', (code) => {
      ended(`ffmpeg ended with ${String(code)}`);
    });
    running.stdin.on('error', () => undefined);
    running.stdout.on('data', (chunk: Buffer) => {
      for (const frame of frames.push(chunk)) onFrame(frame);
    });
    running.stdin.end(`ffconcat version 1.0\nfile '${streamUrl.replaceAll("'", "'\\''")}'\n`);
  }

  start();
  return {
    close: () => {
      closed = true;
      forget();
      child?.kill('SIGKILL');
    },
  };
}

const ffmpegArguments: readonly string[] = [
  ['-hide_banner', '-loglevel', 'quiet', '-nostats'],
  ['-protocol_whitelist', 'pipe,file,rtsp,rtp,tcp,udp,http'],
  ['-f', 'concat', '-safe', '0', '-i', 'pipe:0'],
  ['-an', '-vf', "scale='min(640,iw)':-2", '-r', '8', '-q:v', '7', '-f', 'mjpeg', 'pipe:1'],
].flat();

/** The stream's address with the login in it, as ffmpeg wants it. */
export function withLogin(
  streamUrl: string,
  login: { readonly user: string; readonly password: string } | null,
): string {
  if (login === null) return streamUrl;
  const { user, password } = login;
  return streamUrl.replace(
    /^rtsp:\/\//,
    `rtsp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`,
  );
}
