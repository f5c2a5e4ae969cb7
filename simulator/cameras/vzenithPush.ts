import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { SimulatedCamera } from './camera.ts';
import { callingCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { post, resultOf } from './post.ts';
import type { Snapshot } from './snapshot.ts';
import { drillMark, serialNumber } from './snapshot.ts';

const colourTypes: Readonly<Partial<Record<PlateColour, number>>> = {
  blue: 1,
  yellow: 2,
  white: 3,
  black: 4,
  green: 5,
  'yellow-green': 6,
};
const noPlate = '_无_';

/** The object every Vzenith protocol carries; `license` as this protocol writes it. */
export function plateResult(
  { visit, plateId, atMs }: Snapshot,
  license = (plate: string): string => plate,
): Readonly<Record<string, unknown>> {
  const unread = visit.cameraPlate === null;
  const { colour } = visit.vehicle;
  // The camera's clock shows Chinese time.
  const local = new Date(atMs + 8 * 3_600_000);
  return {
    license: license(visit.cameraPlate ?? noPlate),
    colorType: unread ? 0 : (colourTypes[colour] ?? 0),
    type: unread ? 31 : colour === 'yellow-green' ? 20 : 3,
    confidence: unread ? 0 : 97,
    direction: 4,
    location: { RECT: { left: 385, top: 402, right: 575, bottom: 456 } },
    timeStamp: {
      Timeval: {
        decyear: local.getUTCFullYear(),
        decmon: local.getUTCMonth() + 1,
        decday: local.getUTCDate(),
        dechour: local.getUTCHours(),
        decmin: local.getUTCMinutes(),
        decsec: local.getUTCSeconds(),
        sec: Math.floor(atMs / 1000),
        usec: (atMs % 1000) * 1000,
      },
    },
    plateid: plateId,
    isoffline: 0,
    is_fake_plate: 0,
    triggerType: 1,
    gioouts: [],
  };
}

/** The body a Vzenith camera posts for a truck it saw. */
export function alarmInfoPlate(snapshot: Snapshot, picture: Uint8Array | null = snapshot.picture): string {
  return JSON.stringify({
    AlarmInfoPlate: {
      channel: 0,
      deviceName: drillMark,
      ipaddr: '127.0.0.1',
      result: {
        PlateResult: {
          ...plateResult(snapshot),
          imageFile: picture === null ? '' : Buffer.from(picture).toString('base64'),
          imageFileLen: picture?.length ?? 0,
          imageFragmentFile: '',
          imageFragmentFileLen: 0,
        },
      },
      serialno: serialNumber,
      user_data: drillMark,
    },
  });
}

/** Whether an answer would open a barrier. */
export function opensBarrier(reply: string): boolean {
  return /"info"\s*:\s*"ok"/.test(reply);
}

export function vzenithPushCamera(url: () => string | null): SimulatedCamera {
  return callingCamera('vzenith-push', async (snapshot, mischief, stopped) => {
    const to = url();
    if (to === null) return 'no address';
    const { picture } = snapshot;
    const body = alarmInfoPlate(snapshot, mischief === 'cut-picture' ? halfOf(picture) : picture);
    const bytes = mischief === 'gbk' ? gbk(body) : Buffer.from(body, 'utf8');
    const posted = await post(to, 'application/json', bytes, stopped);
    if (posted.kind === 'answered' && opensBarrier(posted.reply)) return 'the answer opens the barrier';
    // Without this word a real camera sends the same plate again and again.
    return resultOf(posted, 'retransfer_stop');
  });
}

export function halfOf(picture: Uint8Array | null): Uint8Array | null {
  return picture?.subarray(0, Math.floor(picture.length / 2)) ?? null;
}
