import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HandTimers } from '../city/handTimers.ts';
import { fluent } from './fluent.ts';
import { fluentProgram } from './fluentProgram.ts';
import { askAgainMs } from './go2rtc.ts';
import { LiveSettings } from './liveSettings.ts';
import type { LiveSource } from './liveSource.ts';

let dir: string;
let timers: HandTimers;
let source: LiveSource | null;
let frames: Uint8Array[];
let single: { running: number; begun: number };
let lines: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yh-go2rtc-'));
  timers = new HandTimers();
  source = null;
  frames = [];
  single = { running: 0, begun: 0 };
  lines = [];
});

afterEach(() => {
  source?.close();
  // One killed a moment ago may still have written a file.
  rmSync(dir, { recursive: true, maxRetries: 5 });
});

/**
 * Stands in for go2rtc: reads its configuration, fills in the variables as go2rtc does, listens where it says, and
 * answers who asks for the view with `answers`, in which `picture()` writes one.
 */
function standIn(answers: string, first = ''): void {
  const path = join(dir, 'go2rtc');
  const script = `#!${process.execPath}
const fs = require('node:fs');
const tell = (name, what) => fs.appendFileSync('${dir}/' + name, what + '\\n');
const text = fs.readFileSync(process.argv[3], 'utf8');
tell('file', text);
tell('config', JSON.stringify(JSON.parse(
  text.replaceAll(/\\$\\{([^}{]+)\\}/g, (whole, name) => process.env[name] ?? whole))));
tell('arguments', JSON.stringify(process.argv.slice(2)));
tell('environment', JSON.stringify(process.env));
tell('runs', process.pid);
${first}
const { api } = JSON.parse(fs.readFileSync('${dir}/config', 'utf8').trim().split('\\n').at(-1));
const [host, port] = api.listen.split(':');
require('node:http').createServer((question, answer) => {
  tell('asked', question.url);
  const login = Buffer.from((question.headers.authorization ?? '').slice(6), 'base64').toString();
  if (login !== api.username + ':' + api.password) { answer.writeHead(401); answer.end(); return; }
  const jpeg = Buffer.concat([Buffer.from([255, 216, 255, 224]), Buffer.alloc(200, 7), Buffer.from([255, 217])]);
  const picture = (body = jpeg) => {
    if (!answer.headersSent)
      answer.writeHead(200, { 'Content-Type': 'multipart/x-mixed-replace; boundary=frame' });
    answer.write('--frame\\r\\nContent-Type: image/jpeg\\r\\nContent-Length: ' + body.length + '\\r\\n\\r\\n');
    answer.write(body);
    answer.write('\\r\\n');
  };
  ${answers}
}).listen(Number(port), host, function () { tell('listens', JSON.stringify(this.address())); });
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  const program = fluentProgram({ ffmpeg: '/opt/my ffmpeg/ffmpeg', go2rtc: path });
  if (program === null) throw new Error('no program');
  source = fluent({
    program,
    streamUrl: 'rtsp://192.168.1.64/live',
    login: { user: 'admin', password: 'geheim"#1', blockedMs: () => 0 },
    pictures: () => {
      single.running += 1;
      single.begun += 1;
      return {
        close: () => {
          single.running -= 1;
        },
      };
    },
    onFrame: (jpeg) => frames.push(jpeg),
    log: (line) => lines.push(line),
    timers,
    monotonicMs: () => timers.nowMs,
  });
}

function said(name: string): readonly string[] {
  try {
    return readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(nth: number): Promise<void> {
  await expect.poll(() => lives(Number(said('runs')[nth])), { timeout: 30_000 }).toBe(false);
}

/** Once the stand-in listens, the station asks it. */
async function asked(times: number): Promise<void> {
  await expect.poll(() => said('listens').length, { timeout: 30_000 }).toBe(times);
  await timers.pass(askAgainMs);
  await expect.poll(() => said('asked').length, { timeout: 30_000 }).toBe(times);
}

describe('a fluent view through go2rtc', () => {
  it('takes the place of single pictures, and is ended when nobody looks', async () => {
    standIn('picture(); picture(Buffer.from("no picture")); picture();');
    await asked(1);
    await expect.poll(() => frames.length, { timeout: 30_000 }).toBe(2);
    expect(frames[0]?.length).toBe(206);
    expect(said('asked')).toEqual(['/api/stream.mjpeg?src=view']);
    expect(single).toEqual({ running: 0, begun: 1 });
    source?.close();
    await gone(0);
  });

  it('listens on loopback only, and the password is in no argument, file or log', async () => {
    standIn('console.log("WRN rtsp://admin:geheim@192.168.1.64/live is slow"); picture();');
    await asked(1);
    await expect.poll(() => frames.length, { timeout: 30_000 }).toBe(1);
    expect(JSON.parse(said('listens')[0] ?? '')).toMatchObject({ address: '127.0.0.1' });
    const config: unknown = JSON.parse(said('config')[0] ?? '');
    expect(config).toMatchObject({
      api: { listen: expect.stringMatching(/^127\.0\.0\.1:[1-9]\d+$/) as string },
      rtsp: { listen: expect.stringMatching(/^127\.0\.0\.1:[1-9]\d+$/) as string },
      webrtc: { listen: '' },
      srtp: { listen: '' },
      ffmpeg: { bin: '"/opt/my ffmpeg/ffmpeg"' },
      streams: { camera: 'rtsp://admin:geheim%22%231@192.168.1.64/live#backchannel=0' },
    });
    const view = (config as { streams: { view: string } }).streams.view;
    expect(view).toMatch(/^ffmpeg:camera#video=mjpeg/);
    expect(said('arguments').join('')).not.toContain('geheim');
    expect(said('file').join('')).not.toContain('geheim');
    expect(lines.join('')).not.toContain('geheim');
  });

  it('is not told the passwords of other devices', async () => {
    process.env.YH_CAMERA_OTHER = 'anders';
    try {
      standIn('picture();');
      await asked(1);
    } finally {
      delete process.env.YH_CAMERA_OTHER;
    }
    expect(said('environment').join('')).not.toContain('anders');
  });

  it('that never shows a picture is killed, pictures go on, and it is tried again later', async () => {
    standIn('');
    await asked(1);
    await timers.pass(15_000);
    await gone(0);
    expect(single).toEqual({ running: 1, begun: 1 });
    expect(lines).toEqual(['go2rtc gave no picture in time']);
    await timers.pass(3000);
    await asked(2);
  });

  it('that stops in the middle is killed, and pictures take its place', async () => {
    standIn('picture();');
    await asked(1);
    await expect.poll(() => frames.length, { timeout: 30_000 }).toBe(1);
    await timers.pass(8000);
    await gone(0);
    expect(single).toEqual({ running: 1, begun: 2 });
  });

  it('that dies is started again, each time after a longer pause', async () => {
    standIn('', 'process.exit(3);');
    for (const [nth, pauseMs] of [3000, 10_000, 30_000].entries()) {
      await expect.poll(() => said('runs').length, { timeout: 30_000 }).toBe(nth + 1);
      await expect.poll(() => timers.nextInMs, { timeout: 30_000 }).toBe(pauseMs);
      expect(single.running).toBe(1);
      await timers.pass(pauseMs);
    }
    expect(lines).toEqual(['go2rtc ended with 3']);
  });

  it.each([
    [
      'in its log',
      'console.log("ERR [api.mjpeg] add consumer error=\\"streams: wrong user/pass\\""); answer.end();',
    ],
    ['in its answer', 'answer.writeHead(500); answer.end("streams: wrong user/pass");'],
  ])('whose login the camera refuses, as it says %s, is not tried again for an hour', async (_, answers) => {
    standIn(answers);
    await asked(1);
    await expect
      .poll(() => lines, { timeout: 30_000 })
      .toEqual(['the camera refuses go2rtc its user and password']);
    await gone(0);
    await timers.pass(3_500_000);
    expect(said('runs')).toHaveLength(1);
    expect(single.running).toBe(1);
    await timers.pass(100_000);
    await expect.poll(() => said('runs').length, { timeout: 30_000 }).toBe(2);
  });

  it('without any go2rtc is single pictures, and says so once', async () => {
    standIn('');
    rmSync(join(dir, 'go2rtc'));
    await expect.poll(() => lines, { timeout: 30_000 }).toEqual(['go2rtc: ENOENT']);
    expect(single.running).toBe(1);
  });

  it('is set by its whole path', () => {
    const wrong = LiveSettings.safeParse({ go2rtc: 'go2rtc' });
    expect(wrong.error?.issues[0]?.message).toContain('the whole path of the program');
    expect(LiveSettings.parse({ go2rtc: 'C:\\go2rtc\\go2rtc.exe' })).toMatchObject({ ffmpeg: null });
    expect(fluentProgram({ ffmpeg: null, go2rtc: null })).toBeNull();
  });
});
