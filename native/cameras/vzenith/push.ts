/**
 * Vzenith (臻识) HTTP push; OEM firmware (芊熠, Alphadigi) speaks it too. One JSON object a plate, see
 * alarmInfoPlate.ts, and between them heartbeats as a form that carries the camera's own password:
 *
 *   device_name=R5&ipaddr=192.168.1.64&port=80&user_name=admin&pass_wd=…&serialno=fe71e106-57263272&channel_num=1
 *
 * The reply's `info:"ok"` would open the barrier: this station always answers "no". Without
 * `content:"retransfer_stop"` newer firmware sends the same plate for ever.
 */
import * as z from 'zod';
import type { PushBrand } from '../camera.ts';
import { readJson } from '../bytes/json.ts';
import { decodeText } from '../bytes/text.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import { isDrill } from '../plateEvent.ts';
import { AlarmInfoPlate, eventOfResult } from './alarmInfoPlate.ts';

const Body = z.object({ AlarmInfoPlate });

/** Reads the body of one push. Anything that is not a plate event is a fault, never an exception. */
export function readVzenithPush(body: Uint8Array): Heard {
  const text = decodeText(body);
  if (text === null) return bad('bad-charset');
  if (/^[^{]{0,200}\bserialno=/.test(text) || text.includes('name="serialno"')) {
    return { kind: 'alive', deviceTimeMs: null };
  }
  const json = readJson(text);
  if (!json.ok) return bad(/^\s*</.test(text) ? 'html-answer' : 'not-json');
  const parsed = Body.safeParse(json.value);
  if (!parsed.success) return bad('not-a-plate-event');
  const { serialno, deviceName, user_data, result } = parsed.data.AlarmInfoPlate;
  const { PlateResult } = result;
  return {
    kind: 'plate',
    ...eventOfResult(PlateResult, PlateResult.license, {
      serialNumber: serialno,
      drill: isDrill(deviceName, user_data),
    }),
  };
}

export const pushReply = JSON.stringify({
  Response_AlarmInfoPlate: { info: 'no', content: 'retransfer_stop', is_pay: 'false' },
});

export const vzenithPush: PushBrand = {
  read: ({ body }) => readVzenithPush(body),
  answer: () => ({ status: 200, contentType: 'application/json', body: pushReply }),
};
