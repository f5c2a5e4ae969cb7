/**
 * WS-Discovery (OASIS, 2005/04 as ONVIF uses it): a Probe to 239.255.255.250:3702, answered by each device.
 *
 *   <d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:…</a:Address></a:EndpointReference>
 *   <d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/name/DS-TCG406-E
 *   onvif://www.onvif.org/hardware/DS-TCG406-E</d:Scopes><d:XAddrs>http://192.168.1.64/onvif/device_service</d:XAddrs>
 */
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { decodeText, oneLine } from '../bytes/text.ts';
import { findAll, findIn, readXml } from '../bytes/xml.ts';

const group = '239.255.255.250';
const discoveryPort = 3702;
const mostFound = 200;

export interface FoundCamera {
  /** Who answered; what it says of its own address may be of another network. */
  readonly from: string;
  readonly name: string;
  readonly hardware: string;
  readonly addresses: readonly string[];
}

export interface DiscoveryOptions {
  readonly waitMs: number;
  /** Asks one address only, where the network carries no multicast. */
  readonly host?: string;
  readonly port?: number;
  /** This computer's address in the network that is asked; without it the system chooses one. */
  readonly from?: string;
}

/** Who on the network calls itself an ONVIF camera. Rejects when no socket can be had. */
export function discover({
  waitMs,
  host = group,
  port = discoveryPort,
  from,
}: DiscoveryOptions): Promise<FoundCamera[]> {
  const found = new Map<string, FoundCamera>();
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | null = null;
    socket.on('error', (problem) => {
      if (timer !== null) clearTimeout(timer);
      socket.close();
      reject(problem);
    });
    socket.on('message', (bytes, { address }) => {
      for (const camera of readMatches(bytes, address)) {
        if (found.size < mostFound) found.set(`${address} ${camera.addresses.join(' ')}`, camera);
      }
    });
    socket.bind({ port: 0, ...(from === undefined ? {} : { address: from }) }, () => {
      if (from !== undefined) socket.setMulticastInterface(from);
      socket.send(probe(), port, host);
      timer = setTimeout(() => {
        socket.close();
        resolve([...found.values()]);
      }, waitMs);
    });
  });
}

function probe(): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" ' +
    'xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header>' +
    `<a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>` +
    '<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>' +
    '<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action></s:Header>' +
    '<s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>'
  );
}

/** The devices in one answer; none when it is no answer to a probe. */
export function readMatches(bytes: Uint8Array, from: string): readonly FoundCamera[] {
  const text = decodeText(bytes);
  const read = text === null ? null : readXml(text);
  if (read?.ok !== true) return [];
  return findAll(read.value, 'ProbeMatch').map((match) => {
    const words = (name: string): string[] => (findIn(match, name)?.text ?? '').split(/\s+/).slice(0, 100);
    const scope = (name: string): string => {
      const begin = `onvif://www.onvif.org/${name}/`;
      const value = words('Scopes').find((word) => word.startsWith(begin)) ?? '';
      return oneLine(unescaped(value.slice(begin.length)));
    };
    return {
      from,
      name: scope('name'),
      hardware: scope('hardware'),
      addresses: words('XAddrs')
        .filter((word) => /^https?:\/\//.test(word) && URL.canParse(word))
        .slice(0, 8)
        .map((word) => oneLine(word, 200)),
    };
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
