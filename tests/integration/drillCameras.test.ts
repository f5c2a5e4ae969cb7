import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDrillStation } from '../../native/drill.ts';
import { cameraKinds } from '../../simulator/cameras/camera.ts';
import { serialNumber } from '../../simulator/cameras/snapshot.ts';
import { registerOfTheYard } from '../../simulator/trucks.ts';
import { startYard } from '../../simulator/yard.ts';
import type { Yard } from '../../simulator/yard.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { Screen } from '../support/screen.ts';

const user = 'admin';
const password = 'drill';
const close: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const each of close.splice(0).reverse()) await each();
});

describe('the drill yard, its camera speaking as', () => {
  it.each(cameraKinds)('%s: a truck drives up and is known before it stands', async (kind) => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-drill-'));
    close.push(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const broker = kind === 'vzenith-mqtt' ? await startMosquitto(user, password) : null;
    if (broker !== null) close.push(broker.close);
    const brokerPort = broker?.port ?? null;
    const open: { yard?: Yard } = {};
    const station = await openDrillStation({
      dataDir: dir,
      register: registerOfTheYard,
      camera: { kind, user, password, serialNumber, brokerPort },
      startYard: async () =>
        (open.yard = await startYard({
          output: { tcpPort: 0 },
          cameraUrl: null,
          viewPort: 0,
          camera: { kind, port: 0, login: { user, password }, brokerPort },
          seed: 1,
          pace: 4,
          dwellMs: null,
          cycle: [],
          onEvent: () => undefined,
        })),
    });
    close.push(station.close);
    const screen = new Screen(station.connect);
    await screen.until('ready', ({ lane, devices }, weight) => {
      const camera = devices.find(({ id }) => id === 'entry');
      return (
        lane.phase === 'zero' && weight.kind === 'live' && (camera?.state === 'ok' || kind.endsWith('-push'))
      );
    });
    open.yard?.send('legal');
    await screen.until('known', ({ lane }) => lane.truck?.plate === '晋C83N16' && lane.phase !== 'decided');
    // The other cameras of the scale see it, too.
    for (const id of ['rear', 'side', 'top', 'scale-house'])
      expect(await screen.call('camera.try', { id })).toMatchObject({ ok: true });
    screen.close();
  });
});
