/** What the window's preload offers the page, and nothing else. */
export type StationProcessState =
  | { readonly kind: 'up' }
  | {
      readonly kind: 'down';
      readonly restartInMs: number;
      readonly restarts: number;
      readonly detail: string;
    };

export interface ShellApi {
  /** The page listens now: hand over a port to the station. */
  readonly ready: () => void;
  readonly onStationState: (hear: (state: StationProcessState) => void) => void;
}
