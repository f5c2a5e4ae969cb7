import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { Indicator, IndicatorListeners } from '../indicator.ts';
import type { IndicatorConfig } from '../indicatorConfig.ts';
import type { Line, LineEvents } from '../line.ts';
import type { StartTimer, TransportState } from '../transport.ts';
import { openTransport, systemTransportDeps } from '../transport.ts';
import type { TransportConfig } from '../transportConfig.ts';
import type { AttachProblem } from './busAddress.ts';
import { addressed } from './busAddress.ts';
import type { BusDeviceStats } from './device.ts';
import { BusDevice } from './device.ts';
import { Exchange } from './exchange.ts';
import type { SharedLineConfig } from './sharedLineConfig.ts';
import { usualAnswerMs } from './sharedLineConfig.ts';
import { nextTurn } from './turns.ts';

export { SharedLineConfig } from './sharedLineConfig.ts';
export type { AttachProblem } from './busAddress.ts';
export type { BusDeviceStats } from './device.ts';

export interface SharedLineDeps {
  readonly clock: { readonly monotonicMs: () => number };
  readonly startTimer?: StartTimer;
  readonly openLine?: (config: TransportConfig, events: LineEvents) => Line;
}

export interface BusIndicator extends Indicator {
  readonly stats: () => BusDeviceStats;
  /** Takes it off the line; the line stays open for the others. */
  readonly close: () => Promise<void>;
}

export interface SharedLineStats {
  readonly state: TransportState;
  /** The adapter sends back what is sent through it. */
  readonly echoes: boolean;
  /** Times the line did not fall silent and was asked on nevertheless. */
  readonly babbled: number;
  readonly devices: readonly BusDeviceStats[];
}

export interface SharedLine {
  /** One more instrument, as `startIndicator` would start it on a line of its own. */
  readonly attach: (
    config: IndicatorConfig,
    listeners: IndicatorListeners,
    options?: { readonly answerMs?: number },
  ) => Result<BusIndicator, AttachProblem>;
  readonly stats: () => SharedLineStats;
  readonly close: () => Promise<void>;
}

/**
 * An RS-485 line with several addressed instruments and one that asks: one instrument at a time, its whole answer
 * or its own time, then the next. One that does not answer is asked less and less often.
 */
export function openSharedLine(config: SharedLineConfig, deps: SharedLineDeps): SharedLine {
  const { monotonicMs } = deps.clock;
  const startTimer = deps.startTimer ?? systemTransportDeps.startTimer;
  let devices: readonly BusDevice[] = [];
  let asking: BusDevice | null = null;
  let state: TransportState = { kind: 'connecting' };
  let closed = false;
  let echoes = false;
  let babbled = 0;
  let stopWaiting = (): void => undefined;

  const exchange = new Exchange(config, {
    monotonicMs,
    startTimer,
    send: (bytes) => {
      transport.send(bytes);
    },
  });
  const transport = openTransport(
    config.transport,
    {
      onBytes: (chunk, atMs) => {
        if (asking !== null && devices.includes(asking)) asking.listeners.onBytes?.(chunk, atMs);
        exchange.bytes(chunk, atMs);
      },
      onState: (next) => {
        state = next;
        stop();
        // No listener may be called for an instrument that an earlier one of them took off the line.
        for (const device of devices) if (devices.includes(device)) device.lineIs(next);
        // A line that has just opened may not carry anything yet.
        if (next.kind === 'open') stopWaiting = startTimer(askNext, config.turnaroundMs);
      },
    },
    { monotonicMs, startTimer },
    deps.openLine,
  );
  function stop(): void {
    stopWaiting();
    exchange.abort();
    asking = null;
  }

  function askNext(): void {
    stopWaiting();
    if (closed || state.kind !== 'open' || asking !== null) return;
    const device = devices[nextTurn(devices.map(({ turn }) => turn))];
    if (device === undefined) return;
    const waitMs = device.turn.dueAtMs - monotonicMs();
    if (waitMs > 0) {
      stopWaiting = startTimer(askNext, Math.max(1, Math.ceil(waitMs)));
      return;
    }
    asking = device;
    const speakers = devices;
    exchange.settle(
      () => speakers.map(({ speaker }) => speaker),
      (late, silent) => {
        if (!silent) babbled += 1;
        for (const index of late) speakers[index]?.wasLate();
        ask(device);
      },
    );
  }

  function ask(device: BusDevice): void {
    if (!devices.includes(device)) {
      asking = null;
      askNext();
      return;
    }
    const speakers = devices;
    const askedAtMs = monotonicMs();
    exchange.ask(
      speakers.indexOf(device),
      speakers.map(({ speaker }) => speaker),
      device.answerMs,
      ({ heard, atMs }) => {
        asking = null;
        if (heard.echoed) echoes = true;
        const { kind } = heard.answer;
        if (kind === 'answered' || kind === 'disturbed')
          for (const index of heard.late) speakers[index]?.wasLate();
        const detail = state.kind === 'open' ? state.detail : '';
        // One that was taken off meanwhile was waited for, so that its answer meets nobody else's.
        if (devices.includes(device) && device.exchanged(heard, askedAtMs, atMs, detail))
          transport.dataWasGood();
        askNext();
      },
    );
  }

  return {
    attach(instrument, listeners, options = {}) {
      if (closed) return err({ code: 'line-closed', detail: '' });
      const at = addressed(instrument);
      if (!at.ok) return at;
      if (devices.some(({ address }) => address === at.value.address))
        return err({ code: 'address-taken', detail: at.value.address });
      const answerMs = options.answerMs ?? config.answerMs ?? usualAnswerMs(config.transport);
      const device = new BusDevice(instrument, at.value, listeners, answerMs);
      devices = [...devices, device];
      device.lineIs(state);
      askNext();
      return ok({
        stats: () => device.stats(monotonicMs()),
        close: () => {
          devices = devices.filter((other) => other !== device);
          return Promise.resolve();
        },
      });
    },
    stats: () => ({
      state,
      echoes,
      babbled,
      devices: devices.map((device) => device.stats(monotonicMs())),
    }),
    close: () => {
      closed = true;
      devices = [];
      stop();
      return transport.close();
    },
  };
}
