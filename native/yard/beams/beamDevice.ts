import type { BeamPlace, BeamView } from '../../../station/contract.ts';
import type { Line, LineEvents } from '../../instruments/line.ts';
import type { StartTimer, TransportState } from '../../instruments/transport.ts';
import { openTransport, systemTransportDeps } from '../../instruments/transport.ts';
import type { TransportConfig } from '../../instruments/transportConfig.ts';
import type { BeamsConfig } from './beamsConfig.ts';
import { inputsOf } from './beamsConfig.ts';
import type { InputBlock, InputsAnswer } from './inputFrames.ts';
import { inputsAnswer, inputsRequest } from './inputFrames.ts';

/** Why a module that can be reached says nothing of its inputs. */
export type BeamTrouble =
  | { readonly kind: 'line'; readonly detail: string }
  | { readonly kind: 'silent'; readonly detail: string }
  /** It answers that it will not: a Modbus exception code. */
  | { readonly kind: 'exception'; readonly code: number };

export interface BeamsLive {
  readonly state: 'connecting' | 'ok' | 'down';
  readonly trouble: BeamTrouble | null;
  readonly beams: readonly BeamView[];
  /** What each input reads; null while nothing is heard. */
  readonly inputs: readonly { readonly place: BeamPlace; readonly on: boolean | null }[];
  readonly asked: number;
  readonly answered: number;
}

export interface BeamDeps {
  readonly monotonicMs: () => number;
  readonly startTimer?: StartTimer;
  readonly openLine?: (config: TransportConfig, events: LineEvents) => Line;
}

export interface BeamDevice {
  readonly live: () => BeamsLive;
  readonly close: () => Promise<void>;
}

/** What came since a request; more is nobody's answer. */
const maxKeptBytes = 512;
/** One lost answer is a passing disturbance. */
const missesUntilDown = 3;
const backOffMs = [1000, 2000, 5000];

/**
 * Reads the inputs of one module over and over. `onChange` is called when a beam or the module's state changed, with
 * the monotonic ms of it; a module that falls silent has no clear beams. Never throws.
 */
export function openBeams(
  config: BeamsConfig,
  onChange: (live: BeamsLive, atMs: number) => void,
  deps: BeamDeps,
): BeamDevice {
  const { monotonicMs } = deps;
  const startTimer = deps.startTimer ?? systemTransportDeps.startTimer;
  const places = inputsOf(config);
  const firstAddress = Math.min(...places.map(([, { address }]) => address));
  const lastAddress = Math.max(...places.map(([, { address }]) => address));
  const block: InputBlock = {
    wire: config.protocol,
    unitId: config.unitId,
    functionCode: config.functionCode,
    firstAddress,
    count: lastAddress - firstAddress + 1,
  };
  let on: readonly boolean[] | null = null;
  let state: BeamsLive['state'] = 'connecting';
  let trouble: BeamTrouble | null = null;
  let asked = 0;
  let answered = 0;
  let misses = 0;
  let kept = Buffer.alloc(0);
  let waiting = false;
  let stopTimer = (): void => undefined;

  function live(): BeamsLive {
    const read = places.map(([place, input]) => ({
      place,
      input,
      on: on === null ? null : (on[input.address - firstAddress] ?? null),
    }));
    return {
      state,
      trouble,
      beams: read.map(({ place, input, on: bit }) => ({
        place,
        state: bit === null ? 'unknown' : Number(bit) === input.brokenWhen ? 'broken' : 'clear',
      })),
      inputs: read.map(({ place, on: bit }) => ({ place, on: bit })),
      asked,
      answered,
    };
  }

  function become(next: BeamsLive['state'], why: BeamTrouble | null, bits: readonly boolean[] | null): void {
    const before = JSON.stringify([live().beams, state, trouble]);
    [state, trouble, on] = [next, why, bits];
    const now = live();
    if (JSON.stringify([now.beams, state, trouble]) !== before) onChange(now, monotonicMs());
  }

  function ask(): void {
    asked += 1;
    kept = Buffer.alloc(0);
    waiting = true;
    stopTimer = startTimer(() => {
      missed({
        kind: 'silent',
        detail: `unit ${String(config.unitId)}: no answer in ${String(config.answerMs)} ms`,
      });
    }, config.answerMs);
    transport.send(inputsRequest(block, asked));
  }

  function missed(why: BeamTrouble): void {
    waiting = false;
    misses += 1;
    if (misses >= missesUntilDown) become('down', why, null);
    const wait =
      misses < missesUntilDown ? 0 : (backOffMs[misses - missesUntilDown] ?? backOffMs.at(-1) ?? 0);
    stopTimer = startTimer(ask, Math.max(config.pollMs, wait));
  }

  function heard(answer: InputsAnswer): void {
    stopTimer();
    transport.dataWasGood();
    if (answer.kind === 'exception') {
      misses = Math.max(misses, missesUntilDown - 1);
      missed({ kind: 'exception', code: answer.code });
      return;
    }
    waiting = false;
    answered += 1;
    misses = 0;
    become('ok', null, answer.on);
    stopTimer = startTimer(ask, config.pollMs);
  }

  const transport = openTransport(
    config.transport,
    {
      onBytes: (chunk) => {
        if (!waiting) return;
        kept = Buffer.concat([kept, chunk]).subarray(-maxKeptBytes);
        const answer = inputsAnswer(block, asked, kept);
        if (answer !== null) heard(answer);
      },
      onState: (next: TransportState) => {
        stopTimer();
        waiting = false;
        if (next.kind === 'open') ask();
        else if (next.kind === 'down') become('down', { kind: 'line', detail: next.error }, null);
        else if (on !== null) become('connecting', null, null);
      },
    },
    { monotonicMs, startTimer },
    deps.openLine,
  );
  return {
    live,
    close: () => {
      stopTimer();
      waiting = false;
      return transport.close();
    },
  };
}
