/** How a command talks to whoever started it; tests bring their own. */
export interface CommandIo {
  /** One line to standard output. */
  readonly out: (line: string) => void;
  /** One line to standard error; both names mean the same. */
  readonly err: (line: string) => void;
  readonly error: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted, and `stopped` resolved, when the command is to end. */
  readonly signal: AbortSignal;
  readonly stopped: Promise<void>;
}
