import type { Reading } from '../../station/weighing/stability.ts';
import type { Disagreement } from '../../station/contract.ts';
import { Agreement } from './agreement.ts';
import type { IndicatorConfig as Config } from './indicatorConfig.ts';
import { protocolOptions } from './indicatorConfig.ts';
import { profileOf } from './protocols/profiles.ts';
import type { DecodedFrame, InvalidReason, Overload, ValidFrame } from './protocols/protocol.ts';
import { invalidReasons } from './protocols/protocol.ts';
import type { StartTimer, TransportState } from './transport.ts';
import { openTransport, systemTransportDeps } from './transport.ts';

export { IndicatorConfig } from './indicatorConfig.ts';

export interface IndicatorListeners {
  readonly onReading: (reading: Reading) => void;
  readonly onState: (state: TransportState) => void;
  /** The indicator shows something that fits no setting; null when it fits again. */
  readonly onFault: (fault: Disagreement | null) => void;
  /** The indicator says it is above or below its range: there is no weight. */
  readonly onRange: (range: Overload) => void;
  /** Everything that arrives, before it is read. */
  readonly onBytes?: (chunk: Uint8Array, atMs: number) => void;
}

export interface IndicatorDeps {
  readonly clock: { readonly monotonicMs: () => number };
  readonly startTimer?: StartTimer;
}

export interface IndicatorStats {
  readonly valid: number;
  readonly invalid: Readonly<Record<InvalidReason, number>>;
  /** Valid frames that were no reading because unit, decimals or net disagree. */
  readonly disagreeing: number;
  readonly framesPerSecond: number;
  /** Of a Modbus device whose last answer was a refusal: its exception code. */
  readonly exception: number | null;
  readonly state: TransportState;
}

export interface Indicator {
  readonly stats: () => IndicatorStats;
  readonly close: () => Promise<void>;
}

const rateWindowMs = 5000;
const maxRateFrames = 1000;

/** One instrument: its line kept open, its bytes decoded, its weights handed on with their own bytes. */
export function startIndicator(
  config: Config,
  listeners: IndicatorListeners,
  deps: IndicatorDeps,
): Indicator {
  const { clock } = deps;
  const startTimer = deps.startTimer ?? systemTransportDeps.startTimer;
  const profile = profileOf(config.profile);
  const options = protocolOptions(config);
  const decoder = profile.createDecoder(options);
  const request = profile.pollRequest(options);
  const invalid = Object.fromEntries(invalidReasons.map((reason) => [reason, 0])) as Record<
    InvalidReason,
    number
  >;
  let valid = 0;
  let disagreeing = 0;
  let exception: number | null = null;
  const agreement = new Agreement(config);
  let told: Disagreement | null = null;
  let state: TransportState = { kind: 'connecting' };
  let arrivals: number[] = [];
  let openAtMs = clock.monotonicMs();
  let stopPoll = (): void => undefined;
  let heardAtMs = Number.NEGATIVE_INFINITY;

  function agreed(frame: DecodedFrame): boolean {
    const usable = agreement.take(frame);
    if (told?.kind !== agreement.now?.kind) listeners.onFault(agreement.now);
    told = agreement.now;
    return usable;
  }

  function onFrame(frame: ValidFrame, atMs: number): void {
    valid += 1;
    arrivals.push(atMs);
    if (arrivals.length > 2 * maxRateFrames) arrivals = arrivals.slice(-maxRateFrames);
    if (frame.overload !== null) {
      listeners.onRange(frame.overload);
      return;
    }
    if (!agreed(frame)) {
      disagreeing += 1;
      return;
    }
    listeners.onReading({ kg: frame.kg, atMs, raw: frame.raw, moving: frame.motion });
  }

  function take(frames: readonly DecodedFrame[], atMs: number): boolean {
    let good = false;
    for (const frame of frames) {
      exception = frame.valid ? null : (frame.exception ?? exception);
      if (frame.valid) {
        good = true;
        onFrame(frame, atMs);
        continue;
      }
      invalid[frame.reason] += 1;
      agreed(frame);
      if (frame.reason === 'overload-blank') listeners.onRange('over');
      if (frame.reason === 'underload-blank') listeners.onRange('under');
    }
    return good;
  }

  const transport = openTransport(
    config.transport,
    {
      onBytes: (chunk, atMs) => {
        heardAtMs = atMs;
        listeners.onBytes?.(chunk, atMs);
        if (take(decoder.push(chunk), atMs)) transport.dataWasGood();
      },
      onState: (next) => {
        // Half a frame from before a break must not be completed by bytes from after it.
        if (next.kind !== 'open') take(decoder.end(), clock.monotonicMs());
        state = next;
        if (next.kind === 'open') openAtMs = clock.monotonicMs();
        stopPoll();
        if (next.kind === 'open' && request !== null) poll(request);
        listeners.onState(next);
      },
    },
    { monotonicMs: clock.monotonicMs, startTimer },
  );

  /** Asks after a silence only: an answer under way is not cut, and what sends by itself once asked is let be. */
  function poll(bytes: Uint8Array, waitMs = config.pollMs): void {
    stopPoll = startTimer(() => {
      const quietMs = clock.monotonicMs() - heardAtMs;
      if (quietMs < config.pollMs) {
        poll(bytes, Math.max(1, Math.ceil(config.pollMs - quietMs)));
        return;
      }
      transport.send(bytes);
      poll(bytes);
    }, waitMs);
  }

  return {
    stats: () => {
      const openForMs = clock.monotonicMs() - openAtMs;
      const since = clock.monotonicMs() - rateWindowMs;
      arrivals = arrivals.filter((atMs) => atMs > since);
      return {
        valid,
        invalid: { ...invalid },
        disagreeing,
        exception,
        framesPerSecond: arrivals.length / (Math.min(rateWindowMs, Math.max(1000, openForMs)) / 1000),
        state,
      };
    },
    close: () => {
      stopPoll();
      return transport.close();
    },
  };
}
