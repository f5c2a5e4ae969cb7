/** What eight lanes cost, and how long an installer waits for detection. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startIndicator } from '../native/instruments/indicator.ts';
import { IndicatorConfig } from '../native/instruments/indicatorConfig.ts';
import { detectLine, serialSettings } from '../native/instruments/detectLine.ts';
import { frame, startScale } from '../tests/support/scale.ts';
import { report } from './figures.ts';

const lanes = 8;
const windowMs = 3000;

async function cpuShare(work: () => Promise<void>): Promise<number> {
  await delay(300);
  const before = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - startMs);
}

/** Eight indicators at 50 frames a second, decoded; against eight sockets that only take the bytes. */
async function benchLanes(): Promise<void> {
  const scales = await Promise.all(Array.from({ length: lanes }, () => startScale()));
  const wait = (): Promise<void> => delay(windowMs);
  const sockets = scales.map(({ port }) => connect({ port, host: '127.0.0.1' }).resume());
  const bare = await cpuShare(wait);
  for (const socket of sockets) socket.destroy();
  let readings = 0;
  const indicators = scales.map(({ port }) =>
    startIndicator(
      IndicatorConfig.parse({
        profile: 'yaohua-continuous',
        transport: { kind: 'tcp', host: '127.0.0.1', port },
        divisionKg: 20,
        maxKg: 100_000,
      }),
      {
        onReading: () => (readings += 1),
        onState: () => undefined,
        onFault: () => undefined,
        onRange: () => undefined,
      },
      { clock: { monotonicMs: () => performance.now() } },
    ),
  );
  const own = await cpuShare(wait);
  for (const indicator of indicators) await indicator.close();
  for (const scale of scales) await scale.close();
  const percent = (share: number): string => `${(share * 100).toFixed(1)} % CPU`;
  const perSecond = Math.round((readings * 1000) / windowMs);
  report(`eight lanes, ${String(perSecond)} frames/s in all`, percent(own), percent(bare), own / bare);
}

const bytesPerSecond = 960;

/** A 9600-baud line at the first speed tried, and at the last; against the time 400 bytes take to arrive. */
async function benchDetect(): Promise<void> {
  for (const [what, rightRate] of [
    ['first speed', 9600],
    ['last speed', 38_400],
  ] as const) {
    const startMs = performance.now();
    const found = await detectLine(serialSettings, {
      openLine: (setting, events) => {
        const right = setting?.baudRate === rightRate;
        const timer = setInterval(() => {
          events.onBytes(right ? frame(12_460) : Buffer.from('f83cfe00c7f83cfe00c7f83c', 'hex'));
        }, 12_500 / bytesPerSecond);
        return {
          send: () => undefined,
          close: () => {
            clearInterval(timer);
            return Promise.resolve();
          },
        };
      },
      wait: (ms) => delay(ms),
    });
    const tookMs = performance.now() - startMs;
    if (found[0]?.setting?.baudRate !== rightRate) throw new Error('not detected');
    const leastMs = (400 / bytesPerSecond) * 1000;
    report(
      `detect a 9600-baud line, ${what}`,
      `${tookMs.toFixed(0)} ms`,
      `${leastMs.toFixed(0)} ms`,
      tookMs / leastMs,
    );
  }
}

export async function benchInstruments(): Promise<void> {
  await benchLanes();
  await benchDetect();
}
