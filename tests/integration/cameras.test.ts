import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heard } from '../../native/cameras/heard.ts';
import { openVzenithMqtt } from '../../native/cameras/vzenith/mqtt.ts';
import { systemTimers } from '../../native/city/timers.ts';
import type { CameraKind, CameraMischief } from '../../simulator/cameras/camera.ts';
import { cameraKinds } from '../../simulator/cameras/camera.ts';
import { serialNumber } from '../../simulator/cameras/snapshot.ts';
import { onvifCamera } from '../../simulator/cameras/onvif.ts';
import type { CameraYard } from '../support/cameraYard.ts';
import { login, openCameraYard, picture } from '../support/cameraYard.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { driveOn, emptyScale, openYard, save, sixAxles } from '../support/yard.ts';

let yard: CameraYard | null = null;

afterEach(async () => {
  await yard?.close();
  yard = null;
});

async function open(...options: Parameters<typeof openCameraYard>): Promise<CameraYard> {
  yard = await openCameraYard(...options);
  return yard;
}

/** The truck stands there; the camera is heard as soon as the station listens to it. */
async function seen(of: CameraYard, truck: string, plate: string): Promise<void> {
  await emptyScale(of);
  of.scale.put(46_640);
  await of.screen.until('on the scale', (view) => view.lane.crossingId !== null);
  await told(of, truck);
  await of.screen.until(plate, (view) => view.lane.truck?.plate === plate);
}

/** A camera that is called tells nobody until it is. */
async function told(of: CameraYard, truck: string): Promise<void> {
  await of.screen.until('camera', ({ devices }) =>
    devices.some(({ kind, state }) => kind === 'camera' && (state === 'ok' || of.camera.port === null)),
  );
  while ((await of.sees(truck)) !== 'taken') await new Promise(setImmediate);
}

describe('a plate from a camera to the screen, with its picture', () => {
  it.each(cameraKinds)('%s', async (kind) => {
    const of = await open(kind);
    await seen(of, 'legal', '晋C83N16');
    const truck = of.screen.view!.lane.truck!;
    expect(truck).toMatchObject({ plateSource: 'camera', plateWellFormed: true });
    // ONVIF has no word for the colour.
    expect(truck.colour).toBe(kind === 'onvif' ? 'other' : 'yellow');
    const kept = await of.screen.call('picture.get', { sha256: truck.pictureSha256[0]! });
    expect(kept.ok && Buffer.from(kept.value.base64, 'base64').equals(picture)).toBe(true);
    const view = await of.cameraView();
    expect(view).toMatchObject({ counts: { plates: 1, bad: 0, late: 0, drill: 0 }, faults: {} });
    expect(Math.abs(view.clockAheadMs ?? 0)).toBeLessThan(5000);
  });
});

describe('a picture of the weighing from the address the brand itself knows', () => {
  it.each(['hikvision-stream', 'dahua-stream', 'onvif'] as const)('%s', async (kind) => {
    const of = await open(kind);
    await seen(of, 'legal', '晋C83N16');
    const asked = await of.screen.call('camera.try', { id: 'entry' });
    expect(asked.ok && Buffer.from(asked.value.base64, 'base64').equals(picture)).toBe(true);
    const on = await of.screen.until('stable', (view) => view.lane.stableKg !== null);
    const crossingId = on.lane.crossingId ?? '';
    await of.screen.call('kind.choose', { crossingId, kind: 'tare' });
    expect(await save(of)).toMatchObject({ number: 1 });
    await expect
      .poll(async () => {
        const detail = await of.screen.call('passages.detail', { number: 1 });
        return detail.ok ? detail.value.shots : [];
      })
      .toMatchObject([{ camera: 'entry', missed: null, origin: 'asked' }]);
    expect(of.camera.failedLogins()).toBe(0);
  });
});

describe('what cameras do in the field costs no plate', () => {
  const mischief: readonly (readonly [CameraKind, CameraMischief])[] = [
    ['hikvision-stream', 'doubled-boundary'],
    ['hikvision-stream', 'no-boundary-named'],
    ['hikvision-stream', 'length-zero'],
    ['hikvision-stream', 'gbk'],
    ['dahua-stream', 'doubled-boundary'],
    ['dahua-stream', 'no-boundary-named'],
    ['dahua-stream', 'length-zero'],
    ['dahua-stream', 'gbk'],
    ['hikvision-push', 'gbk'],
    ['vzenith-push', 'gbk'],
    ['huaxia-push', 'gbk'],
    ['json-push', 'gbk'],
  ];

  it.each(mischief)('%s with %s', async (kind, what) => {
    const of = await open(kind);
    of.camera.misbehave(what);
    await seen(of, 'legal', '晋C83N16');
  });

  it.each(cameraKinds)(
    '%s whose picture is cut: the plate without it, and a line in the log',
    async (kind) => {
      const of = await open(kind);
      of.camera.misbehave('cut-picture');
      await seen(of, 'legal', '晋C83N16');
      expect(of.screen.view!.lane.truck!.pictureSha256).toEqual([]);
      expect(await of.cameraView()).toMatchObject({
        counts: { plates: 1, bad: 1 },
        faults: { 'bad-picture': 1 },
      });
      expect(of.log).toEqual(['camera entry: bad-picture']);
    },
  );

  it.each(['hikvision-stream', 'dahua-stream', 'vzenith-tcp'] as const)(
    '%s that breaks off in the middle of a plate is called again, and its next plate is heard',
    async (kind) => {
      const of = await open(kind);
      of.camera.misbehave('cut-stream');
      await told(of, 'unread');
      await of.screen.until('down', ({ devices }) => devices.some(({ state }) => state === 'down'));
      of.camera.misbehave('none');
      await seen(of, 'legal', '晋C83N16');
    },
  );

  it.each(['hikvision-stream', 'dahua-stream', 'vzenith-tcp', 'onvif'] as const)(
    '%s that restarts is called again without a failed login',
    async (kind) => {
      const of = await open(kind);
      await told(of, 'unread');
      of.camera.restart();
      await of.screen.until('down', ({ devices }) => devices.some(({ state }) => state === 'down'));
      await seen(of, 'legal', '晋C83N16');
      expect(of.camera.failedLogins()).toBe(0);
    },
  );

  it('Dahua’s eventManager brings the plate without pictures', async () => {
    const of = await open('dahua-stream', { more: { manager: 'event' } });
    await seen(of, 'legal', '晋C83N16');
    expect(of.screen.view!.lane.truck!.pictureSha256).toEqual([]);
  });

  it('an ONVIF device whose clock is eight years ahead takes the login and names the truck', async () => {
    const aheadMs = 8 * 365 * 24 * 3_600_000;
    const camera = await onvifCamera({ port: 0, login, clockAheadMs: aheadMs });
    const of = await openYard(
      (raw) => {
        raw.cameras = [
          {
            id: 'entry',
            kind: 'onvif',
            host: '127.0.0.1',
            port: camera.port,
            user: 'admin',
            passwordVariable: 'P',
          },
        ];
      },
      undefined,
      { mode: 'drill', secret: () => login.password },
    );
    try {
      yard = null;
      await of.screen.until('open', ({ devices }) =>
        devices.some(({ id, state }) => id === 'entry' && state === 'ok'),
      );
      const addresses = await of.screen.call('cameras.addresses', { id: 'entry' });
      expect(addresses.ok && addresses.value).toEqual({
        snapshotUrl: `http://127.0.0.1:${camera.port}/snapshot.jpg`,
        streamUrl: 'rtsp://127.0.0.1:554/main',
        problem: null,
      });
      expect(camera.failedLogins()).toBe(0);
    } finally {
      await of.close();
      await camera.close();
    }
  });
});

describe('a login that is refused', () => {
  it.each(['hikvision-stream', 'dahua-stream', 'onvif', 'vzenith-mqtt'] as const)(
    '%s: is tried once and then not for an hour, and neither view nor log tells the password',
    async (kind) => {
      const of = await open(kind, { password: 'wrong-secret' });
      const view = await of.screen.until('refused', ({ devices }) =>
        devices.some(
          ({ id, state, retryInMs }) => id === 'entry' && state === 'down' && (retryInMs ?? 0) > 1_800_000,
        ),
      );
      expect(view.devices.find(({ id }) => id === 'entry')?.detail).toMatch(/refuses? .*user and password/);
      if (kind !== 'vzenith-mqtt') expect(of.camera.failedLogins()).toBe(1);
      expect(JSON.stringify(view) + of.log.join()).not.toContain('wrong-secret');
    },
  );
});

describe('the device behind an address', () => {
  it('a Dahua of another serial number is not listened to, and the log tells its number', async () => {
    const of = await open('dahua-stream', { more: { serialNumbers: ['YZC0GZ05100020'] } });
    const view = await of.screen.until('another', ({ devices }) =>
      devices.some(({ id, state }) => id === 'entry' && state === 'down'),
    );
    expect(view.devices.find(({ id }) => id === 'entry')?.detail).toBe(
      `another device answers there: ${serialNumber}`,
    );
    expect(of.log).toContain(`camera entry: wrong-serial-number ${serialNumber}`);
  });

  it('a Dahua of the right one is heard', async () => {
    const of = await open('dahua-stream', { more: { serialNumbers: [serialNumber] } });
    await seen(of, 'legal', '晋C83N16');
  });

  it.each([
    [{}, '101', 1],
    [{ channel: 3 }, '301', 0],
  ])(
    'a Hikvision with %j gives pictures of its channel, and only plates of it',
    async (more, path, plates) => {
      const of = await open('hikvision-stream', { more });
      const addresses = await of.screen.call('cameras.addresses', { id: 'entry' });
      expect(addresses.ok && addresses.value).toMatchObject({
        snapshotUrl: expect.stringMatching(`/ISAPI/Streaming/channels/${path}/picture$`) as string,
        streamUrl: `rtsp://127.0.0.1:554/Streaming/Channels/${path}`,
      });
      await told(of, 'legal');
      await expect
        .poll(async () => {
          const { counts, faults } = await of.cameraView();
          return [counts.plates, faults['other-channel'] ?? 0];
        })
        .toEqual([plates, 1 - plates]);
    },
  );
});

describe('what stops no weighing', () => {
  it('another program holds the port for pushes: the screen says so, and trucks are weighed', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const of = await openYard((raw) => {
      raw.cameraListener = { host: '127.0.0.1', port };
    });
    try {
      await of.screen.until('said', ({ devices }) =>
        devices.some(
          ({ id, state, detail }) => id === 'entry' && state === 'down' && detail === 'EADDRINUSE',
        ),
      );
      expect(of.station.cameraPort).toBeNull();
      await driveOn(of, { plate: '晋C12345', kg: 15_600, facts: sixAxles, kind: 'tare' });
      expect(await save(of)).toMatchObject({ number: 1 });
    } finally {
      await of.close();
      other.close();
    }
  });

  it('a plate the broker kept from before is history', async () => {
    const broker = await startMosquitto(login.user, login.password);
    const publisher = await mqtt.connectAsync({
      host: '127.0.0.1',
      port: broker.port,
      username: login.user,
      password: login.password,
    });
    const license = Buffer.from('晋C83N16').toString('base64');
    const PlateResult = { license, colorType: 2, type: 3, confidence: 97, plateid: 7 };
    await publisher.publishAsync(
      'device/SN7/message/up/ivs_result',
      JSON.stringify({ sn: 'SN7', payload: { AlarmInfoPlate: { result: { PlateResult } } } }),
      { retain: true },
    );
    const heard: Heard[] = [];
    const talk = openVzenithMqtt(
      { host: '127.0.0.1', port: broker.port, user: 'admin', passwordVariable: 'P', serialNumbers: ['SN7'] },
      { onHeard: (each) => heard.push(each), onState: () => undefined },
      {
        timers: systemTimers,
        monotonicMs: () => performance.now(),
        nowMs: Date.now,
        secret: () => login.password,
      },
    );
    try {
      await expect
        .poll(() => heard, { timeout: 30_000 })
        .toMatchObject([{ kind: 'plate', event: { late: true } }]);
    } finally {
      await talk.close();
      await publisher.endAsync(true);
      await broker.close();
    }
  });
});

describe('a truck of the drill', () => {
  it.each(cameraKinds)('%s: never reaches a real station', async (kind) => {
    const of = await open(kind, { mode: 'real' });
    await emptyScale(of);
    of.scale.put(46_640);
    await of.screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await told(of, 'legal');
    await expect.poll(async () => (await of.cameraView()).counts.drill, { timeout: 30_000 }).toBe(1);
    expect(of.screen.view!.lane.truck).toBeNull();
  });
});
