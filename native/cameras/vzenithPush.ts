/**
 * Vzenith (臻识) HTTP push, as its public protocol text gives it and OEM firmware (芊熠, Alphadigi) speaks it:
 *
 *   {"AlarmInfoPlate":{"channel":0,"deviceName":"R5-V1.0","ipaddr":"192.168.55.131",
 *     "result":{"PlateResult":{"license":"粤Z9065澳","colorType":4,"type":14,"confidence":96,
 *       "plateid":21085,"isoffline":0,"triggerType":4,"imageFile":"<base64>","imageFragmentFile":"<base64>"}},
 *     "serialno":"fe71e106-57263272"}}
 *
 * The reply's `info:"ok"` would open the barrier: this station always answers "no". Without
 * `content:"retransfer_stop"` newer firmware sends the same plate for ever.
 */
import * as z from 'zod';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { colourOfVzenith, readCameraPlate } from '../../station/vehicles/plate.ts';

const maxPictureCharacters = 8_000_000;
const Picture = z.string().max(maxPictureCharacters).optional().catch(undefined);
const Code = z.coerce.number().int().catch(0);

const AlarmInfoPlate = z.object({
  AlarmInfoPlate: z.object({
    serialno: z.string().max(64).catch(''),
    deviceName: z.string().max(128).catch(''),
    user_data: z.string().max(512).optional().catch(undefined),
    result: z.object({
      PlateResult: z.object({
        license: z.string().max(64),
        colorType: Code,
        type: Code,
        confidence: Code,
        plateid: z.coerce.number().int().nullable().catch(null),
        isoffline: Code,
        imageFile: Picture,
        imageFragmentFile: Picture,
      }),
    }),
  }),
});

export interface PlateEvent {
  readonly serialNumber: string;
  /** Null where the camera gives none; else the pair with the serial number names the event once. */
  readonly eventId: number | null;
  /** Null when the camera saw a vehicle without a readable plate. */
  readonly plate: {
    readonly text: string;
    readonly wellFormed: boolean;
    readonly colour: PlateColour;
  } | null;
  readonly confidencePercent: number;
  /** Sent from the camera's own buffer after a break: history, not the vehicle on the scale. */
  readonly late: boolean;
  /** Whether the sender calls itself a drill camera. */
  readonly drill: boolean;
  readonly picture: Uint8Array | null;
}

export type PushFault = 'not-json' | 'not-a-plate-event';

/** Reads the body of one push. Anything that is not a plate event is a fault, never an exception. */
export function parseVzenithPush(body: string): Result<PlateEvent, PushFault> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return err('not-json');
  }
  const parsed = AlarmInfoPlate.safeParse(json);
  if (!parsed.success) return err('not-a-plate-event');
  const { serialno, deviceName, user_data, result } = parsed.data.AlarmInfoPlate;
  const { license, colorType, type, confidence, plateid, isoffline, imageFile } = result.PlateResult;
  const plate = readCameraPlate(license);
  return ok({
    serialNumber: serialno,
    eventId: plateid,
    plate: plate === null ? null : { ...plate, colour: colourOfVzenith(colorType, type) },
    confidencePercent: Math.min(100, Math.max(0, confidence)),
    late: isoffline !== 0,
    drill: deviceName === 'YUANHENG-DRILL' || user_data === 'YUANHENG-DRILL',
    picture: decodeJpeg(imageFile),
  });
}

/** The bytes when they begin and end as a JPEG does; cut or foreign ones are no evidence. */
function decodeJpeg(base64: string | undefined): Uint8Array | null {
  if (base64 === undefined || base64 === '') return null;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 100 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  return end < bytes.length - 64 ? null : bytes;
}

export const pushReply = JSON.stringify({
  Response_AlarmInfoPlate: { info: 'no', content: 'retransfer_stop', is_pay: 'false' },
});
