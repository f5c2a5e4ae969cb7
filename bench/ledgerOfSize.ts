import { generateKeyPairSync, sign } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { judge } from '../station/limits/judge.ts';
import { sampleCase } from '../station/limits/sampleCase.ts';
import { canonicalJson } from '../station/ledger/canonical.ts';
import { genesisHash, linkHash } from '../station/ledger/chain.ts';
import type { EventBody, LedgerEvent } from '../station/ledger/event.ts';
import { sampleWeighing } from '../station/ledger/sampleWeighing.ts';
import { eventMessage, keyIdOf, keyProofMessage } from '../station/ledger/signing.ts';
import { CurveStore } from '../native/store/blobStore.ts';
import type { Db } from '../native/store/database.ts';
import { openDatabase } from '../native/store/database.ts';
import { project } from '../native/store/projections.ts';

const station = 'B';
const startMs = Date.UTC(2026, 0, 1);
/** One crossing: begun, weighed, paper, closed. */
const eventsACrossing = 4;
const crossingsATransaction = 2_500;

/** A store of so many events, every one signed, written in large transactions: a station would take years. */
export async function ledgerOfSize(
  dir: string,
  events: number,
  pictures: readonly string[] = [],
): Promise<void> {
  const db = openDatabase(dir);
  db.pragma('synchronous = OFF');
  db.prepare(`INSERT INTO meta VALUES ('mode', 'real'), ('station', ?)`).run(station);
  const frames = Array.from({ length: 31 }, () => '022b30343832303030313503');
  const curveSha256 = new CurveStore(db).keep(
    frames.map((raw, at) => `${String(at * 100)} ${raw}`).join('\n'),
  );
  const write = writer(db);
  let written = write.begin();
  for (let crossing = 1; written + eventsACrossing <= events;) {
    db.transaction(() => {
      for (let each = 0; each < crossingsATransaction && written + eventsACrossing <= events; each += 1) {
        for (const body of bodies(crossing, frames, curveSha256, pictures)) written = write.event(body);
        crossing += 1;
      }
    })();
    // Statements that nobody holds any more are let go between turns only.
    await nextTurn();
  }
  db.close();
}

function bodies(
  number: number,
  frames: readonly string[],
  curveSha256: string,
  pictures: readonly string[],
): EventBody[] {
  const crossingId = `crossing-${String(number)}`;
  const plate = `晋C${String(number % 100_000).padStart(5, '0')}`;
  const grossKg = 48_200;
  const case_ = sampleCase({ grossKg, plates: { front: plate, rear: null, trailer: null } });
  const weighed = sampleWeighing({
    ...{ number, crossingId, plate, frames, curveSha256, grossKg, weighedKg: grossKg, kind: 'gross' },
    ...{ tareKg: null, case: case_, decision: judge(case_), facts: case_.facts },
    pictures: pictures.slice((number * 2) % pictures.length, ((number * 2) % pictures.length) + 2),
  });
  return [
    { type: 'crossing-begun', body: { crossingId, lane: '1', kg: 500, from: 'zero' } },
    { type: 'weighing', body: weighed },
    {
      type: 'paper-issued',
      body: { number, kind: 'slip', copy: 1, form: 'A4', printer: null, failure: null, operator: null },
    },
    {
      type: 'crossing-closed',
      body: {
        ...{ crossingId, outcome: 'slip', number, plate, peakKg: grossKg, durationMs: 60_000 },
        ...{ interrupted: false, from: 'zero', to: 'zero', note: null, operator: null, curveSha256 },
      },
    },
  ];
}

function writer(db: Db): { readonly begin: () => number; readonly event: (body: EventBody) => number } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const keyId = keyIdOf(spki);
  const signed = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');
  const insert = db.prepare(
    `INSERT INTO ledger (sequence, time_ms, type, number, text, previous_hash, hash, key_id, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const queue = db.prepare(`INSERT INTO outbox (sequence, state) VALUES (?, 'waiting')`);
  let sequence = 0;
  let previous = genesisHash;
  const event = (body: EventBody): number => {
    sequence += 1;
    const timeMs = startMs + sequence * 30_000;
    const whole: LedgerEvent = {
      ...{ v: 1, station, mode: 'real', sequence, timeMs, bootId: 'bench', monotonicMs: sequence },
      ...{ clockSource: 'system', driftMs: 0 },
      ...body,
    };
    const text = canonicalJson(whole);
    const hash = linkHash(previous, text);
    const number = body.type === 'weighing' ? body.body.number : null;
    insert.run(sequence, timeMs, body.type, number, text, previous, hash, keyId, signed(eventMessage(hash)));
    queue.run(sequence);
    project(db, whole);
    previous = hash;
    return sequence;
  };
  return {
    event,
    begin: () => {
      event({ type: 'store-created', body: { stationName: '基准', program: '0.1.0' } });
      const proof = signed(keyProofMessage(station, keyId));
      const key = { keyId, publicKey: spki, proof, replaces: null, reason: 'first', operator: null } as const;
      return event({ type: 'key-introduced', body: key });
    },
  };
}
