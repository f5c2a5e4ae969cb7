import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Platform } from '../../platform/server.ts';
import { startPlatform } from '../../platform/server.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let dir: string;
let platform: Platform;
let yard: TestYard | null = null;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-city-'));
  platform = await startPlatform({ dataDir: dir, port: 0, log: () => undefined });
});
afterEach(async () => {
  await yard?.close();
  yard = null;
  await platform.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Answers {
  readonly answers: readonly {
    readonly signature: string | null;
    readonly answer: { readonly answer: string; readonly sha256: string } | null;
  }[];
}

const question = { by: 'plate', text: '晋C83N18', atMs: null, windowMs: 0, near: true };

async function ask(id: string): Promise<number> {
  const response = await fetch(`${platform.url}/v1/stations/YQ-7/questions`, {
    method: 'POST',
    body: JSON.stringify({ id, ...question }),
  });
  return response.status;
}

async function answers(): Promise<Answers['answers']> {
  const response = await fetch(`${platform.url}/v1/stations/YQ-7/answers`);
  return ((await response.json()) as Answers).answers;
}

async function weigh(): Promise<void> {
  if (yard === null) throw new Error('no yard');
  await driveOn(yard, { plate: '晋C83N16', kg: 48_000, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
}

it('the city asks for a misread plate, and gets a signed answer that its own copy of the ledger proves', async () => {
  yard = await openYard((settings) => {
    settings.platform = { url: platform.url, traces: true };
  });
  await weigh();
  expect(await ask('q-1')).toBe(201);
  expect(await ask('q-1')).toBe(200);
  // The station asks at its start.
  await yard.restart();
  await vi.waitFor(
    async () => {
      expect(await answers()).toMatchObject([{ signature: 'holds' }]);
    },
    { timeout: 20_000 },
  );
  const [given] = await answers();
  const content = JSON.parse(given?.answer?.answer ?? '') as { passages: unknown[] };
  expect(content).toMatchObject({
    station: 'YQ-7',
    question: { id: 'q-1' },
    passages: [{ plate: '晋C83N16', how: 'near', check: { signature: 'holds', weight: 'same' } }],
  });
  const { ledger } = yard.station.desk.deps.stores;
  const texts = [...ledger.links()].map(({ text }) => text);
  expect(texts.filter((text) => text.includes(given?.answer?.sha256 ?? 'none'))).toHaveLength(1);
  const page = await (await fetch(`${platform.url}/traces`)).text();
  expect(page).toContain('签名有效');
  expect(page).toContain('晋C83N16');
});

it('a station that is not set up for it never asks for questions', async () => {
  yard = await openYard((settings) => {
    settings.platform = { url: platform.url };
  });
  await ask('q-1');
  await weigh();
  await vi.waitFor(
    () => {
      expect(yard?.screen.view?.sync).toMatchObject({ state: 'up-to-date', waiting: 0 });
    },
    { timeout: 30_000 },
  );
  expect(await answers()).toMatchObject([{ answer: null }]);
});

it('an answer nobody asked for, one that is none, and one that was changed are not taken for true', async () => {
  const post = async (body: unknown): Promise<number> =>
    (await fetch(`${platform.url}/v1/stations/YQ-7/answers`, { method: 'POST', body: JSON.stringify(body) }))
      .status;
  const made = {
    ...{ contract: 1, question: 'q-1', answer: '{"passages":"<script>"}', sha256: '0'.repeat(64) },
    ...{ keyId: '0'.repeat(16), signature: 'AA==' },
  };
  expect(await post(made)).toBe(404);
  expect(await post({})).toBe(422);
  await ask('q-1');
  expect(await post(made)).toBe(200);
  expect(await answers()).toMatchObject([{ signature: 'unknown-key' }]);
  const page = await (await fetch(`${platform.url}/traces`)).text();
  expect(page).not.toContain('<script>');
});
