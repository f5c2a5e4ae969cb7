import { createSocket } from 'node:dgram';

export interface DiscoveryResponder {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Answers a WS-Discovery probe as an ONVIF device does, on a loopback port of its own. */
export function answerProbes(servicePort: number): Promise<DiscoveryResponder> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => {
    const id = /<a:MessageID>([^<]{1,100})</.exec(bytes.toString('utf8'))?.[1];
    if (id === undefined || !bytes.includes('Probe')) return;
    socket.send(
      '<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" ' +
        'xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
        'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">' +
        `<e:Header><w:RelatesTo>${id}</w:RelatesTo></e:Header><e:Body><d:ProbeMatches><d:ProbeMatch>` +
        '<d:Types>dn:NetworkVideoTransmitter</d:Types>' +
        '<d:Scopes>onvif://www.onvif.org/name/YUANHENG%20DRILL onvif://www.onvif.org/hardware/SIM-1</d:Scopes>' +
        `<d:XAddrs>http://127.0.0.1:${String(servicePort)}/onvif/device_service</d:XAddrs>` +
        '</d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>',
      from.port,
      from.address,
    );
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      resolve({
        port: socket.address().port,
        close: () =>
          new Promise((closed) => {
            socket.close(() => {
              closed();
            });
          }),
      });
    });
  });
}
