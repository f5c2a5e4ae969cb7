import { Worker } from 'node:worker_threads';

export type InspectionTask =
  | { readonly kind: 'chain'; readonly dir: string }
  | {
      readonly kind: 'figures';
      readonly dir: string;
      readonly nowMs: number;
      readonly pictureMonths: number;
    };

/** Beside this file: TypeScript where the sources run as they are, its bundle in the desktop program. */
function workerFile(): URL {
  const own = import.meta.url.endsWith('.ts') ? './inspectionWorker.ts' : './inspectionWorker.cjs';
  return new URL(own, import.meta.url);
}

export interface InspectionThread {
  /** Resolves when the thread has said all it had; rejects when it failed. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Runs one task in a thread of its own: counting years of records never holds up a weighing. */
export function inspectionThread(task: InspectionTask, hear: (message: unknown) => void): InspectionThread {
  const worker = new Worker(workerFile(), { workerData: task });
  worker.on('message', hear);
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the thread ended with ${String(code)}`));
    });
  });
  return {
    ended,
    stop: async () => {
      await worker.terminate();
    },
  };
}
