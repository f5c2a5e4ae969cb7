/**
 * What a Vzenith (臻识) camera says of a plate. Three ways carry the same object, spelt differently:
 *
 *   HTTP push and MQTT:
 *   {"AlarmInfoPlate":{"channel":0,"deviceName":"R5-V1.0","ipaddr":"192.168.55.131",
 *     "result":{"PlateResult":{"license":"粤Z9065澳","colorType":4,"type":14,"confidence":96,"direction":0,
 *       "timeStamp":{"Timeval":{"decyear":2023,"sec":1686299994,"usec":687772}},
 *       "plateid":21085,"isoffline":0,"triggerType":4,"imageFile":"<base64>","imageFragmentFile":"<base64>"}},
 *     "serialno":"fe71e106-57263272","user_data":""}}
 *
 * Over MQTT `license` and `user_data` are base64, and the pictures are `full_image_content` and
 * `small_image_content`. Over TCP the `PlateResult` stands alone and the pictures follow as bytes.
 * Source: the manufacturer's public protocol text; independent servers and the camera-side sources agree.
 * No plate is `_无_`; `direction` 3 is upward in the picture, away from the camera, 4 downward, towards it.
 */
import * as z from 'zod';
import { colourOfVzenith } from '../../../station/vehicles/plate.ts';
import type { CameraPicture, PlateEvent } from '../plateEvent.ts';
import { emptyEvent, seenPlate } from '../plateEvent.ts';
import { jpegOfBase64 } from '../bytes/jpeg.ts';
import type { CameraFault } from '../heard.ts';

const maxPictureCharacters = 8_000_000;
const Picture = z.string().max(maxPictureCharacters).optional().catch(undefined);
const Code = z.coerce.number().int().catch(0);
const Seconds = z.coerce.number().min(0).max(1e11);

export const PlateResult = z.object({
  license: z.string().max(256),
  colorType: Code,
  type: Code,
  confidence: Code,
  direction: Code,
  plateid: z.coerce.number().int().nullable().catch(null),
  isoffline: Code,
  timeStamp: z
    .object({ Timeval: z.object({ sec: Seconds, usec: Seconds.catch(0) }) })
    .optional()
    .catch(undefined),
  imageFile: Picture,
  imageFragmentFile: Picture,
  full_image_content: Picture,
  small_image_content: Picture,
});
export type PlateResult = z.infer<typeof PlateResult>;

export const AlarmInfoPlate = z.object({
  serialno: z.string().max(64).catch(''),
  deviceName: z.string().max(128).catch(''),
  user_data: z.string().max(512).catch(''),
  result: z.object({ PlateResult }),
});

const leavingDirection = 3;
const approachingDirection = 4;

/** `license` is the plate as text, whatever it was wrapped in. */
export function eventOfResult(
  result: PlateResult,
  license: string,
  of: Pick<PlateEvent, 'serialNumber' | 'drill'>,
): { readonly event: PlateEvent; readonly flaws: readonly CameraFault[] } {
  const flaws: CameraFault[] = [];
  const pictures: CameraPicture[] = [];
  for (const [role, base64] of [
    ['full', firstOf(result.imageFile, result.full_image_content)],
    ['plate', firstOf(result.imageFragmentFile, result.small_image_content)],
  ] as const) {
    if (base64 === '') continue;
    const bytes = jpegOfBase64(base64);
    if (bytes === null) flaws.push('bad-picture');
    else pictures.push({ role, bytes });
  }
  const { colorType, type, confidence, direction, plateid, isoffline, timeStamp } = result;
  return {
    flaws,
    event: {
      ...emptyEvent,
      ...of,
      // After a restart of the camera its numbers begin again; one sent again keeps its time.
      eventId: plateid === null ? null : [plateid, timeStamp?.Timeval.sec ?? []].flat().join('/'),
      plate: seenPlate(license, colourOfVzenith(colorType, type), confidence),
      direction:
        direction === approachingDirection
          ? 'approaching'
          : direction === leavingDirection
            ? 'leaving'
            : 'unknown',
      deviceTimeMs:
        timeStamp === undefined
          ? null
          : Math.round(timeStamp.Timeval.sec * 1000 + timeStamp.Timeval.usec / 1000),
      late: isoffline !== 0,
      pictures,
    },
  };
}

function firstOf(one: string | undefined, other: string | undefined): string {
  return one === undefined || one === '' ? (other ?? '') : one;
}
