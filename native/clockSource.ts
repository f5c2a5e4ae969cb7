import type { ClockSource } from './clock.ts';
import type { Timers } from './city/timers.ts';
import { systemTimers } from './city/timers.ts';
import type { ToolRun } from './printers/runTool.ts';
import { runTool } from './printers/runTool.ts';

export interface ClockWatch {
  /** As the operating system last said; `system` until it has said anything. */
  readonly source: () => ClockSource;
  readonly start: () => void;
  readonly stop: () => void;
}

type Run = (program: string, args: readonly string[]) => Promise<ToolRun>;

const everyMs = 5 * 60_000;
const toolMs = 5000;

/** Once started, asks the operating system at once and every five minutes whether a time service keeps its clock. Waits for nothing. */
export function watchClockSource(
  platform: NodeJS.Platform = process.platform,
  run: Run = (program, args) => runTool(program, args, null, toolMs),
  timers: Timers = systemTimers,
): ClockWatch {
  let known: ClockSource = 'system';
  let forget = (): void => undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    known = await askClockSource(platform, run);
    if (!isStopped()) forget = timers.after(everyMs, again);
  };
  const isStopped = (): boolean => stopped;
  const again = (): void => {
    void look();
  };
  return {
    source: () => known,
    start: again,
    stop: () => {
      stopped = true;
      forget();
    },
  };
}

/** Never throws: what no tool can tell is `system`. */
export async function askClockSource(platform: NodeJS.Platform, run: Run): Promise<ClockSource> {
  if (platform === 'win32') return readW32tm(await run('w32tm', ['/query', '/status']));
  if (platform !== 'linux') return 'system';
  const chrony = readChronyc(await run('chronyc', ['-c', 'tracking']));
  if (chrony !== null) return chrony;
  return readTimedatectl(await run('timedatectl', ['show', '-p', 'NTPSynchronized']));
}

/**
 * systemd's `timedatectl show -p NTPSynchronized`; it reads the kernel's own flag, whoever sets it.
 *
 *   NTPSynchronized=yes
 */
function readTimedatectl(ran: ToolRun): ClockSource {
  const answer = ran.kind === 'ended' ? /^NTPSynchronized=(yes|no)\s*$/m.exec(ran.stdout)?.[1] : undefined;
  return answer === undefined ? 'system' : answer === 'yes' ? 'ntp' : 'free';
}

/**
 * `chronyc -c tracking`: comma separated, the third field is the stratum (0 while unsynchronised), the last one the
 * leap status.
 *
 *   CB00710F,203.0.113.15,3,1790000000.0,-0.000004,…,64.7,Normal
 *   7F7F0101,,0,0.000000000,…,0.0,Not synchronised
 */
function readChronyc(ran: ToolRun): ClockSource | null {
  if (ran.kind !== 'ended' || ran.code !== 0) return null;
  const fields = ran.stdout.trim().split(',');
  const stratum = Number(fields[2]);
  if (fields.length < 10 || !Number.isInteger(stratum)) return null;
  return stratum > 0 && stratum < 16 && fields.at(-1) !== 'Not synchronised' ? 'ntp' : 'free';
}

/**
 * Windows' `w32tm /query /status`, in the system's language: only the shape of two lines is common to all. The first
 * number of its own is the leap indicator (3: not synchronised), the second the stratum (0: unspecified). A service that
 * is not running answers with error 0x80070426; any other error says nothing about the clock.
 *
 *   Leap Indicator: 0(no warning)          Leap 指示符: 3(未同步)
 *   Stratum: 4 (secondary reference …)     层次: 0 (未指定)
 *   …
 *   Source: ntp.example                    源: Local CMOS Clock
 */
function readW32tm(ran: ToolRun): ClockSource {
  if (ran.kind !== 'ended') return 'system';
  if (ran.code !== 0) return `${ran.stdout}${ran.stderr}`.includes('80070426') ? 'free' : 'system';
  const numbers = [...ran.stdout.matchAll(/^[^:：\r\n]+[:：]\s*(\d+)\s*\(/gm)].map((match) =>
    Number(match[1]),
  );
  const [leap, stratum] = numbers;
  if (leap === undefined || stratum === undefined) return 'system';
  if (leap === 3 || stratum === 0 || stratum > 15) return 'free';
  return /Local CMOS Clock|Free-running System Clock/i.test(ran.stdout) ? 'free' : 'ntp';
}
