import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { CameraMischief, Login, SimulatedCamera } from './camera.ts';
import { DigestGuard } from './digestGuard.ts';
import { answerPicture, closeServer, listenOn } from './serve.ts';
import type { Snapshot } from './snapshot.ts';
import { drillMark, serialNumber } from './snapshot.ts';
import { halfOf } from './vzenithPush.ts';

export interface OnvifOptions {
  readonly port: number;
  readonly login: Login;
  /** The device's clock less the right time. */
  readonly clockAheadMs?: number;
}

const longestQuestion = 100_000;
const longestPullMs = 30_000;

/** An ONVIF device with one pull point, whose clock may be years off. */
export async function onvifCamera({
  port,
  login,
  clockAheadMs = 0,
}: OnvifOptions): Promise<SimulatedCamera & { readonly port: number }> {
  let mischief: CameraMischief = 'none';
  let failed = 0;
  let waiting: string[] = [];
  let subscribed = false;
  const pulls = new Set<() => void>();
  const nowMs = (): number => Date.now() + clockAheadMs;

  const guard = new DigestGuard(login, 'MD5');
  let seen: Uint8Array | null = null;

  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/snapshot.jpg') {
      if (guard.admits(request, response))
        answerPicture(response, mischief === 'cut-picture' ? halfOf(seen) : seen);
      return;
    }
    void answer(request, response);
  });
  const listening = await listenOn(server, port);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let question = '';
    for await (const chunk of request as AsyncIterable<Buffer>) {
      question += chunk.toString('utf8');
      if (question.length > longestQuestion) {
        request.destroy();
        return;
      }
    }
    const at = `http://127.0.0.1:${String(listening)}`;
    if (question.includes('<GetSystemDateAndTime')) {
      reply(response, dateTime(new Date(nowMs())));
      return;
    }
    if (!isLogin(question, login)) {
      failed += 1;
      reply(response, fault('ter:NotAuthorized', 'Sender not authorized'), 400);
    } else if (question.includes('<GetCapabilities')) {
      // A device behind a router names an address nobody can call.
      reply(
        response,
        '<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Events><tt:XAddr>http://10.255.255.1/onvif/Events</tt:XAddr>' +
          '</tt:Events><tt:Media><tt:XAddr>http://10.255.255.1/onvif/Media</tt:XAddr></tt:Media></tds:Capabilities>' +
          '</tds:GetCapabilitiesResponse>',
      );
    } else if (question.includes('<CreatePullPointSubscription')) {
      subscribed = true;
      reply(
        response,
        '<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference>' +
          `<wsa:Address>${at}/onvif/pull/1</wsa:Address></tev:SubscriptionReference>` +
          '</tev:CreatePullPointSubscriptionResponse>',
      );
    } else if (question.includes('<PullMessages')) {
      if (subscribed) await pull(response, question);
      else reply(response, fault('wsrf-rw:ResourceUnknownFault', 'no such pull point'), 500);
    } else if (question.includes('<GetProfiles')) reply(response, '<trt:Profiles token="main"/>');
    else if (question.includes('<GetSnapshotUri'))
      reply(response, `<trt:MediaUri><tt:Uri>http://10.255.255.1/snapshot.jpg</tt:Uri></trt:MediaUri>`);
    else if (question.includes('<GetStreamUri'))
      reply(response, '<trt:MediaUri><tt:Uri>rtsp://u:p@10.255.255.1:554/main</tt:Uri></trt:MediaUri>');
    else reply(response, '<tds:Done/>');
  }

  async function pull(response: ServerResponse, question: string): Promise<void> {
    const seconds = Number(/<Timeout>PT(\d{1,3})S/.exec(question)?.[1] ?? '1');
    if (waiting.length === 0 || mischief === 'silent') {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          pulls.delete(done);
          resolve();
        };
        const timer = setTimeout(done, mischief === 'silent' ? longestPullMs : seconds * 1000);
        pulls.add(done);
      });
    }
    const told = waiting.join('');
    waiting = [];
    const current = new Date(nowMs()).toISOString();
    reply(
      response,
      `<tev:PullMessagesResponse><tev:CurrentTime>${current}</tev:CurrentTime>${told}</tev:PullMessagesResponse>`,
    );
  }

  return {
    kind: 'onvif',
    port: listening,
    see: (snapshot) => {
      seen = snapshot.picture;
      if (!subscribed) return Promise.resolve('nobody listens');
      const shown = mischief === 'cut-picture' ? halfOf(snapshot.picture) : snapshot.picture;
      waiting.push(message(snapshot, snapshot.atMs + clockAheadMs, shown));
      for (const done of pulls) done();
      return Promise.resolve('taken');
    },
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => failed + guard.failed,
    restart: () => {
      subscribed = false;
      server.closeAllConnections();
    },
    close: async () => {
      for (const done of pulls) done();
      await closeServer(server);
    },
  };
}

function message({ visit, plateId }: Snapshot, atMs: number, picture: Uint8Array | null): string {
  const item = (name: string, value: string): string => `<tt:SimpleItem Name="${name}" Value="${value}"/>`;
  return (
    '<wsnt:NotificationMessage><wsnt:Topic>tns1:RuleEngine/Recognition/LicensePlate</wsnt:Topic><wsnt:Message>' +
    `<tt:Message UtcTime="${new Date(atMs).toISOString()}" PropertyOperation="Initialized">` +
    `<tt:Source>${item('VideoSource', serialNumber)}${item('Rule', drillMark)}</tt:Source>` +
    `<tt:Data>${item('ObjectId', String(plateId))}` +
    (picture === null ? '' : item('Image', Buffer.from(picture).toString('base64'))) +
    '<tt:ElementItem Name="LicensePlateInfo"><tt:LicensePlateInfo>' +
    `<tt:PlateNumber Likelihood="0.97">${visit.cameraPlate ?? ''}</tt:PlateNumber>` +
    '</tt:LicensePlateInfo></tt:ElementItem></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>'
  );
}

function fault(code: string, reason: string): string {
  return (
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${code}</s:Value></s:Subcode></s:Code>` +
    `<s:Reason><s:Text xml:lang="en">${reason}</s:Text></s:Reason></s:Fault>`
  );
}

function dateTime(at: Date): string {
  return (
    '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime>' +
    `<tt:Time><tt:Hour>${String(at.getUTCHours())}</tt:Hour><tt:Minute>${String(at.getUTCMinutes())}</tt:Minute>` +
    `<tt:Second>${String(at.getUTCSeconds())}</tt:Second></tt:Time>` +
    `<tt:Date><tt:Year>${String(at.getUTCFullYear())}</tt:Year><tt:Month>${String(at.getUTCMonth() + 1)}</tt:Month>` +
    `<tt:Day>${String(at.getUTCDate())}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>` +
    '</tds:GetSystemDateAndTimeResponse>'
  );
}

/** WS-Security UsernameToken Profile 1.0: the digest of nonce, time and password. */
function isLogin(question: string, { user, password }: Login): boolean {
  const [, nonce = ''] = /<o:Nonce[^>]*>([^<]*)</.exec(question) ?? [];
  const [, created = ''] = /<u:Created>([^<]*)</.exec(question) ?? [];
  const [, digest = ''] = /<o:Password[^>]*>([^<]*)</.exec(question) ?? [];
  const [, named = ''] = /<o:Username>([^<]*)</.exec(question) ?? [];
  const own = createHash('sha1').update(Buffer.from(nonce, 'base64')).update(created).update(password);
  return named === user && digest === own.digest('base64');
}

const namespaces = [
  ['s', 'http://www.w3.org/2003/05/soap-envelope'],
  ['tds', 'http://www.onvif.org/ver10/device/wsdl'],
  ['tev', 'http://www.onvif.org/ver10/events/wsdl'],
  ['trt', 'http://www.onvif.org/ver10/media/wsdl'],
  ['tt', 'http://www.onvif.org/ver10/schema'],
  ['wsa', 'http://www.w3.org/2005/08/addressing'],
  ['wsnt', 'http://docs.oasis-open.org/wsn/b-2'],
  ['ter', 'http://www.onvif.org/ver10/error'],
]
  .map(([prefix = '', uri = '']) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

function reply(response: ServerResponse, body: string, status = 200): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?><s:Envelope ${namespaces}><s:Body>${body}</s:Body></s:Envelope>`;
  response
    .writeHead(status, {
      'Content-Type': 'application/soap+xml; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
}
