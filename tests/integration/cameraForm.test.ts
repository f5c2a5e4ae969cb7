import { expect, it } from 'vitest';
import { CamerasSettings } from '../../native/cameras/cameraSettings.ts';
import type { CameraKind, CameraRow } from '../../station/contract.ts';
import { cameraKinds } from '../../station/contract.ts';
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
  lastPlate: null,
  lastError: null,
  faults: {},
  pictures: true,
  settings,
});

const picture = {
  host: '192.168.1.65',
  port: 8080,
  path: '/snap?c=1',
  user: 'admin',
  passwordVariable: 'YH_SIDE',
  stream: 'rtsp://192.168.1.65:554/live',
};
const login = { host: '192.168.1.64', user: 'admin', passwordVariable: 'YH_CAMERA' };
const pushes = { allowFrom: ['192.168.1.66', '192.168.1.67'] };
const ofEachKind: Readonly<Record<CameraKind, Record<string, unknown>>> = {
  'vzenith-push': pushes,
  'hikvision-push': pushes,
  'huaxia-push': pushes,
  'json-push': pushes,
  'hikvision-stream': { ...login, port: 8080, channel: 3 },
  'dahua-stream': {
    ...login,
    channel: 2,
    manager: 'event',
    events: ['TrafficJunction', 'TrafficManualSnap'],
  },
  'vzenith-tcp': { host: '192.168.1.64', port: 8132 },
  'vzenith-mqtt': login,
  onvif: { ...login, port: 8000 },
  picture: {},
};

it.each(cameraKinds)('%s: whatever can be set stands in the form and comes back as it was', (kind) => {
  const common = { label: '入口', place: 'exit', end: 'rear', hears: 'approaching', view: 'side' };
  const more = { recognise: true, picture, serialNumbers: kind === 'picture' ? [] : ['a-1', 'b-2'] };
  const [settings] = CamerasSettings.parse([{ id: 'entry', kind, ...common, ...more, ...ofEachKind[kind] }]);
  const draft = draftOfCamera(row({ ...settings }));
  // Nothing of it is carried along unseen; a camera of pictures reads no plate at any end.
  expect(Object.keys(draft.rest.values)).toEqual([]);
  const again = CamerasSettings.parse([cameraOf(draft)])[0];
  expect(again).toEqual(kind === 'picture' ? { ...settings, end: 'front', hears: 'both' } : settings);
});

it('a camera brand’s own address for pictures is not lost when something else is changed', () => {
  const settings = { id: 'entry', kind: 'vzenith-tcp', host: '192.168.1.64', picture };
  const draft = draftOfCamera(row(settings));
  expect(cameraOf({ ...draft, label: '入口' })).toMatchObject({ label: '入口', picture });
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
