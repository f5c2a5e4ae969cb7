import { assertNever } from '../../station/assertNever.ts';
import type { Line, LineEvents } from './line.ts';
import { messageOf } from './line.ts';
import { openSerialLine } from './serialTransport.ts';
import { openTcpServerLine } from './tcpServerTransport.ts';
import { openTcpLine } from './tcpTransport.ts';
import type { TransportConfig as Config } from './transportConfig.ts';
import { openUdpLine } from './udpTransport.ts';

export { SerialConfig, TcpConfig, TransportConfig } from './transportConfig.ts';

export type TransportState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly detail: string }
  | { readonly kind: 'down'; readonly error: string; readonly retryInMs: number };

export interface TransportListeners {
  /** `atMs` is monotonic: when the bytes reached this program. */
  readonly onBytes: (chunk: Uint8Array, atMs: number) => void;
  readonly onState: (state: TransportState) => void;
}

/** Starts a timer and returns how to stop it. */
export type StartTimer = (run: () => void, afterMs: number) => () => void;

export interface TransportDeps {
  readonly monotonicMs: () => number;
  readonly startTimer: StartTimer;
}

export const systemTransportDeps: TransportDeps = {
  monotonicMs: () => performance.now(),
  startTimer: (run, afterMs) => {
    const timer = setTimeout(run, afterMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

export interface Transport {
  /** To a polled instrument; dropped while the line is not open. */
  readonly send: (bytes: Uint8Array) => void;
  /** The bytes made sense: the next break starts again with the shortest wait. */
  readonly dataWasGood: () => void;
  /** Resolves when the line is released; no listener is called after the call. */
  readonly close: () => Promise<void>;
}

const backOffMs = [1000, 2000, 5000, 10_000, 30_000];
/** A driver that hangs on closing must not keep the scale from being found again. */
const releaseMs = 3000;

/** Keeps a line open for ever: opens it, watches it, opens it again. Never throws. */
export function openTransport(
  config: Config,
  listeners: TransportListeners,
  deps: TransportDeps = systemTransportDeps,
  openLine: (config: Config, events: LineEvents) => Line = openAnyLine,
): Transport {
  let closed = false;
  let failures = 0;
  let stopTimer = (): void => undefined;
  let line: Line | null = null;
  /** Grows with every attempt; what an abandoned attempt still says is not heard. */
  let attempt = 0;
  let releasing = Promise.resolve();

  function begin(): void {
    attempt += 1;
    const mine = attempt;
    const current = (): boolean => mine === attempt && !closed;
    let heardAtMs = deps.monotonicMs();
    listeners.onState({ kind: 'connecting' });
    stopTimer = deps.startTimer(() => {
      if (current()) fail(`not open after ${String(config.openTimeoutMs)} ms`);
    }, config.openTimeoutMs);

    function watch(afterMs: number): void {
      stopTimer = deps.startTimer(() => {
        if (!current()) return;
        const quietMs = deps.monotonicMs() - heardAtMs;
        if (quietMs >= config.quietMs) fail(`nothing heard for ${String(config.quietMs)} ms`);
        else watch(Math.max(1, config.quietMs - quietMs));
      }, afterMs);
    }

    const events: LineEvents = {
      onOpen: (detail) => {
        if (!current()) return;
        stopTimer();
        heardAtMs = deps.monotonicMs();
        listeners.onState({ kind: 'open', detail });
        // A line that others call cannot be called again: silence there is the caller's, and is shown as stale.
        if (current() && !isPassive(config)) watch(config.quietMs);
      },
      onBytes: (chunk) => {
        if (!current()) return;
        heardAtMs = deps.monotonicMs();
        listeners.onBytes(chunk, heardAtMs);
      },
      onDown: (error) => {
        if (current()) fail(error);
      },
    };
    try {
      const opened = openLine(config, events);
      if (current()) line = opened;
      else void opened.close();
    } catch (problem) {
      events.onDown(messageOf(problem));
    }
  }

  function fail(error: string): void {
    attempt += 1;
    stopTimer();
    letGo();
    const retryInMs = backOffMs[Math.min(failures, backOffMs.length - 1)] ?? 0;
    failures += 1;
    const waiting = attempt;
    stopTimer = deps.startTimer(() => {
      // The old handle goes first: the same port cannot be opened twice.
      void releasing.then(() => {
        if (waiting === attempt && !closed) begin();
      });
    }, retryInMs);
    listeners.onState({ kind: 'down', error, retryInMs });
  }

  function letGo(): void {
    const old = line;
    line = null;
    if (old === null) return;
    const released = new Promise<void>((resolve) => {
      const stop = deps.startTimer(resolve, releaseMs);
      void old.close().then(() => {
        stop();
        resolve();
      });
    });
    releasing = Promise.all([releasing, released]).then(() => undefined);
  }

  begin();
  return {
    send: (bytes) => {
      line?.send(bytes);
    },
    dataWasGood: () => {
      failures = 0;
    },
    close: async () => {
      closed = true;
      stopTimer();
      letGo();
      await releasing;
    },
  };
}

function isPassive(config: Config): boolean {
  return config.kind === 'tcp-server' || config.kind === 'udp';
}

/** One attempt at whatever kind of line is configured. */
export function openAnyLine(config: Config, events: LineEvents): Line {
  switch (config.kind) {
    case 'serial':
      return openSerialLine(config, events);
    case 'tcp':
      return openTcpLine(config, events);
    case 'tcp-server':
      return openTcpServerLine(config, events);
    case 'udp':
      return openUdpLine(config, events);
    default:
      return assertNever(config);
  }
}
