/** Where the simulated indicator's bytes go. Writing never waits: what the far end does not take is lost. */
export interface Output {
  readonly write: (bytes: Uint8Array) => void;
  /** Whether anybody could be reading. */
  readonly listening: () => boolean;
  readonly unplug: () => void;
  readonly plug: () => void;
  readonly close: () => Promise<void>;
  /** The TCP port served, or null for a tty. */
  readonly tcpPort: number | null;
}

export type OutputPlace =
  | { readonly kind: 'tcp'; readonly port: number; readonly host?: string }
  | { readonly kind: 'tty'; readonly path: string; readonly baudRate?: number };

/** Bytes kept for a far end that does not read; about ten seconds of frames. */
export const mostUnreadBytes = 1200;
export const replugMs = 500;
