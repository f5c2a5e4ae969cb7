import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';

/** What a screen may ask of the cameras. */
export function cameraHandlers(desk: Desk): Pick<Handlers, 'cameras.list' | 'cameras.addresses'> {
  return {
    'cameras.list': () =>
      ok({
        cameras: (desk.cameras?.list ?? []).map(({ settings, door }) => ({
          id: settings.id,
          kind: settings.kind,
          label: settings.label ?? '',
          end: settings.end,
          counts: door.tally.counts,
          faults: door.tally.faults,
          lastHeardAtMs: door.lastHeardMs,
          clockAheadMs: door.clockAheadMs,
        })),
      }),
    'cameras.addresses': async ({ id }) => {
      const found = desk.cameras?.list.find(({ settings }) => settings.id === id);
      if (found === undefined) return err({ code: 'no-such-entry', detail: id });
      const asked = await found.camera.addresses();
      return ok(
        asked.ok
          ? { ...asked.value, problem: null }
          : { snapshotUrl: null, streamUrl: null, problem: asked.error },
      );
    },
  };
}
