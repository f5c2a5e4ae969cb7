import * as z from 'zod';
import { PictureView } from '../ledger/bodies/pictures.ts';
import { FieldProblem } from './instrument.ts';

const None = z.object({});

export const cameraKinds = [
  'vzenith-push',
  'hikvision-push',
  'huaxia-push',
  'json-push',
  'hikvision-stream',
  'dahua-stream',
  'vzenith-tcp',
  'vzenith-mqtt',
  'onvif',
  'picture',
] as const;

/** One camera as it stands and as it is set. */
export const CameraRow = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(cameraKinds),
  place: z.enum(['scale', 'exit']),
  view: PictureView,
  state: z.enum(['ok', 'waiting', 'down', 'off']),
  detail: z.string(),
  lastHeardMs: z.int().nullable(),
  /** Its clock less ours. */
  clockAheadMs: z.int().nullable(),
  counts: z.array(z.object({ what: z.string(), count: z.int() })),
  /** Whether it can be asked for a picture. */
  pictures: z.boolean(),
  /** The settings as they are in the file, which hold no password. */
  settings: z.record(z.string(), z.unknown()),
});
export type CameraRow = z.infer<typeof CameraRow>;
export type CameraKind = (typeof cameraKinds)[number];

export const camerasCalls = {
  'cameras.list': {
    input: None,
    output: z.object({
      cameras: z.array(CameraRow),
      /** Where cameras push to, by the addresses of this machine. */
      pushUrls: z.array(z.string()),
    }),
  },
  /** Asks one camera for a picture, now. */
  'camera.try': {
    input: z.object({ id: z.string().max(32) }),
    output: z.object({ base64: z.string(), tookMs: z.int() }),
  },
  /** All cameras as they shall be; wrong fields come back by name and nothing is saved. */
  'cameras.save': {
    input: z.object({ cameras: z.array(z.record(z.string(), z.unknown())).max(8) }),
    output: z.object({ problems: z.array(FieldProblem) }),
  },
  /** The next live picture after `afterMs`, which is the time of the one before, or 0. */
  'live.next': {
    input: z.object({ camera: z.string().max(32), afterMs: z.number() }),
    output: z.object({ base64: z.string(), atMs: z.number() }),
  },
} as const;
