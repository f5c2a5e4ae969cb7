import type { Snapshot } from './snapshot.ts';

/** The ways a real camera speaks, by the names the station's settings give them. */
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
] as const;
export type CameraKind = (typeof cameraKinds)[number];

/** What can be wrong with what a camera sends, as seen in the field. */
export type CameraMischief =
  | 'none'
  | 'doubled-boundary'
  | 'no-boundary-named'
  | 'length-zero'
  | 'cut-picture'
  /** The stream ends in the middle of the next plate. */
  | 'cut-stream'
  /** GBK where UTF-8 is promised. */
  | 'gbk'
  /** No heartbeats and no plates, on an open connection. */
  | 'silent';

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface SimulatedCamera {
  readonly kind: CameraKind;
  /** Where the station calls it; null when it calls the station. */
  readonly port: number | null;
  /** Sees a truck and tells it. `taken`, or why nobody has it. */
  readonly see: (snapshot: Snapshot, stopped: AbortSignal) => Promise<string>;
  readonly misbehave: (mischief: CameraMischief) => void;
  /** How often a wrong password was tried. */
  readonly failedLogins: () => number;
  /** Drops every open conversation, as a restart does. */
  readonly restart: () => void;
  readonly close: () => Promise<void>;
}

/** Of a camera that calls the station. */
export function callingCamera(
  kind: CameraKind,
  see: (snapshot: Snapshot, mischief: CameraMischief, stopped: AbortSignal) => Promise<string>,
): SimulatedCamera {
  let mischief: CameraMischief = 'none';
  return {
    kind,
    port: null,
    see: (snapshot, stopped) => see(snapshot, mischief, stopped),
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => 0,
    restart: () => undefined,
    close: () => Promise.resolve(),
  };
}
