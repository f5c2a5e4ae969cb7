import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlateColour } from '../station/vehicles/plateColour.ts';
import type { Visit } from './trucks.ts';
import { pictureName } from './trucks.ts';

/** In every push, so that nobody takes it for a real camera's. */
export const drillMark = 'YUANHENG-DRILL';

const colourTypes: Readonly<Partial<Record<PlateColour, number>>> = {
  blue: 1,
  yellow: 2,
  white: 3,
  black: 4,
  green: 5,
  'yellow-green': 6,
};
const noPlate = '_无_';

export interface Snapshot {
  readonly visit: Visit;
  /** With the serial number it names the event once. */
  readonly plateId: number;
  readonly atMs: number;
  /** JPEG bytes; null when the picture could not be read. */
  readonly picture: Uint8Array | null;
}

/** The body a Vzenith camera posts for a truck it saw. */
export function alarmInfoPlate({ visit, plateId, atMs, picture }: Snapshot): string {
  const unread = visit.cameraPlate === null;
  const { colour } = visit.vehicle;
  // The camera's clock shows Chinese time.
  const local = new Date(atMs + 8 * 3_600_000);
  return JSON.stringify({
    AlarmInfoPlate: {
      channel: 0,
      deviceName: drillMark,
      ipaddr: '127.0.0.1',
      result: {
        PlateResult: {
          license: visit.cameraPlate ?? noPlate,
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
          imageFile: picture === null ? '' : Buffer.from(picture).toString('base64'),
          imageFileLen: picture?.length ?? 0,
          imageFragmentFile: '',
          imageFragmentFileLen: 0,
          gioouts: [],
        },
      },
      serialno: `${drillMark}-1`,
      user_data: drillMark,
    },
  });
}

export type PushResult =
  /** The station has it; `barrier` says whether its answer would open one. */
  | { readonly kind: 'taken'; readonly barrier: boolean }
  | { readonly kind: 'failed'; readonly reason: string };

const pushTimeoutMs = 5000;
const longestReply = 10_000;

/** Posts one event the way the camera does; every failure is a value. */
export async function pushPlate(url: string, body: string, stopped: AbortSignal): Promise<PushResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(pushTimeoutMs)]),
    });
    const reply = (await response.text()).slice(0, longestReply);
    if (response.status !== 200) return { kind: 'failed', reason: `HTTP ${String(response.status)}` };
    // Without this word a real camera sends the same plate again and again.
    if (!reply.includes('retransfer_stop'))
      return { kind: 'failed', reason: 'no retransfer_stop in the reply' };
    return { kind: 'taken', barrier: /"info"\s*:\s*"ok"/.test(reply) };
  } catch (problem) {
    const cause = problem instanceof Error ? problem.cause : undefined;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(problem);
    return { kind: 'failed', reason: reason.slice(0, 200) };
  }
}

/** The picture of a visit, or null: a camera without a picture still reads plates. */
export async function readPicture(dir: string, visit: Visit): Promise<Uint8Array | null> {
  try {
    return await readFile(join(dir, pictureName(visit)));
  } catch {
    return null;
  }
}
