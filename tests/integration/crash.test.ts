import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStation } from '../../native/host.ts';
import { sha256Hex } from '../../native/store/blobStore.ts';
import { Settings } from '../../native/settings.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import { bundledChild } from '../support/bundledChild.ts';

const kills = Number(process.env.YUANHENG_KILLS ?? '60');
/** Stations side by side, each in a folder of its own: while one starts another is read. */
const streams = [0, 1];
const rounds = Math.ceil(kills / streams.length);
const roundMs = 3_600_000;
/** A few trucks; how long they take is the computer's own affair. */
const mostEvents = 30;
/** A truck's few events take about as long, a start many times that. */
const withinMs = 40;
const startingMs = 500;
let root: string;
let child: Awaited<ReturnType<typeof bundledChild>>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-crash-'));
  child = await bundledChild('weighsUntilKilled');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Starts the station, kills it at some moment, and returns what it had said was committed. */
function runAndKill(
  dir: string,
  startMs: number,
  seed: number,
): Promise<{ said: Map<number, string>; complaint: string }> {
  return new Promise((done, fail) => {
    const station = spawn(process.execPath, [child.file, dir, String(startMs), String(seed)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: child.env,
    });
    let text = '';
    let complaint = '';
    const killWithin = (ms: number): void => {
      setTimeout(() => station.kill('SIGKILL'), Math.random() * ms);
    };
    // One in eight dies while it starts.
    const diesEarly = seed % 8 === 7;
    let eventsLeft = Math.random() * mostEvents;
    if (diesEarly) killWithin(startingMs);
    station.stdout.on('data', (bytes: Buffer) => {
      const said = bytes.toString('utf8');
      text += said;
      const before = eventsLeft;
      eventsLeft -= said.split('\n').length - 1;
      if (!diesEarly && before > 0 && eventsLeft <= 0) killWithin(withinMs);
    });
    station.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes.toString('utf8');
    });
    station.on('error', fail);
    station.on('close', () => {
      // The pipe may have been cut in a line.
      const lines = text.split('\n').slice(0, -1);
      done({ said: new Map(lines.map((line) => pairOf(line))), complaint });
    });
  });
}

function pairOf(line: string): [number, string] {
  const [sequence = '', hash = ''] = line.split(' ');
  return [Number(sequence), hash];
}

function linksFrom(dir: string, sequence: number): SignedLink[] {
  const db = new Database(join(dir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
  try {
    const rows = db
      .prepare(
        `SELECT sequence, text, previous_hash AS previousHash, hash, key_id AS keyId, signature FROM ledger
         WHERE sequence > ? ORDER BY sequence`,
      )
      .all(sequence) as (Omit<SignedLink, 'signed'> & { keyId: string | null; signature: string | null })[];
    return rows.map(({ keyId, signature, ...link }) => ({
      ...link,
      signed: keyId === null || signature === null ? null : { keyId, signature },
    }));
  } finally {
    db.close();
  }
}

describe('a station killed at any moment', () => {
  it.concurrent.each(streams)(
    `loses no committed event, doubles no number and keeps its chain whole, ${String(rounds)} times over (%i)`,
    { timeout: 60_000 + kills * 4000 },
    async (stream) => {
      const dir = join(root, String(stream));
      const check = new LedgerCheck({ every: true });
      const hashes = new Map<number, string>();
      const named = new Set<string>();
      let committed = 0;
      for (let round = 0; round < rounds; round += 1) {
        const startMs = Date.UTC(2026, 10, 23) + round * roundMs;
        const { said, complaint } = await runAndKill(dir, startMs, round);
        expect(complaint).toBe('');
        // Nothing has opened the store since: this is what the kill left, as SQLite recovers it.
        for (const link of linksFrom(dir, hashes.size)) {
          const taken = check.take(link);
          expect(taken).not.toHaveProperty('fault');
          hashes.set(link.sequence, link.hash);
          if ('event' in taken && taken.event.type === 'weighing')
            for (const sha256 of taken.event.body.pictures) named.add(sha256);
        }
        for (const [sequence, hash] of said) expect(hashes.get(sequence)).toBe(hash);
        committed += said.size;
      }
      const finished = check.finish();
      expect(finished).toHaveProperty('summary');
      if (!('summary' in finished)) return;
      const { events, weighings } = finished.summary;
      console.log(
        `${String(rounds)} kills: ${String(events)} events, ${String(weighings)} weighings, ${String(committed)} reported and found`,
      );
      expect(weighings).toBeGreaterThan(0);
      // The whole again from the first link on, and everything the records name.
      const again = new LedgerCheck({ every: true });
      for (const link of linksFrom(dir, 0)) expect(again.take(link)).not.toHaveProperty('fault');
      for (const sha256 of named) {
        const file = join(dir, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`);
        expect(sha256Hex(readFileSync(file))).toBe(sha256);
      }
      const papers = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.pdf'),
      );
      expect(papers.length).toBeGreaterThan(0);
      for (const paper of papers) {
        const bytes = readFileSync(join(dir, paper));
        expect([bytes.subarray(0, 5).toString(), bytes.subarray(-6).toString().trim()]).toEqual([
          '%PDF-',
          '%%EOF',
        ]);
      }
      // One more start, in peace: half-written files are gone, the books of the store itself are in order.
      const settings = Settings.parse({ station: { id: 'KILL-1', name: '断电测试' } });
      const station = await openStation({ dataDir: dir, settings });
      const { db } = station.desk.deps.stores;
      expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      await station.desk.copies?.settled();
      await station.close();
      const halves = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.part(\.|$)/.test(name),
      );
      expect(halves).toEqual([]);
    },
  );
});
