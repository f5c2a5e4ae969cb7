import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { StoreMode } from '../../station/contract.ts';
import type { Connection, Peer } from '../peer.ts';
import { inspectorLine } from './inspectorLine.ts';
import { loaderLine } from './loaderLine.ts';
import type { LoginAnswer, SessionRole } from './login.ts';
import { Login } from './login.ts';

/** A register's spreadsheet or a picture of a document comes in one message, as base64. */
const maxStationMessageBytes = 25 * 1024 * 1024;
const maxLoaderMessageBytes = 4 * 1024;
const maxInspectorMessageBytes = 16 * 1024;
const maxBufferedBytes = 8 * 1024 * 1024;
const cookieName = 'yuanheng';

export interface ConsoleDeps {
  readonly host: string;
  readonly port: number;
  /** The built screens. */
  readonly screensDir: string;
  readonly mode: StoreMode;
  readonly connect: (peer: Peer) => Connection;
  readonly monotonicMs: () => number;
  /** Told of each login, and of each that was refused; whoever keeps them keeps them within bounds. */
  readonly onLogin?: (login: ConsoleLogin) => void;
}

export interface ConsoleLogin {
  readonly what: 'opened' | 'refused';
  readonly role: SessionRole | null;
  /** The address it came from. */
  readonly from: string;
}

export interface ConsoleServer {
  readonly url: string;
  /** Under every address of this machine it listens on. */
  readonly urls: readonly string[];
  readonly code: string;
  /** For loaders: their session gets weight and loading advice, and nothing else. */
  readonly loaderCode: string;
  /** For inspectors: their session looks at everything and changes nothing. */
  readonly inspectorCode: string;
  /** Hangs up on every screen; they come again by themselves. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
}

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The same screens over WebSocket, for the manager's office and the gate-house, after login. */
export async function serveConsole(deps: ConsoleDeps): Promise<ConsoleServer> {
  const login = new Login(deps.monotonicMs);
  const files = sirv(deps.screensDir, { dev: true, single: false });
  const sockets: Readonly<Record<SessionRole, WebSocketServer>> = {
    station: new WebSocketServer({ noServer: true, maxPayload: maxStationMessageBytes }),
    loader: new WebSocketServer({ noServer: true, maxPayload: maxLoaderMessageBytes }),
    inspector: new WebSocketServer({ noServer: true, maxPayload: maxInspectorMessageBytes }),
  };

  const lines: Readonly<Record<SessionRole, ConsoleDeps['connect']>> = {
    station: deps.connect,
    loader: loaderLine(deps.connect),
    inspector: inspectorLine(deps.connect, 'always'),
  };

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    void route(request, response).catch(() => {
      request.destroy();
    });
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;

  function tryCode(request: IncomingMessage, offered: string): LoginAnswer {
    const answer = login.tryCode(offered);
    const from = request.socket.remoteAddress ?? '';
    if (answer.kind === 'in') deps.onLogin?.({ what: 'opened', role: answer.role, from });
    else if (answer.kind === 'wrong') deps.onLogin?.({ what: 'refused', role: null, from });
    return answer;
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://console');
    if (url.pathname === '/session' && request.method === 'GET') {
      const role = login.roleOf(sessionOf(request));
      sendJson(response, 200, { signedIn: role !== null, mode: deps.mode, role });
    } else if (url.pathname === '/login' && request.method === 'POST' && sameOrigin(request)) {
      const answer = tryCode(request, codeOf(await readText(request)));
      if (answer.kind === 'in') setSession(response, answer.session);
      sendJson(response, answer.kind === 'in' ? 200 : answer.kind === 'wrong' ? 401 : 429, {
        result: answer.kind,
        role: answer.kind === 'in' ? answer.role : null,
      });
    } else if (url.pathname === '/login' && request.method === 'GET') {
      const answer = tryCode(request, url.searchParams.get('code') ?? '');
      if (answer.kind === 'in') setSession(response, answer.session);
      const loader = answer.kind === 'in' && answer.role === 'loader';
      response.writeHead(303, { Location: loader ? '/#loader' : '/' }).end();
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      files(request, response, () => {
        response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
      });
    } else {
      response.writeHead(405, { Connection: 'close' }).end();
    }
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const role = login.roleOf(sessionOf(request));
    if (request.url !== '/station' || !sameOrigin(request) || role === null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets[role].handleUpgrade(request, socket, head, (webSocket) => {
      carry(webSocket, lines[role]);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, deps.host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const own = deps.host === '0.0.0.0' ? '127.0.0.1' : deps.host;
  return {
    url: `http://${own}:${String(port)}/`,
    urls: (deps.host === '0.0.0.0' ? yardAddresses() : [own]).map(
      (host) => `http://${host}:${String(port)}/`,
    ),
    code: login.code,
    loaderCode: login.loaderCode,
    inspectorCode: login.inspectorCode,
    drop: () => {
      for (const line of Object.values(sockets)) for (const client of line.clients) client.terminate();
    },
    close: () =>
      new Promise((resolve) => {
        for (const { clients } of Object.values(sockets)) for (const client of clients) client.terminate();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function carry(socket: WebSocket, connect: (peer: Peer) => Connection): void {
  const connection = connect({
    post: (message) => {
      // A screen that stopped reading must not grow the station's memory: it is dropped and reconnects.
      if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) return;
    try {
      connection.receive(JSON.parse(data.toString('utf8')));
    } catch {
      socket.close(1007, 'not JSON');
    }
  });
  socket.on('close', connection.close);
  socket.on('error', () => {
    socket.terminate();
  });
}

/** A page of another site can neither log in nor open the socket with this browser's cookie. */
function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined
    ? request.headers['sec-fetch-site'] === undefined
    : origin === `http://${host ?? ''}`;
}

function sessionOf(request: IncomingMessage): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return cookies.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

function setSession(response: ServerResponse, session: string): void {
  response.setHeader(
    'Set-Cookie',
    `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200`,
  );
}

function codeOf(text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'code' in json ? String(json.code) : '';
  } catch {
    return '';
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > 1000) break;
  }
  return text;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}

function yardAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const yard = all.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return yard.length === 0 ? ['127.0.0.1'] : yard.map(({ address }) => address);
}
