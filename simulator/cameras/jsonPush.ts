import type { SimulatedCamera } from './camera.ts';
import { callingCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { post, resultOf } from './post.ts';
import { serialNumber } from './snapshot.ts';
import { halfOf } from './vzenithPush.ts';

/** A recognition box that speaks the station's own push. */
export function jsonPushCamera(url: () => string | null): SimulatedCamera {
  return callingCamera('json-push', async ({ visit, plateId, atMs, picture }, mischief, stopped) => {
    const to = url();
    if (to === null) return 'no address';
    const shown = mischief === 'cut-picture' ? halfOf(picture) : picture;
    const text = JSON.stringify({
      serialNumber,
      eventId: String(plateId),
      plate: visit.cameraPlate,
      colour: visit.vehicle.colour,
      confidencePercent: 97,
      direction: 'approaching',
      timeMs: atMs,
      drill: true,
      axles: visit.vehicle.facts.axles,
      pictures: shown === null ? [] : [{ role: 'full', base64: Buffer.from(shown).toString('base64') }],
    });
    const body = mischief === 'gbk' ? gbk(text) : Buffer.from(text);
    return resultOf(await post(to, 'application/json', Buffer.from(body), stopped), '"ok":true');
  });
}
