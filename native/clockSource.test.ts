import { describe, expect, it } from 'vitest';
import { askClockSource, watchClockSource } from './clockSource.ts';
import type { ToolRun } from './printers/runTool.ts';

function ended(stdout: string, code = 0): ToolRun {
  return { kind: 'ended', code, stdout, stderr: '' };
}
const missing: ToolRun = { kind: 'missing' };
/** Answers by program; everything else is not installed. */
function tools(answers: Readonly<Record<string, ToolRun>>) {
  return (program: string): Promise<ToolRun> => Promise.resolve(answers[program] ?? missing);
}

const chronySynced =
  'CB00710F,203.0.113.15,3,1790000000.1,-0.000004,0.0,0.00004,-7.3,0.0,0.08,0.02,0.002,64.7,Normal\n';
const chronyFree = '00000000,,0,0.0,0.0,0.0,0.0,-7.3,0.0,0.0,1.0,1.0,0.0,Not synchronised\n';
const windowsSynced =
  'Leap Indicator: 0(no warning)\r\nStratum: 4 (secondary reference - syncd by (S)NTP)\r\nPrecision: -23 (119.209ns per tick)\r\nSource: ntp.example,0x9\r\n';
const windowsChinese =
  'Leap 指示符: 3(未同步)\r\n层次: 0 (未指定)\r\n精度: -23 (每刻度 119.209ns)\r\n源: Local CMOS Clock\r\n';
const windowsGarbled = windowsSynced
  .replace('Stratum', '\uFFFD\uFFFD')
  .replace('Leap Indicator', 'Leap \uFFFD');

describe('who keeps the clock', () => {
  it.each([
    ['linux', { timedatectl: ended('NTPSynchronized=yes\n') }, 'ntp'],
    ['linux', { timedatectl: ended('NTPSynchronized=no\n') }, 'free'],
    ['linux', { timedatectl: ended('', 1) }, 'system'],
    ['linux', { timedatectl: { kind: 'timed-out' } as const }, 'system'],
    ['linux', {}, 'system'],
    ['linux', { chronyc: ended(chronySynced), timedatectl: ended('NTPSynchronized=no\n') }, 'ntp'],
    ['linux', { chronyc: ended(chronyFree) }, 'free'],
    [
      'linux',
      { chronyc: ended('506 Cannot talk to daemon\n', 1), timedatectl: ended('NTPSynchronized=yes') },
      'ntp',
    ],
    ['win32', { w32tm: ended(windowsSynced) }, 'ntp'],
    ['win32', { w32tm: ended(windowsGarbled) }, 'ntp'],
    ['win32', { w32tm: ended(windowsChinese) }, 'free'],
    ['win32', { w32tm: ended('The following error occurred: (0x80070426)', 1) }, 'free'],
    ['win32', { w32tm: ended('Access is denied. (0x80070005)', 1) }, 'system'],
    ['win32', {}, 'system'],
    ['darwin', {}, 'system'],
  ] as const)('on %s, %o: %s', async (platform, answers, source) => {
    expect(await askClockSource(platform, tools(answers))).toBe(source);
  });

  it('is asked for again, and no longer once stopped', async () => {
    const timers: (() => void)[] = [];
    let answer = ended('NTPSynchronized=no\n');
    let asked = 0;
    const watch = watchClockSource(
      'linux',
      (program) => {
        asked += program === 'timedatectl' ? 1 : 0;
        return Promise.resolve(program === 'timedatectl' ? answer : missing);
      },
      {
        after: (_, run) => {
          timers.push(run);
          return () => undefined;
        },
      },
    );
    expect(watch.source()).toBe('system');
    watch.start();
    await expect.poll(() => watch.source(), { timeout: 30_000 }).toBe('free');
    answer = ended('NTPSynchronized=yes\n');
    timers.shift()?.();
    await expect.poll(() => watch.source(), { timeout: 30_000 }).toBe('ntp');
    watch.stop();
    timers.shift()?.();
    await expect.poll(() => asked, { timeout: 30_000 }).toBe(3);
    expect(timers).toEqual([]);
  });
});
