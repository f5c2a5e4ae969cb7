import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { idempotencyKey, maxDeliveryBytes } from '../station/sync/delivery.ts';
import { readBody } from './body.ts';
import { checkDelivery, parseJson } from './checks.ts';
import { exitsPage } from './exitsPage.ts';
import type { FaultHook, RightAnswer } from './faults.ts';
import { faultStores, playFault } from './faults.ts';
import { weighingsPage } from './page.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { PictureShelf } from './pictures.ts';
import { answerPicture } from './pictures.ts';
import type { PlatformStore } from './store.ts';
import { traceAnswer } from './traceRoutes.ts';
import { tracesPage } from './tracesPage.ts';

export interface PlatformContext {
  readonly store: PlatformStore;
  readonly pictures: PictureShelf;
  readonly drill: boolean;
  readonly token: string | null;
  readonly faults: FaultHook;
  readonly log: (line: string) => void;
  /** How often each event was sent so far, for the fault hook. */
  readonly tries: Map<string, number>;
  /** The signed rule files it offers, as they are on disk. */
  readonly ruleFiles: () => readonly string[];
}

export async function answerRequest(
  context: PlatformContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAllowed(context.token, request.headers.authorization)) {
    response.setHeader('www-authenticate', 'Basic realm="yuanheng", Bearer');
    refuse(response, refusal(401, 'token'));
    return;
  }
  const url = parseUrl(request.url ?? '/');
  if (url === null) {
    refuse(response, refusal(400, 'address'));
    return;
  }
  if (url.pathname === '/') {
    if (request.method !== 'GET') refuse(response, refusal(405, 'method'));
    else sendPage(response, weighingsPage(context.store.newest(100), context.drill));
    return;
  }
  if (url.pathname === '/traces') {
    if (request.method !== 'GET') refuse(response, refusal(405, 'method'));
    else sendPage(response, tracesPage(context.store.traces.newest(50)));
    return;
  }
  if (url.pathname === '/exits') {
    if (request.method !== 'GET') refuse(response, refusal(405, 'method'));
    else sendPage(response, exitsPage(context.store.exits.list(null, false, 200)));
    return;
  }
  if (url.pathname === '/v1/rules') {
    if (request.method !== 'GET') refuse(response, refusal(405, 'method'));
    else sendJson(response, 200, { files: context.ruleFiles() });
    return;
  }
  const picture = /^\/v1\/stations\/([^/]+)\/pictures\/([0-9a-f]{64})$/.exec(url.pathname);
  if (picture !== null) {
    await answerPicture(context.pictures, decode(picture[1] ?? ''), picture[2] ?? '', request, response);
    return;
  }
  const match = /^\/v1\/stations\/([^/]+)\/(events|summary|weighings|exits|head|questions|answers)$/.exec(
    url.pathname,
  );
  const station = decode(match?.[1] ?? '');
  if (match === null || station === null || station === '' || station.length > 64) {
    refuse(response, refusal(404, 'no such address'));
    return;
  }
  if (match[2] === 'events' && request.method === 'POST') {
    await receive(context, station, request, response);
    return;
  }
  if (match[2] === 'questions' || match[2] === 'answers') {
    const given = await traceAnswer(context.store.traces, station, match[2], request, Date.now());
    sendJson(response, given.status, given.body);
    return;
  }
  if (request.method !== 'GET') {
    refuse(response, refusal(405, 'method'));
    return;
  }
  answerQuestion(context.store, station, match[2] ?? '', url.searchParams, response);
}

async function receive(
  context: PlatformContext,
  station: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await readBody(request, maxDeliveryBytes);
  if (bytes === null) {
    refuse(response, refusal(413, 'too long'));
    return;
  }
  const json = parseJson(bytes.toString('utf8'));
  const sequence = sequenceOf(json);
  const fault = context.faults({
    station,
    sequence,
    nth: countTry(context.tries, `${station}:${String(sequence)}`),
  });
  const right = take(context, station, json, request.headers['idempotency-key'], faultStores(fault));
  context.log(
    `${station} event ${String(sequence)}: ${String(right.status)}${fault === null ? '' : ` (${fault.kind})`}`,
  );
  if (fault !== null) await playFault(fault, response, right);
  else sendJson(response, right.status, right.body);
}

/** Checks and stores; what comes back is the honest answer. */
function take(
  { store, drill }: PlatformContext,
  station: string,
  json: unknown,
  key: string | string[] | undefined,
  storing: boolean,
): RightAnswer {
  if (json === undefined) return toAnswer(refusal(400, 'not JSON'));
  const checked = checkDelivery(json, station, drill);
  if (!checked.ok) return toAnswer(checked.error);
  const { sequence, hash, epoch = 0 } = checked.value.delivery;
  if (key !== undefined && key !== idempotencyKey(station, sequence, epoch)) {
    return toAnswer(refusal(400, 'Idempotency-Key is not station:sequence or station:sequence:epoch'));
  }
  const kept = storing ? store.keep(station, checked.value, Date.now()) : 'stored';
  if (kept === 'other-content') {
    return toAnswer(refusal(409, `event ${String(sequence)} is held with another hash`));
  }
  if (kept === 'wrong-signature') {
    const issue = { path: 'signed', message: 'is not the signature of this event by the key it names' };
    return toAnswer(refusal(422, 'signature', [issue]));
  }
  return { status: kept === 'stored' ? 201 : 200, body: { accepted: true, sequence, hash } };
}

function toAnswer({ status, body }: Refusal): RightAnswer {
  return { status, body: { ...body } };
}

function answerQuestion(
  store: PlatformStore,
  station: string,
  question: string,
  asked: URLSearchParams,
  response: ServerResponse,
): void {
  if (question === 'summary') {
    sendJson(response, 200, store.summary(station));
    return;
  }
  if (question === 'head') {
    sendJson(response, 200, { head: store.head(station) });
    return;
  }
  const limit = wholeNumber(asked.get('limit'), 100, 1, 500);
  if (limit === null) {
    refuse(response, refusal(400, 'limit is not 1 to 500'));
    return;
  }
  if (question === 'exits') {
    const exits = store.exits.list(station, asked.get('open') === '1', limit);
    sendJson(response, 200, { exits });
    return;
  }
  if (question === 'weighings') {
    sendJson(response, 200, { weighings: store.weighings(station, asked.get('plate'), limit) });
    return;
  }
  const from = wholeNumber(asked.get('from'), 1, 1, Number.MAX_SAFE_INTEGER);
  if (from === null) {
    refuse(response, refusal(400, 'from is not a sequence'));
    return;
  }
  const epoch = wholeNumber(asked.get('epoch'), 0, 0, 1_000_000);
  if (epoch === null) {
    refuse(response, refusal(400, 'epoch is not a number'));
    return;
  }
  sendJson(response, 200, { events: store.events(station, from, limit, epoch) });
}

function wholeNumber(text: string | null, fallback: number, least: number, most: number): number | null {
  if (text === null) return fallback;
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

function sequenceOf(json: unknown): number | null {
  if (typeof json !== 'object' || json === null || !('sequence' in json)) return null;
  return typeof json.sequence === 'number' ? json.sequence : null;
}

function countTry(tries: Map<string, number>, key: string): number {
  const nth = (tries.get(key) ?? 0) + 1;
  if (tries.size > 10_000) tries.clear();
  tries.set(key, nth);
  return nth;
}

function parseUrl(path: string): URL | null {
  try {
    return new URL(path, 'http://platform');
  } catch {
    return null;
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Bearer for stations; Basic with the token as password, for a person with a browser. */
function isAllowed(token: string | null, header: string | undefined): boolean {
  if (token === null) return true;
  const [scheme, given] = (header ?? '').split(' ', 2);
  if (given === undefined) return false;
  if (scheme === 'Bearer') return same(given, token);
  if (scheme !== 'Basic') return false;
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return same(pair.slice(pair.indexOf(':') + 1), token);
}

function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function refuse(response: ServerResponse, { status, body }: Refusal): void {
  sendJson(response, status, body);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, html: string): void {
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .end(html);
}
