/**
 * A station that weighs truck after truck as fast as it can and says of each committed event, on standard output, its
 * sequence and hash. Somebody kills it. Arguments: data directory, wall clock at the start in ms, a seed.
 */
import { emptyEvent, seenPlate } from '../../native/cameras/plateEvent.ts';
import { writeSync } from 'node:fs';
import { handClock } from '../../native/handClock.ts';
import { openStation } from '../../native/host.ts';
import { Settings } from '../../native/settings.ts';
import { frame } from './scale.ts';
import { papersInOrder, sixAxles } from './yard.ts';

const [dataDir = '', startMs = '0', seed = '0'] = process.argv.slice(2);
const clock = handClock(Number(startMs));
const settings = Settings.parse({
  station: { id: 'KILL-1', name: '断电测试' },
  lane: { weighing: { stableWindowMs: 500, zeroFrames: 3 } },
  // Nobody is there: readings come from below.
  instrument: {
    profile: 'yaohua-continuous',
    transport: { kind: 'tcp', host: '127.0.0.1', port: 1 },
    divisionKg: 20,
    maxKg: 100_000,
  },
});
const station = await openStation({ dataDir, settings, clock });
const { desk } = station;
const { ledger } = desk.deps.stores;
const scale = desk.indicatorListeners();

function report(): void {
  writeSync(1, `${String(ledger.head.sequence)} ${ledger.head.hash}\n`);
}
desk.onWritten(report);
report();

function read(kg: number, frames: number): void {
  for (let n = 0; n < frames; n += 1) {
    clock.advance(20);
    scale.onReading({ kg, atMs: clock.monotonicMs(), raw: frame(kg).toString('hex') });
  }
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

for (let truck = 0; ; truck += 1) {
  const plate = `晋C${String(10_000 + (truck % 40))}`;
  // Every fourth one is overloaded; every seventh drives off unweighed.
  const kg = truck % 4 === 3 ? 52_000 : 40_000 + (truck % 50) * 20;
  read(0, 10);
  await desk.handlers['vehicle.state']({ plate, colour: 'yellow', facts: sixAxles, papers: papersInOrder });
  desk.onPlate({
    cameraId: 'entry',
    event: {
      ...emptyEvent,
      plate: seenPlate(plate, 'yellow', 99),
      pictures: [{ role: 'full', bytes: Buffer.alloc(60_000, `${seed}-${String(truck)} `) }],
    },
    receivedAtMs: Date.now(),
    seenAtMs: Date.now(),
    late: false,
    agoMs: 0,
    clockAheadMs: null,
  });
  read(kg, 30);
  const { crossingId } = desk.lane.view();
  if (crossingId !== null) {
    await desk.handlers['kind.choose']({ crossingId, kind: 'gross' });
    read(kg, 5);
    if (truck % 7 !== 6) {
      const saved = await desk.handlers['weighing.save']({ crossingId });
      if (!saved.ok) throw new Error(`${saved.error.code} ${saved.error.detail}`);
    }
  }
  await letOthersRun();
}
