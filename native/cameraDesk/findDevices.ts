import { networkInterfaces } from 'node:os';
import type { FoundDevice } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { CameraSettings } from '../cameras/cameraSettings.ts';
import type { FoundCamera } from '../cameras/onvif/discovery.ts';
import { discover } from '../cameras/onvif/discovery.ts';

const waitMs = 3000;

/**
 * ONVIF devices that answer a probe within three seconds: on every network of this computer, or at `address` (host,
 * perhaps with the port of the probe) alone. The error is in words.
 */
export async function findDevices(
  address: string | null,
  cameras: readonly CameraSettings[],
): Promise<Result<FoundDevice[], string>> {
  const [host, port] = address?.split(':') ?? [];
  const asked =
    host === undefined
      ? ownAddresses().map((from) => discover({ waitMs, from }))
      : [discover({ waitMs, host, ...(port === undefined ? {} : { port: Number(port) }) })];
  const answers = await Promise.allSettled(asked);
  if (answers.every(({ status }) => status === 'rejected')) {
    const [first] = answers;
    return err(first?.status === 'rejected' ? String(first.reason) : 'this computer has no network');
  }
  const devices = new Map<string, FoundDevice>();
  for (const answer of answers) {
    if (answer.status !== 'fulfilled') continue;
    for (const camera of answer.value) {
      const device = deviceOf(camera, cameras);
      devices.set(`${device.host}:${String(device.port)}`, device);
    }
  }
  return ok([...devices.values()]);
}

/** The address it answered from is where it can be reached; of the ones it names, the port. */
function deviceOf(
  { from, name, hardware, addresses }: FoundCamera,
  cameras: readonly CameraSettings[],
): FoundDevice {
  const services = addresses.map((each) => new URL(each)).filter(({ protocol }) => protocol === 'http:');
  const own = services.find(({ hostname }) => hostname === from) ?? services[0];
  const port = own === undefined || own.port === '' ? 80 : Number(own.port);
  return {
    ...{ name, hardware, host: from, port },
    known: cameras.some(
      (camera) => ('host' in camera && camera.host === from) || camera.picture?.host === from,
    ),
  };
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
