/** A thread beside the station: it reads the store on a connection of its own, and writes nothing. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { checkSteps } from './checkSteps.ts';
import { countFigures } from './figures.ts';
import type { InspectionTask } from './inspectionThread.ts';

const task = workerData as InspectionTask;
const db = new Database(join(task.dir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
try {
  if (task.kind === 'figures') {
    parentPort?.postMessage(countFigures(db, task.dir, task.nowMs, task.pictureMonths));
  } else {
    for (const step of checkSteps(db, Date.now)) parentPort?.postMessage(step);
  }
} finally {
  db.close();
}
