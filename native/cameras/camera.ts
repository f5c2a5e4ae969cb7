import type { Result } from '../../station/result.ts';
import type { Heard } from './heard.ts';

/** How the conversation with a camera stands. */
export type LineState =
  { readonly kind: 'open' } | { readonly kind: 'down'; readonly detail: string; readonly retryInMs: number };

/** Told by a camera of any brand. */
export interface CameraListeners {
  readonly onHeard: (heard: Heard) => void;
  readonly onState: (state: LineState) => void;
}

/** Where a camera's pictures are to be had; without any password in them. */
export interface CameraAddresses {
  /** One JPEG, to be asked for with the camera's login; null where the brand documents none. */
  readonly snapshotUrl: string | null;
  /** RTSP; null where the brand documents none. */
  readonly streamUrl: string | null;
}

export interface Push {
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface PushAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** How a brand's push is read and what it wants to hear. */
export interface PushBrand {
  readonly read: (push: Push) => Heard;
  readonly answer: (heard: Heard) => PushAnswer;
}

/** One camera. A new brand is a folder with something that makes one of these. */
export interface Camera {
  readonly id: string;
  /** Null where the station calls the camera. */
  readonly push: PushBrand | null;
  readonly addresses: () => Promise<Result<CameraAddresses, string>>;
  readonly close: () => Promise<void>;
}
