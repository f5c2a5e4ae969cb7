import * as z from 'zod';
import { PictureView } from '../ledger/bodies/pictures.ts';
import { FieldProblem } from './instrument.ts';
import { None } from './units.ts';

const Count = z.int();

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
  end: z.enum(['front', 'rear']),
  lastHeardAtMs: z.int().nullable(),
  /** Its clock less ours, by the last time it told. */
  clockAheadMs: z.int().nullable(),
  counts: z.object({
    plates: Count,
    heartbeats: Count,
    repeated: Count,
    late: Count,
    leaving: Count,
    drill: Count,
    bad: Count,
  }),
  /** The last plate it told, whatever became of it; null plate: a vehicle whose plate it could not read. */
  lastPlate: z
    .object({
      plate: z.string().nullable(),
      atMs: z.int(),
      direction: z.enum(['approaching', 'leaving', 'unknown']),
      /** Why it was not offered to the scale; null when it was. */
      left: z.enum(['drill', 'repeated', 'late', 'leaving']).nullable(),
    })
    .nullable(),
  /** What was wrong last, and when. */
  lastError: z.object({ what: z.string(), atMs: z.int() }).nullable(),
  /** What was wrong, by its word, and how often. */
  faults: z.record(z.string(), Count),
  /** Whether it can be asked for a picture. */
  pictures: z.boolean(),
  /** The settings as they are in the file, which hold no password. */
  settings: z.record(z.string(), z.unknown()),
});
export type CameraRow = z.infer<typeof CameraRow>;
export type CameraKind = (typeof cameraKinds)[number];

/** An ONVIF device that answered; where its services are, by its own words. */
export const FoundDevice = z.object({
  name: z.string(),
  hardware: z.string(),
  host: z.string(),
  port: z.int(),
  /** Set up already. */
  known: z.boolean(),
});
export type FoundDevice = z.infer<typeof FoundDevice>;

export const camerasCalls = {
  'cameras.list': {
    input: None,
    output: z.object({
      cameras: z.array(CameraRow),
      /** Where cameras push to, by the addresses of this machine. */
      pushUrls: z.array(z.string()),
    }),
  },
  /** Where a camera's pictures are to be had; an ONVIF device is asked. */
  'cameras.addresses': {
    input: z.object({ id: z.string().max(32) }),
    output: z.object({
      snapshotUrl: z.string().nullable(),
      streamUrl: z.string().nullable(),
      /** Why they are not known. */
      problem: z.string().nullable(),
    }),
  },
  /** Asks one camera for a picture, now. */
  'camera.try': {
    input: z.object({ id: z.string().max(32) }),
    output: z.object({ base64: z.string(), tookMs: z.int() }),
  },
  /** ONVIF cameras that answer on this computer's networks, or at one address where those carry no multicast. */
  'cameras.find': {
    input: z.object({
      address: z
        .string()
        .regex(/^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/)
        .nullable(),
    }),
    output: z.object({
      found: z.array(FoundDevice),
      /** Why nobody could be asked. */
      problem: z.string().nullable(),
    }),
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
