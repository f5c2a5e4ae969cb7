import { beforeEach, describe, expect, it } from 'vitest';
import { HandTimers } from '../city/handTimers.ts';
import type { LineState } from './camera.ts';
import type { Conversation, Talk, TalkEnd } from './keepTalking.ts';
import { keepTalking } from './keepTalking.ts';

let timers: HandTimers;
let states: LineState[];
let talks: Talk[];
let hangUp: ((end: TalkEnd) => void)[];

beforeEach(() => {
  timers = new HandTimers();
  states = [];
  talks = [];
  hangUp = [];
});

function open(talk?: (talk: Talk) => Promise<TalkEnd>): Conversation {
  return keepTalking({
    quietMs: 30_000,
    timers,
    monotonicMs: () => timers.nowMs,
    onState: (state) => states.push(state),
    talk: (each) => {
      talks.push(each);
      return (
        talk?.(each) ??
        new Promise((resolve) => {
          hangUp.push(resolve);
          each.signal.addEventListener('abort', () => {
            resolve({ kind: 'ended', detail: 'aborted' });
          });
        })
      );
    },
  });
}

const retries = (): number[] => states.flatMap((state) => (state.kind === 'down' ? [state.retryInMs] : []));

describe('a conversation with a camera', () => {
  it('is begun again with growing pauses, half a minute at most', async () => {
    const talk = open(() => Promise.resolve({ kind: 'ended', detail: 'ECONNREFUSED' }));
    await timers.pass(200_000);
    expect(retries().slice(0, 8)).toEqual([300, 1000, 2000, 5000, 10_000, 30_000, 30_000, 30_000]);
    await talk.close();
  });

  it('that ends every 40 s is taken up again at once, however often', async () => {
    const talk = open();
    for (let nth = 0; nth < 5; nth += 1) {
      await timers.pass(20_000);
      talks.at(-1)?.heard();
      await timers.pass(20_000);
      hangUp.at(-1)?.({ kind: 'ended', detail: 'the camera ended the stream' });
      await timers.pass(300);
    }
    expect(retries()).toEqual([300, 300, 300, 300, 300]);
    expect(talks).toHaveLength(6);
    await talk.close();
  });

  it('that falls silent is hung up and begun again; heartbeats keep it', async () => {
    const talk = open();
    for (let nth = 0; nth < 10; nth += 1) {
      await timers.pass(10_000);
      talks.at(-1)?.heard();
    }
    expect(talks).toHaveLength(1);
    await timers.pass(30_000);
    expect(states.at(-1)).toMatchObject({ kind: 'down', detail: 'silent: no heartbeat' });
    await timers.pass(300);
    expect(talks).toHaveLength(2);
    await talk.close();
  });

  it('whose login is refused is not begun again before its pause is over', async () => {
    const talk = open(() => Promise.resolve({ kind: 'refused', detail: 'no', pauseMs: 3_600_000 }));
    await timers.pass(3_599_000);
    expect(talks).toHaveLength(1);
    await timers.pass(1000);
    expect(talks).toHaveLength(2);
    await talk.close();
  });

  it('a mistake of ours in it ends that talk and not the station', async () => {
    const talk = open(() => Promise.reject(new Error('bug')));
    await timers.pass(300);
    expect(states[0]).toMatchObject({ kind: 'down', detail: 'bug' });
    await talk.close();
  });

  it('can be closed while it talks and while it waits, and says nothing more', async () => {
    const talking = open();
    await timers.pass(0);
    await talking.close();
    const waiting = open(() => Promise.resolve({ kind: 'ended', detail: 'x' }));
    await timers.pass(100);
    states = [];
    await waiting.close();
    await timers.pass(100_000);
    expect(states).toEqual([]);
  });
});
