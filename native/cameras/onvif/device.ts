import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { CameraAddresses } from '../camera.ts';
import type { XmlNode } from '../bytes/xml.ts';
import { findAll, findIn, textAt } from '../bytes/xml.ts';
import type { HttpFault } from '../http/cameraHttp.ts';
import type { Soap } from './soap.ts';
import { escapeXml } from './soap.ts';

export const devicePath = '/onvif/device_service';
const device = 'http://www.onvif.org/ver10/device/wsdl';
const media = 'http://www.onvif.org/ver10/media/wsdl';

export interface Services {
  readonly events: string;
  readonly media: string;
}

/** The device's clock, asked for without login; null when it tells none. */
export async function deviceClock(
  soap: Soap,
  signal: AbortSignal,
): Promise<Result<number | null, HttpFault>> {
  const asked = await soap.ask({
    path: devicePath,
    action: `${device}/GetSystemDateAndTime`,
    body: `<GetSystemDateAndTime xmlns="${device}"/>`,
    signal,
    signed: false,
  });
  if (!asked.ok) return asked;
  const utc = findIn(asked.value, 'UTCDateTime');
  if (utc === null) return ok(null);
  const part = (...path: readonly string[]): number => Number(textAt(utc, ...path));
  const ms = Date.UTC(
    part('Date', 'Year'),
    part('Date', 'Month') - 1,
    part('Date', 'Day'),
    part('Time', 'Hour'),
    part('Time', 'Minute'),
    part('Time', 'Second'),
  );
  return ok(Number.isNaN(ms) ? null : ms);
}

/** Where its services answer. Only the path is believed: behind another router the host is wrong, or another's. */
export async function services(soap: Soap, signal: AbortSignal): Promise<Result<Services, HttpFault>> {
  const asked = await soap.ask({
    path: devicePath,
    action: `${device}/GetCapabilities`,
    body: `<GetCapabilities xmlns="${device}"><Category>All</Category></GetCapabilities>`,
    signal,
  });
  if (!asked.ok) return asked;
  const pathIn = (name: string): string | null => {
    const found = findAll(asked.value, name).find((node) => textAt(node, 'XAddr') !== '');
    return found === undefined ? null : pathOf(textAt(found, 'XAddr'));
  };
  return ok({ events: pathIn('Events') ?? '/onvif/Events', media: pathIn('Media') ?? '/onvif/Media' });
}

/** Path and query of an address; null when it is none. */
export function pathOf(address: string): string | null {
  try {
    const { pathname, search } = new URL(address.trim().slice(0, 1000));
    return pathname + search;
  } catch {
    return null;
  }
}

/**
 * Where snapshot and stream of the first profile are to be had, at the host the device is reached by; addresses without
 * any login in them.
 */
export async function mediaAddresses(
  soap: Soap,
  path: string,
  reached: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Result<CameraAddresses, HttpFault>> {
  const ask = async (name: string, inner: string): Promise<Result<XmlNode, HttpFault>> =>
    soap.ask({
      path,
      action: `${media}/${name}`,
      body: `<${name} xmlns="${media}">${inner}</${name}>`,
      signal,
    });
  const profiles = await ask('GetProfiles', '');
  if (!profiles.ok) return profiles;
  const profile = findAll(profiles.value, 'Profiles')[0]?.attributes.token;
  if (profile === undefined) return err({ kind: 'failed', detail: 'the device has no media profile' });
  const token = `<ProfileToken>${escapeXml(profile)}</ProfileToken>`;
  const snapshot = await ask('GetSnapshotUri', token);
  const setup =
    '<StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream>' +
    '<Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>';
  const stream = await ask('GetStreamUri', setup + token);
  // Either may be missing: many devices have only one of the two.
  return ok({
    snapshotUrl: snapshot.ok ? uriIn(snapshot.value, reached) : null,
    streamUrl: stream.ok ? uriIn(stream.value, reached) : null,
  });
}

/**
 * The host a device names is not believed, here as for its services: the login would be sent there. Its port is, where
 * it names the host it is reached by.
 */
function uriIn(
  answer: XmlNode,
  { host, port }: { readonly host: string; readonly port: number },
): string | null {
  try {
    const url = new URL((findIn(answer, 'Uri')?.text ?? '').slice(0, 1000));
    url.username = '';
    url.password = '';
    const own = host.includes(':') ? `[${host}]` : host;
    if (url.hostname !== own.toLowerCase()) {
      url.hostname = own;
      if (url.protocol === 'http:') url.port = String(port);
    }
    return url.href;
  } catch {
    return null;
  }
}
