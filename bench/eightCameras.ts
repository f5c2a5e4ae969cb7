/** Eight cameras looked at live at two pictures a second, as the main screen does: what of the processor and of the memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { picture } from '../tests/support/cameraYard.ts';
import { openYard } from '../tests/support/yard.ts';
import { report } from './figures.ts';

const cameras = 8;
const seconds = 20;

/** In a process of their own, whose time is none of the station's. */
const cameraProgram = `
const { createServer } = require('node:http');
const picture = require('node:fs').readFileSync(process.argv[1]);
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length }).end(picture);
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
const file = fileURLToPath(new URL('../simulator/pictures/c83n16.jpg', import.meta.url));

interface Spent {
  readonly cpuPercent: number;
  readonly rssMb: number;
  readonly perSecond: number;
}

/** Share of one processor core, memory, and pictures a second, over so many seconds. */
async function spent(looked: () => number): Promise<Spent> {
  const cpu = process.cpuUsage();
  const fromMs = performance.now();
  const before = looked();
  let rssMb = 0;
  for (let second = 0; second < seconds; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    rssMb = Math.max(rssMb, process.memoryUsage().rss / 1e6);
  }
  const tookMs = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpuPercent: (100 * (user + system)) / 1000 / tookMs,
    rssMb,
    perSecond: ((looked() - before) * 1000) / tookMs,
  };
}

export async function benchEightCameras(): Promise<void> {
  const program = spawn(process.execPath, ['-e', cameraProgram, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(program.stdout, 'data')) as [Buffer];
  const port = Number(said.toString());
  const yard = await openYard((raw) => {
    raw.live = { picturesPerSecond: 2 };
    raw.cameras = Array.from({ length: cameras }, (_, nth) => ({
      ...{ id: `camera-${String(nth)}`, kind: 'picture', view: 'side' },
      picture: { host: '127.0.0.1', port, path: '/snap' },
    }));
  });
  let pictures = 0;
  let stopped = false;
  // The same station with its scale and nobody looking is what it costs anyway.
  const idle = await spent(() => pictures);
  const looking = Array.from({ length: cameras }, async (_, nth) => {
    let afterMs = 0;
    while (!stopped) {
      const next = await yard.screen.call('live.next', { camera: `camera-${String(nth)}`, afterMs });
      if (!next.ok) continue;
      afterMs = next.value.atMs;
      pictures += 1;
    }
  });
  const live = await spent(() => pictures);
  stopped = true;
  await Promise.all(looking);
  await yard.close();
  program.kill();
  const rate = `${live.perSecond.toFixed(1)}/s of ${(picture.length / 1000).toFixed(0)} kB`;
  const percent = (each: Spent): string => `${each.cpuPercent.toFixed(1)} % of a core`;
  report(
    `eight cameras live, ${rate}: processor`,
    percent(live),
    percent(idle),
    live.cpuPercent / idle.cpuPercent,
  );
  const mb = (each: Spent): string => `${each.rssMb.toFixed(0)} MB`;
  report('eight cameras live: memory at most', mb(live), mb(idle), live.rssMb / idle.rssMb);
}
