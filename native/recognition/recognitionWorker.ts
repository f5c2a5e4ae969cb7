/** The thread that reads plates: it gets a picture, it answers with plates, and it knows nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { err } from '../../station/result.ts';
import { Engine } from './engine.ts';
import type { ModelFiles } from './modelFiles.ts';
import type { Answer, Question } from './recogniser.ts';

const loading = Engine.load(workerData as ModelFiles);

parentPort?.on('message', ({ id, jpeg }: Question) => {
  void read(jpeg).then((answer) => {
    parentPort?.postMessage({ id, read: answer } satisfies Answer);
  });
});

async function read(jpeg: Uint8Array): Promise<Answer['read']> {
  try {
    return await (await loading).read(jpeg);
  } catch (problem) {
    return err(problem instanceof Error ? problem.message.slice(0, 200) : 'recognition failed');
  }
}
