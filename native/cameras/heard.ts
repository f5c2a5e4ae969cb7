import type { PlateEvent } from './plateEvent.ts';

/** What can be wrong with what a camera sends, one word each, for counters, log lines and the screen. */
export type CameraFault =
  | 'too-large'
  | 'cut-off'
  | 'too-many'
  | 'compressed'
  | 'not-json'
  | 'not-xml'
  | 'xml-with-entities'
  | 'not-multipart'
  | 'not-a-form'
  | 'not-a-plate-event'
  | 'html-answer'
  | 'bad-charset'
  | 'bad-picture'
  | 'bad-frame'
  | 'noise'
  | 'wrong-sender'
  | 'wrong-serial-number'
  /** Of a recorder, a plate of another channel than the one set. */
  | 'other-channel';

/** One thing heard from a camera, whatever its brand. */
export type Heard =
  /** `flaws` is what was wrong with parts that the plate does without. */
  | { readonly kind: 'plate'; readonly event: PlateEvent; readonly flaws: readonly CameraFault[] }
  /** A heartbeat, with the device's clock where it tells it. */
  | { readonly kind: 'alive'; readonly deviceTimeMs: number | null }
  | { readonly kind: 'bad'; readonly fault: CameraFault; readonly detail: string };

export function bad(fault: CameraFault, detail = ''): Heard {
  return { kind: 'bad', fault, detail };
}
