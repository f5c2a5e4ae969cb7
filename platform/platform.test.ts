import Database from 'better-sqlite3';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChainLink } from '../station/ledger/chain.ts';
import type { EventBody } from '../station/ledger/event.ts';
import { eventMessage, keyIdOf, keyProofMessage } from '../station/ledger/signing.ts';
import { branchAfter, makeChain, weighingBody } from './sampleRecords.ts';
import type { Platform, PlatformOptions } from './server.ts';
import { startPlatform } from './server.ts';

let dataDir = '';
let platform: Platform | null = null;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-platform-'));
});
afterEach(async () => {
  await platform?.close();
  platform = null;
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<PlatformOptions> = {}): Promise<string> {
  platform = await startPlatform({ dataDir, port: 0, log: () => undefined, ...options });
  return platform.url;
}
function bodyOf(link: ChainLink): Record<string, unknown> {
  const { sequence, previousHash, hash, text } = link;
  return { contract: 1, sequence, previousHash, hash, event: text };
}
async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/v1/stations/YH-01/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json() as Promise<unknown>;
}
function first(links: readonly ChainLink[]): ChainLink {
  const link = links[0];
  if (link === undefined) throw new Error('no link');
  return link;
}

describe('the reference platform', () => {
  it('stores an event once however often it is sent, and acknowledges it the same way each time', async () => {
    const url = await start();
    const link = first(makeChain(1));
    const acknowledgement = { accepted: true, sequence: 1, hash: link.hash };
    expect(await post(url, bodyOf(link))).toEqual({ status: 201, body: acknowledgement });
    expect(await post(url, bodyOf(link))).toEqual({ status: 200, body: acknowledgement });
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toEqual({
      events: 1,
      weighings: 1,
      lastSequence: 1,
      lastHash: link.hash,
      gaps: [],
      chainBreaks: [],
      epochs: [],
    });
  });

  it('refuses other content under a number it already holds, and keeps what it has', async () => {
    const url = await start();
    const link = first(makeChain(1));
    await post(url, bodyOf(link));
    const other = first(makeChain(1, { body: (number) => weighingBody(number, '晋C00000') }));
    expect(await post(url, bodyOf(other))).toMatchObject({ status: 409, body: { accepted: false } });
    expect(await get(`${url}/v1/stations/YH-01/events`)).toMatchObject({ events: [{ hash: link.hash }] });
  });

  it('takes a signature that holds, refuses one that does not, and marks what it cannot check yet', async () => {
    const url = await start();
    const { privateKey, publicKey: key } = generateKeyPairSync('ed25519');
    const publicKey = key.export({ format: 'der', type: 'spki' }).toString('base64');
    const keyId = keyIdOf(publicKey);
    const signature = (message: string): string =>
      sign(null, Buffer.from(message), privateKey).toString('base64');
    const introduced: EventBody = {
      type: 'key-introduced',
      body: {
        keyId,
        publicKey,
        proof: signature(keyProofMessage('YH-01', keyId)),
        replaces: null,
        reason: 'first',
        operator: null,
      },
    };
    const links = makeChain(4, { body: (at) => (at === 2 ? introduced : weighingBody(at)) });
    const signedBody = (link: ChainLink, by = link): Record<string, unknown> => ({
      ...bodyOf(link),
      signed: { keyId, signature: signature(eventMessage(by.hash)) },
    });
    const [early, introduction, late, another] = links;
    if (early === undefined || introduction === undefined || late === undefined || another === undefined)
      throw new Error('no chain');
    expect((await post(url, signedBody(early))).status).toBe(201);
    expect(await get(`${url}/v1/stations/YH-01/events`)).toMatchObject({
      events: [{ flags: ['unknown-key'] }],
    });
    expect((await post(url, signedBody(introduction))).status).toBe(201);
    expect(await post(url, signedBody(late, another))).toMatchObject({
      status: 422,
      body: { error: 'signature' },
    });
    expect((await post(url, signedBody(late))).status).toBe(201);
    expect((await post(url, bodyOf(another))).status).toBe(201);
    expect(await get(`${url}/v1/stations/YH-01/events`)).toMatchObject({
      events: [
        { flags: [] },
        { flags: [], signed: { keyId } },
        { flags: [] },
        { flags: ['unsigned'], signed: null },
      ],
    });
  });

  it('takes the branch of a declared restore beside the old one, which stays', async () => {
    const url = await start();
    const old = makeChain(6);
    const head = first(old.slice(2));
    for (const link of old) await post(url, bodyOf(link));
    const branch = branchAfter(head, (sequence) =>
      sequence === 4
        ? {
            type: 'store-restored',
            body: {
              from: 'backup',
              epoch: 1,
              headSequence: 3,
              headHash: head.hash,
              lostTo: { sequence: 6, hash: first(old.slice(5)).hash },
              numbersUsedTo: 6,
              unsigned: 0,
              operator: null,
            },
          }
        : weighingBody(sequence + 2),
    );
    for (const link of branch) {
      expect(await post(url, bodyOf(link))).toMatchObject({ status: 409 });
      expect(await post(url, { ...bodyOf(link), epoch: 1 })).toMatchObject({ status: 201 });
      expect(await post(url, { ...bodyOf(link), epoch: 1 })).toMatchObject({ status: 200 });
    }
    expect(await get(`${url}/v1/stations/YH-01/events`)).toMatchObject({
      events: old.map(({ hash }) => ({ epoch: 0, hash, flags: ['unsigned'] })),
    });
    expect(await get(`${url}/v1/stations/YH-01/events?epoch=1`)).toMatchObject({
      events: branch.map(({ hash }) => ({ epoch: 1, hash, flags: ['unsigned'] })),
    });
    const last = first(branch.slice(-1));
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({
      lastSequence: last.sequence,
      lastHash: last.hash,
      gaps: [],
      chainBreaks: [],
      epochs: [{ epoch: 1, from: 4, to: last.sequence, declared: true }],
    });
    expect(await get(`${url}/v1/stations/YH-01/head`)).toMatchObject({
      head: { epoch: 1, sequence: last.sequence, hash: last.hash, number: 8 },
    });
  });

  it('shows a branch that no restore declared', async () => {
    const url = await start();
    const old = makeChain(3);
    for (const link of old) await post(url, bodyOf(link));
    const [forged] = branchAfter(first(old), (sequence) => weighingBody(sequence, '晋C00000'));
    await post(url, { ...bodyOf(forged!), epoch: 1 });
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({
      epochs: [{ epoch: 1, from: 2, to: 2, declared: false }],
    });
  });

  it('takes over a store of before there were branches', async () => {
    const url = await start();
    const [one, two] = makeChain(2);
    await post(url, bodyOf(one!));
    await platform?.close();
    const db = new Database(join(dataDir, 'platform.db'));
    db.exec(`DROP VIEW chain; DROP INDEX weighings_by_plate; PRAGMA foreign_keys = OFF;
      ALTER TABLE weighings RENAME TO w; ALTER TABLE events RENAME TO e;
      CREATE TABLE events (station TEXT NOT NULL, sequence INTEGER NOT NULL, previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL, text TEXT NOT NULL, type TEXT NOT NULL, received_ms INTEGER NOT NULL,
        PRIMARY KEY (station, sequence)) STRICT, WITHOUT ROWID;
      CREATE TABLE weighings (id INTEGER PRIMARY KEY, station TEXT NOT NULL, sequence INTEGER NOT NULL,
        number INTEGER NOT NULL, time_ms INTEGER NOT NULL, kind TEXT NOT NULL, plate TEXT NOT NULL,
        weighed_kg INTEGER NOT NULL, net_kg INTEGER, limit_kg INTEGER, over_kg INTEGER NOT NULL, outcome TEXT,
        UNIQUE (station, sequence), FOREIGN KEY (station, sequence) REFERENCES events(station, sequence)) STRICT;
      CREATE INDEX weighings_by_plate ON weighings(station, plate, id);
      CREATE VIEW chain AS SELECT *, 0 AS before_sequence, '' AS before_hash FROM events;
      INSERT INTO events SELECT station, sequence, previous_hash, hash, text, type, received_ms FROM e;
      INSERT INTO weighings SELECT id, station, sequence, number, time_ms, kind, plate, weighed_kg, net_kg, limit_kg,
        over_kg, outcome FROM w;
      DROP TABLE w; DROP TABLE e;`);
    db.close();
    const again = await start();
    expect(await post(again, bodyOf(two!))).toMatchObject({ status: 201 });
    expect(await get(`${again}/v1/stations/YH-01/summary`)).toMatchObject({
      events: 2,
      weighings: 2,
      gaps: [],
      chainBreaks: [],
    });
  });

  it('hashes the previous hash as 32 bytes before the event text', async () => {
    const url = await start();
    const link = first(makeChain(1));
    const hash = createHash('sha256')
      .update(new Uint8Array(32))
      .update(new TextEncoder().encode(link.text))
      .digest('hex');
    expect(hash).toBe(link.hash);
    const wrong = { ...bodyOf(link), hash: hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    expect(await post(url, wrong)).toMatchObject({ status: 422, body: { issues: [{ path: 'hash' }] } });
  });

  it('says which fields of an event do not fit', async () => {
    const url = await start();
    const text = first(makeChain(1)).text.replace('"weighedKg":46650', '"weighedKg":"46650"');
    const hash = createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex');
    const body = { contract: 1, sequence: 1, previousHash: '0'.repeat(64), hash, event: text };
    const answer = await post(url, body);
    expect(answer).toMatchObject({ status: 422, body: { accepted: false, error: 'schema' } });
    expect(JSON.stringify(answer.body)).toContain('"path":"event.body.weighedKg"');
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({ events: 0 });
  });

  it('refuses text that is not canonical, another sequence, another station and a missing field', async () => {
    const url = await start();
    const link = first(makeChain(1));
    const spaced = link.text.replace('{', '{ ');
    const hash = createHash('sha256').update(Buffer.alloc(32)).update(spaced).digest('hex');
    expect((await post(url, { ...bodyOf(link), event: spaced, hash })).status).toBe(422);
    expect((await post(url, { ...bodyOf(link), sequence: 2 })).status).toBe(422);
    expect((await post(url, bodyOf(first(makeChain(1, { station: 'YH-02' }))))).status).toBe(422);
    expect((await post(url, { contract: 1 })).status).toBe(422);
  });

  it('keeps drills and real records apart, whichever way they come', async () => {
    const drill = bodyOf(first(makeChain(1, { mode: 'drill' })));
    const real = bodyOf(first(makeChain(1)));
    const realUrl = await start();
    expect(await post(realUrl, drill)).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'event.mode' }] },
    });
    await platform?.close();
    const drillUrl = await start({ drill: true });
    expect((await post(drillUrl, drill)).status).toBe(201);
    expect((await post(drillUrl, real)).status).toBe(422);
  });

  it('answers 400 to what is not JSON, 413 to a long body and 401 without the token', async () => {
    const url = await start({ token: 'secret' });
    const login = { authorization: 'Bearer secret' };
    expect((await post(url, '{', login)).status).toBe(400);
    expect((await post(url, '[]', login)).status).toBe(422);
    expect((await post(url, '['.repeat(1024 * 1024), login)).status).toBe(400);
    expect((await post(url, 'x'.repeat(1024 * 1024 + 1), login)).status).toBe(413);
    expect((await post(url, bodyOf(first(makeChain(1))))).status).toBe(401);
    expect((await post(url, '{}', { authorization: 'Bearer secre' })).status).toBe(401);
    expect((await fetch(url)).status).toBe(401);
    const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    expect((await fetch(url, { headers: { authorization: basic } })).status).toBe(200);
  });

  it('refuses a key that names another event', async () => {
    const url = await start();
    const body = bodyOf(first(makeChain(1)));
    expect((await post(url, body, { 'idempotency-key': 'YH-01:2' })).status).toBe(400);
    expect((await post(url, body, { 'idempotency-key': 'YH-01:1' })).status).toBe(201);
  });

  it('takes events out of order and points at gaps and broken links', async () => {
    const url = await start();
    const links = makeChain(5);
    const strange = makeChain(5, { body: (number) => weighingBody(number, '晋C99999') });
    for (const index of [4, 0]) await post(url, bodyOf(links[index] ?? first(links)));
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({ gaps: [{ from: 2, to: 4 }] });
    for (const index of [1, 3]) await post(url, bodyOf(links[index] ?? first(links)));
    await post(url, bodyOf(strange[2] ?? first(strange)));
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({
      events: 5,
      gaps: [],
      chainBreaks: [3, 4],
    });
    expect(await get(`${url}/v1/stations/YH-01/events?from=3&limit=1`)).toMatchObject({
      events: [{ sequence: 3, flags: ['chain-break', 'unsigned'] }],
    });
  });

  it('finds the weighings of a plate and shows them on a page without letting a plate speak HTML', async () => {
    const url = await start();
    const hostile = '<script>alert("晋")</script>';
    const links = makeChain(2, {
      body: (number) => weighingBody(number, number === 2 ? hostile : '晋C83N16'),
    });
    for (const link of links) await post(url, bodyOf(link));
    expect(
      await get(`${url}/v1/stations/YH-01/weighings?plate=${encodeURIComponent('晋C83N16')}`),
    ).toMatchObject({ weighings: [{ number: 1, weighedKg: 46_650 }] });
    const page = await (await fetch(url)).text();
    expect(page).toContain('晋C83N16');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
  });

  it('answers strange addresses and methods without falling over', async () => {
    const url = await start();
    const statuses = [];
    for (const path of ['/v1/stations/%E0%A4%A/summary', '/v1/stations//events', '/x', '/v1/stations/a/b']) {
      statuses.push((await fetch(`${url}${path}`)).status);
    }
    expect(statuses).toEqual([404, 404, 404, 404]);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}/v1/stations/a/events`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${url}/v1/stations/a/events?limit=501`)).status).toBe(400);
    expect((await fetch(`${url}/v1/stations/a/events?from=x`)).status).toBe(400);
    expect(await get(`${url}/v1/stations/a/summary`)).toMatchObject({ events: 0, lastSequence: 0 });
  });

  it('still holds everything after a restart', async () => {
    let url = await start();
    const link = first(makeChain(1));
    await post(url, bodyOf(link));
    await platform?.close();
    url = await start();
    expect(await get(`${url}/v1/stations/YH-01/summary`)).toMatchObject({ events: 1, lastHash: link.hash });
    expect((await post(url, bodyOf(link))).status).toBe(200);
  });
});

describe('who left the yards', () => {
  const seen: (EventBody & { type: 'exit-seen' })['body'] = {
    ...{
      camera: 'exit',
      plate: '晋C10003',
      colour: 'yellow',
      rearPlate: null,
      found: 'not-weighed',
      number: null,
    },
    ...{ probably: false, seenMs: 1_770_000_000_000, late: false, again: null, settles: null, doubts: null },
    pictures: ['a'.repeat(64)],
  };
  const told: readonly EventBody[] = [
    { type: 'exit-seen', body: seen },
    { type: 'exit-seen', body: { ...seen, plate: null, found: 'unreadable' } },
    { type: 'exit-seen', body: { ...seen, plate: '晋C10001', found: 'slip', number: 7, settles: 2 } },
    { type: 'exit-seen', body: { ...seen, plate: '晋C10004', found: 'refused', number: 8 } },
    { type: 'exit-explained', body: { sequence: 4, as: 'turned-back', note: '<b>回场', operator: '张三' } },
    { type: 'exit-seen', body: { ...seen, plate: '晋C1O001', found: 'slip', number: 9, probably: true } },
    { type: 'exit-seen', body: { ...seen, plate: '晋C10001', found: 'slip', number: 9, doubts: 6 } },
  ];

  it('is listed, what is open apart, with what was said of the others, and shown to a browser', async () => {
    const url = await start();
    const links = makeChain(told.length, {
      body: (sequence) => told[sequence - 1] ?? weighingBody(sequence),
    });
    for (const link of links) await post(url, bodyOf(link));
    const listed = async (query: string) =>
      (
        (await get(`${url}/v1/stations/YH-01/exits${query}`)) as {
          exits: { sequence: number; open: boolean }[];
        }
      ).exits;
    const byNumber = (one: { sequence: number }, other: { sequence: number }): number =>
      one.sequence - other.sequence;
    const all = (await listed('')).sort(byNumber);
    expect(all.map(({ sequence, open }) => [sequence, open])).toEqual([
      ...[
        [1, true],
        [2, false],
        [3, false],
        [4, false],
        [6, true],
        [7, false],
      ],
    ]);
    expect(all[3]).toMatchObject({ explained: { as: 'turned-back', note: '<b>回场', operator: '张三' } });
    expect((await listed('?open=1')).map(({ sequence }) => sequence).sort()).toEqual([1, 6]);
    expect(await listed('?open=1&limit=1')).toHaveLength(1);
    const page = await (await fetch(`${url}/exits`)).text();
    expect(page).toContain('晋C10003');
    expect(page).toContain('&lt;b&gt;回场');
    expect(page).not.toContain('<b>回场');
  });
});
