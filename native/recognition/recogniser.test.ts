import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { ok } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import { modelNames } from './modelFiles.ts';
import type { Answer, Question, RecognitionWorker } from './recogniser.ts';
import { openRecogniser } from './recogniser.ts';

/** A thread that answers when the test says so. */
class HandWorker extends EventEmitter implements RecognitionWorker {
  readonly asked: Question[] = [];
  ended = false;
  postMessage(question: Question): void {
    this.asked.push(question);
  }
  answer(): void {
    const id = this.asked.at(-1)?.id ?? 0;
    this.emit('message', { id, read: ok([]) } satisfies Answer);
  }
  terminate(): Promise<number> {
    this.ended = true;
    return Promise.resolve(1);
  }
}

function rig() {
  const workers: HandWorker[] = [];
  let due: (() => void) | null = null;
  const timers: Timers = {
    after: (_ms, run) => {
      due = run;
      return () => {
        if (due === run) due = null;
      };
    },
  };
  const recogniser = openRecogniser({
    timers,
    models: modelNames('models', 'runtime'),
    startWorker: () => {
      const worker = new HandWorker();
      workers.push(worker);
      return worker;
    },
  });
  return { recogniser, workers, pass: () => due?.() };
}

const jpeg = new Uint8Array(100);

it('starts its thread with the first picture, and reads one picture after the other', async () => {
  const { recogniser, workers } = rig();
  expect(workers).toHaveLength(0);
  const [one, two] = [recogniser.read(jpeg), recogniser.read(jpeg)];
  expect(workers[0]?.asked).toHaveLength(1);
  workers[0]?.answer();
  await one;
  expect(workers[0]?.asked).toHaveLength(2);
  workers[0]?.answer();
  expect(await two).toEqual({ ok: true, value: [] });
  expect(workers).toHaveLength(1);
});

it('a thread that hangs is ended, and the next picture gets a new one', async () => {
  const { recogniser, workers, pass } = rig();
  const hung = recogniser.read(jpeg);
  const next = recogniser.read(jpeg);
  pass();
  expect(await hung).toMatchObject({ ok: false });
  expect(workers[0]?.ended).toBe(true);
  workers[1]?.answer();
  expect(await next).toMatchObject({ ok: true });
});

it('a thread that dies costs the picture it read, and no other', async () => {
  const { recogniser, workers } = rig();
  const lost = recogniser.read(jpeg);
  const next = recogniser.read(jpeg);
  workers[0]?.emit('error', new Error('out of memory'));
  workers[0]?.emit('exit', 1);
  expect(await lost).toMatchObject({ ok: false, error: 'recognition stopped: out of memory' });
  workers[1]?.answer();
  expect(await next).toMatchObject({ ok: true });
});

it('is let go again when no picture comes for long', async () => {
  const { recogniser, workers, pass } = rig();
  const read = recogniser.read(jpeg);
  workers[0]?.answer();
  await read;
  pass();
  expect(workers[0]?.ended).toBe(true);
});

it('more pictures than it can read are refused, not kept', async () => {
  const { recogniser, workers } = rig();
  const reads = Array.from({ length: 8 }, () => recogniser.read(jpeg));
  expect(await reads[7]).toMatchObject({ ok: false, error: 'too many pictures at once' });
  expect(await recogniser.read(new Uint8Array(9 * 1024 * 1024))).toMatchObject({ ok: false });
  await recogniser.close();
  expect(await reads[0]).toMatchObject({ ok: false });
  expect(workers[0]?.ended).toBe(true);
});

it('without its files it says so', async () => {
  const none = openRecogniser({ timers: { after: () => () => undefined }, models: null });
  expect(await none.read(jpeg)).toMatchObject({
    ok: false,
    error: 'the files of the recognition are not installed',
  });
});
