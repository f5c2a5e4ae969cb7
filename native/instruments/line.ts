/** One attempt at a line: opened once, closed once, never opened again. */
export interface LineEvents {
  readonly onOpen: (detail: string) => void;
  readonly onBytes: (chunk: Uint8Array) => void;
  /** The line could not be opened, or is gone. */
  readonly onDown: (error: string) => void;
}

export interface Line {
  /** Sends a request to a polled instrument; a line that cannot carry it now drops it: the poll comes again. */
  readonly send: (bytes: Uint8Array) => void;
  /** Resolves when the device or socket is released; never rejects. */
  readonly close: () => Promise<void>;
}

export function messageOf(problem: unknown): string {
  return problem instanceof Error && problem.message !== '' ? problem.message : String(problem);
}
