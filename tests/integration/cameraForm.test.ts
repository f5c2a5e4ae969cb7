import { expect, it } from 'vitest';
import { CamerasSettings } from '../../native/cameras/cameraSettings.ts';
import type { CameraRow } from '../../station/contract.ts';
import { cameraOf, draftOfCamera, emptyCamera } from '../../renderer/features/cameras/cameraDraft.ts';

const row = (settings: Record<string, unknown>): CameraRow => ({
  id: String(settings.id),
  label: '',
  kind: 'onvif',
  place: 'scale',
  view: 'front',
  state: 'ok',
  detail: '',
  end: 'front',
  lastHeardAtMs: null,
  clockAheadMs: null,
  counts: { plates: 0, heartbeats: 0, repeated: 0, late: 0, leaving: 0, drill: 0, bad: 0 },
  faults: {},
  pictures: true,
  settings,
});

it('what was set comes back as it was, the parts the form does not show included', () => {
  const settings = CamerasSettings.parse([
    {
      id: 'entry',
      kind: 'dahua-stream',
      host: '192.168.1.64',
      user: 'admin',
      passwordVariable: 'YH_CAMERA',
      channel: 3,
      events: ['TrafficJunction', 'TrafficManualSnap'],
    },
    {
      id: 'side',
      kind: 'picture',
      label: '车身',
      view: 'side',
      picture: {
        host: '192.168.1.65',
        port: 8080,
        path: '/snap?c=1',
        user: 'admin',
        passwordVariable: 'YH_SIDE',
        stream: 'rtsp://192.168.1.65:554/live',
      },
    },
    { id: 'exit', kind: 'vzenith-push', place: 'exit', allowFrom: ['192.168.1.66'], serialNumbers: ['a-1'] },
  ]);
  const again = settings.map((each) => cameraOf(draftOfCamera(row({ ...each }))));
  expect(CamerasSettings.parse(again)).toEqual(settings);
});

it('a camera that became another brand keeps nothing of the one before', () => {
  const draft = draftOfCamera(
    row({
      id: 'entry',
      kind: 'dahua-stream',
      host: '192.168.1.64',
      channel: 3,
      user: 'a',
      passwordVariable: 'V',
    }),
  );
  const settings = cameraOf({ ...draft, kind: 'onvif' });
  expect(settings).not.toHaveProperty('channel');
  expect(CamerasSettings.safeParse([settings]).success).toBe(true);
});

it('an address that is none is left to the station to refuse', () => {
  const settings = cameraOf({ ...emptyCamera, id: 'side', kind: 'picture', picture: '192.168.1.65' });
  const checked = CamerasSettings.safeParse([settings]);
  expect(checked.success).toBe(false);
  expect(checked.error?.issues.map(({ path }) => path.join('.'))).toContain('0.picture.path');
});
