/** How one run of the program ended, by itself or because it gave no pictures. */
export interface RunEnd {
  readonly problem: string;
  /** The camera refused the login. */
  readonly refused: boolean;
}

export interface RunListeners {
  readonly onFrame: (jpeg: Uint8Array) => void;
  readonly onEnd: (end: RunEnd) => void;
}

/** Some cameras send a whole picture only every ten seconds. */
export const firstPictureMs = 15_000;
export const nextPictureMs = 8000;
