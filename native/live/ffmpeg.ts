import { spawn } from 'node:child_process';
import type { Timers } from '../city/timers.ts';
import type { RunListeners } from './fluentRun.ts';
import { firstPictureMs, nextPictureMs } from './fluentRun.ts';
import { JpegFrames } from './jpegFrames.ts';
import type { LiveSource } from './liveSource.ts';

/** RTSP answers as ffmpeg words them. */
const refusal = /401 Unauthorized|403 Forbidden|authorization failed/i;
const mostOfErrors = 4000;

/**
 * One run of an ffmpeg the yard installed. It reads the stream's address, and with it the password, from its standard
 * input: nothing of it is on a command line, and it opens no port. What it complains about may name the address and is
 * told to nobody. One that hangs is killed.
 */
export function runFfmpeg(
  ffmpeg: string,
  streamUrl: string,
  { onFrame, onEnd }: RunListeners,
  timers: Timers,
): LiveSource {
  const frames = new JpegFrames();
  const child = spawn(ffmpeg, ffmpegArguments, { stdio: 'pipe', windowsHide: true });
  let over = false;
  let errors = '';
  let forget = timers.after(firstPictureMs, hangs);

  function end(problem: string): void {
    if (over) return;
    over = true;
    forget();
    child.kill('SIGKILL');
    onEnd({ problem, refused: refusal.test(errors) });
  }
  function hangs(): void {
    end('ffmpeg gave no picture in time');
  }

  child.on('error', (problem: NodeJS.ErrnoException) => {
    end(`ffmpeg: ${problem.code ?? 'does not start'}`);
  });
  child.on('close', (code) => {
    end(`ffmpeg ended with ${String(code)}`);
  });
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('latin1')).slice(-mostOfErrors);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (over) return;
    for (const frame of frames.push(chunk)) {
      forget();
      forget = timers.after(nextPictureMs, hangs);
      onFrame(frame);
    }
  });
  child.stdin.end(`ffconcat version 1.0\nfile '${streamUrl.replaceAll("'", "'\\''")}'\n`);
  return {
    close: () => {
      over = true;
      forget();
      child.kill('SIGKILL');
    },
  };
}

const ffmpegArguments: readonly string[] = [
  ['-hide_banner', '-loglevel', 'error', '-nostats'],
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
