import * as z from 'zod';
import { PictureView } from '../../station/ledger/bodies/pictures.ts';

const Port = z.int().min(1).max(65_535);
const Channel = z.int().min(1).max(64);
const Host = z
  .string()
  .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'a host name or an IP address, without http:// and without a port');
const SerialNumber = z.string().min(1).max(64);
/** Name of an environment variable: never the password itself. */
const Variable = z
  .string()
  .regex(
    /^[A-Z_][A-Z0-9_]*$/,
    'the name of an environment variable, like YH_CAMERA_ENTRY; the password itself does not belong here',
  );

/** A camera's own address for one JPEG, and for its stream where a fluent view is wanted. */
export const PictureAddress = z
  .strictObject({
    host: Host,
    port: Port.default(80),
    path: z
      .string()
      .regex(/^\/[\x21-\x7e]{0,300}$/, 'a path that begins with /, as in /cgi-bin/snapshot.cgi?channel=1'),
    user: z.string().min(1).max(64).nullable().default(null),
    passwordVariable: Variable.nullable().default(null),
    /** RTSP, without a password in it. */
    stream: z
      .string()
      .regex(/^rtsp:\/\/[^@\s]{1,300}$/, 'rtsp://… without user and password')
      .nullable()
      .default(null),
  })
  .readonly();
export type PictureAddress = z.infer<typeof PictureAddress>;

const common = {
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens, at most 32'),
  label: z.string().trim().min(1).max(80).optional(),
  /** Which end of the vehicle it looks at; a rear plate is compared, a trailer's names no vehicle. */
  end: z.enum(['front', 'rear']).default('front'),
  /** Where a camera also sees vehicles that drive away: only those that come are offered to the scale. */
  hears: z.enum(['both', 'approaching']).default('both'),
  /** Where it stands: a plate at the exit names no vehicle on the scale, it is matched with its record. */
  place: z.enum(['scale', 'exit']).default('scale'),
  /** Plates in its pictures are read on this computer where it reads none itself, and offered to a person. */
  recognise: z.boolean().default(false),
  /** What its picture shows. */
  view: PictureView.default('front'),
  /** Where a picture can be asked for; brands that say it themselves need none. */
  picture: PictureAddress.optional(),
};

/** For cameras that call the station. */
const pushed = {
  ...common,
  /** Only these senders are heard; a picture push carries no authentication of its own. */
  allowFrom: z.array(z.union([z.ipv4(), z.ipv6()])).min(1),
  /** Serial numbers accepted; empty accepts any camera from the allowed addresses. */
  serialNumbers: z.array(SerialNumber).max(32).default([]),
};

/** For cameras the station calls. */
const called = {
  ...common,
  host: Host,
  serialNumbers: z.array(SerialNumber).max(32).default([]),
};
const login = {
  user: z.string().min(1).max(64),
  passwordVariable: Variable,
};

export const cameraKinds = [
  'vzenith-push',
  'vzenith-tcp',
  'vzenith-mqtt',
  'hikvision-push',
  'hikvision-stream',
  'dahua-stream',
  'huaxia-push',
  'onvif',
  'json-push',
  'picture',
] as const;

const brands = [
  z.strictObject({ kind: z.literal('vzenith-push'), ...pushed }),
  z.strictObject({ kind: z.literal('hikvision-push'), ...pushed }),
  z.strictObject({ kind: z.literal('huaxia-push'), ...pushed }),
  z.strictObject({ kind: z.literal('json-push'), ...pushed }),
  z.strictObject({
    kind: z.literal('hikvision-stream'),
    ...called,
    port: Port.default(80),
    ...login,
    /** Of a recorder; a camera has one. */
    channel: Channel.default(1),
  }),
  z.strictObject({
    kind: z.literal('dahua-stream'),
    ...called,
    port: Port.default(80),
    ...login,
    channel: Channel.default(1),
    /** snapManager brings pictures; eventManager is for firmware without it. */
    manager: z.enum(['snap', 'event']).default('snap'),
    events: z
      .array(z.string().regex(/^[A-Za-z]{1,40}$/))
      .min(1)
      .max(8)
      .default(['TrafficJunction']),
  }),
  z.strictObject({ kind: z.literal('vzenith-tcp'), ...called, port: Port.default(8131) }),
  z.strictObject({
    kind: z.literal('vzenith-mqtt'),
    ...called,
    /** Of the broker. */
    port: Port.default(1883),
    user: z.string().min(1).max(64).nullable().default(null),
    passwordVariable: Variable.nullable().default(null),
    /** The topics carry them. */
    serialNumbers: z
      .array(SerialNumber.regex(/^[^+#/\s]+$/, 'a serial number, without +, # or /'))
      .min(1)
      .max(32),
  }),
  z.strictObject({ kind: z.literal('onvif'), ...called, port: Port.default(80), ...login }),
  /** Reads no plates: it is asked for pictures only. */
  z.strictObject({
    kind: z.literal('picture'),
    ...common,
    serialNumbers: z.array(SerialNumber).max(0).default([]),
    picture: PictureAddress,
  }),
] as const;

export const CameraSettings = z.discriminatedUnion('kind', brands, {
  error: () => `one of ${cameraKinds.join(', ')}`,
});
export type CameraSettings = z.infer<typeof CameraSettings>;
export type CameraKind = CameraSettings['kind'];

/** All cameras of a station; no two under one name. */
export const CamerasSettings = z
  .array(CameraSettings)
  .max(8)
  .superRefine((cameras, context) => {
    const ids = new Set<string>();
    for (const [index, { id }] of cameras.entries()) {
      if (ids.has(id)) {
        context.addIssue({ code: 'custom', path: [index, 'id'], message: `two cameras are called ${id}` });
      }
      ids.add(id);
    }
  });
