/** A station in a process of its own that is killed after its record stands and before a camera has answered. */
import { SnapshotDesk } from '../../native/snapshots/snapshotDesk.ts';
import { driveOn, openYard, save, sixAxles } from './yard.ts';

const yard = await openYard();
const { desk } = yard.station;
desk.snapshots = new SnapshotDesk(desk, [
  { camera: 'entry', view: 'front', take: () => new Promise(() => undefined) },
]);
await driveOn(yard, { plate: '晋C10001', kg: 40_000, facts: sixAxles, kind: 'gross' });
const { number } = await save(yard);
process.stdout.write(JSON.stringify({ dir: yard.dir, number }), () => {
  process.kill(process.pid, 'SIGKILL');
});
