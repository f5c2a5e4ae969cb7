import type { AdmittedPlate } from '../cameras/plateDoor.ts';
import { plateOffers } from '../cameras/plateOffers.ts';
import { seenAtExit } from '../exits/exitWatch.ts';
import type { Desk } from './desk.ts';

/** What a camera saw: of the truck on the scale, of one at the exit, or of nobody who stands there. */
export function plateArrived(desk: Desk, admitted: AdmittedPlate): void {
  const { mode, stores, clock, settings } = desk.deps;
  const { event, cameraId } = admitted;
  // A drill camera's truck must not reach a real record, nor a real truck a drill's.
  if (event.drill !== (mode === 'drill')) return;
  const camera = settings.cameras.find(({ id }) => id === cameraId);
  if (camera?.place === 'exit') {
    seenAtExit(desk, admitted);
    desk.watchExits();
    return;
  }
  const { late, agoMs } = admitted;
  const atMs = clock.monotonicMs() - (agoMs ?? 0);
  const isOfNow = desk.lane.isOfNow({ atMs, late });
  if (!isOfNow && desk.latePlates.take(admitted)) return;
  // History that is of nobody who stands there: counted at the camera, and that is all.
  if (late && (agoMs === null || event.plate === null || !desk.lane.wantsLate(atMs))) return;
  const pictures: string[] = [];
  for (const { role, bytes } of event.pictures) {
    try {
      const sha256 = stores.pictures.keep(bytes);
      pictures.push(sha256);
      const crossing = isOfNow ? unnamedCrossing(desk, event) : null;
      if (role === 'full') desk.snapshots?.saw(cameraId, sha256, crossing);
    } catch (problem) {
      desk.fault({ code: 'pictures-not-stored', detail: problem instanceof Error ? problem.message : '' });
    }
  }
  const [unread] = event.pictures;
  if (camera?.recognise === true && isOfNow && event.plate === null && unread !== undefined) {
    void desk.plateReader?.picture(cameraId, unread.bytes);
  }
  const end = camera?.end ?? 'front';
  for (const offer of plateOffers(event, { end, pictures, atMs, late })) {
    desk.lane.onPlate(offer);
  }
  desk.changed();
}

/** The crossing of a vehicle that nobody has named yet, when a camera could not read its plate either. */
function unnamedCrossing(desk: Desk, { plate, rearPlate }: AdmittedPlate['event']): string | null {
  if (plate !== null || rearPlate !== null) return null;
  const { truck, saved, crossingId } = desk.lane.view();
  return truck === null && saved === null ? crossingId : null;
}
