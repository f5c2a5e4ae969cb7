import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { Login, SimulatedCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import type { Snapshot } from './snapshot.ts';
import { serialNumber } from './snapshot.ts';
import type { StreamedPart } from './streamServer.ts';
import { streamCamera } from './streamServer.ts';
import { halfOf } from './vzenithPush.ts';

const colours: Readonly<Record<PlateColour, string>> = {
  blue: 'Blue',
  yellow: 'Yellow',
  black: 'Black',
  white: 'White',
  green: 'Green',
  'gradient-green': 'ShadowGreen',
  'yellow-green': 'YellowGreen',
  other: 'Other',
};

function lines({ visit, plateId, atMs }: Snapshot): string {
  const plate = visit.cameraPlate ?? '';
  return [
    'EventBaseInfo.Code=TrafficJunction',
    'EventBaseInfo.Action=Pulse',
    'EventBaseInfo.Index=0',
    `GroupID=${String(plateId)}`,
    'CountInGroup=1',
    'IndexInGroup=1',
    `UTC=${String(Math.floor(atMs / 1000))}`,
    `UTCMS=${String(atMs % 1000)}`,
    `Object.Text=${plate}`,
    'Object.Confidence=247',
    'Lane=1',
    `TrafficCar.PlateNumber=${plate}`,
    `TrafficCar.PlateColor=${colours[visit.vehicle.colour]}`,
    `TrafficCar.MachineName=${serialNumber}`,
    'VehicleDirection=Head',
    `CarWeightInfo.AxleNum=${String(visit.vehicle.facts.axles ?? 0)}`,
  ]
    .map((line) => `Events[0].${line}\r\n`)
    .join('');
}

function data({ visit, plateId, atMs }: Snapshot): string {
  const plate = visit.cameraPlate ?? '';
  const car = {
    PlateNumber: plate,
    PlateColor: colours[visit.vehicle.colour],
    MachineName: serialNumber,
  };
  const json = JSON.stringify(
    { GroupID: plateId, UTC: Math.floor(atMs / 1000), UTCMS: atMs % 1000, TrafficCar: car, Note: '}"{' },
    null,
    2,
  );
  return `Code=TrafficJunction;action=Pulse;index=0;data=${json}\r\n`;
}

export function dahuaStreamCamera(port: number, login: Login, heartbeatMs = 1000): Promise<SimulatedCamera> {
  return streamCamera({
    kind: 'dahua-stream',
    port,
    login,
    algorithm: 'SHA-256',
    boundary: 'myboundary',
    contentType: 'multipart/x-mixed-replace',
    heartbeatMs,
    picturePath: '/cgi-bin/snapshot.cgi?channel=1',
    isStream: (path) =>
      path.startsWith('/cgi-bin/snapManager.cgi?action=attachFileProc&') ||
      path.startsWith('/cgi-bin/eventManager.cgi?action=attach&'),
    answers: {
      '/cgi-bin/magicBox.cgi?action=getSerialNo': {
        type: 'text/plain',
        body: Buffer.from(`sn=${serialNumber}\r\n`),
      },
    },
    heartbeat: () => ({ type: 'text/plain', body: Buffer.from('Heartbeat') }),
    parts: (snapshot, mischief, url): readonly StreamedPart[] => {
      const snap = url.startsWith('/cgi-bin/snapManager');
      const text = snap ? lines(snapshot) : data(snapshot);
      const picture = mischief === 'cut-picture' ? halfOf(snapshot.picture) : snapshot.picture;
      return [
        { type: 'text/plain', body: mischief === 'gbk' ? gbk(text) : Buffer.from(text) },
        ...(snap && picture !== null ? [{ type: 'image/jpeg', body: picture }] : []),
      ];
    },
  });
}
