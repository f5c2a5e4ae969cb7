import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineEvents } from '../../instruments/line.ts';
import type { BeamsLive } from './beamDevice.ts';
import { openBeams } from './beamDevice.ts';
import { BeamsConfig } from './beamsConfig.ts';
import type { InputBlock } from './inputFrames.ts';
import { inputsAnswer, inputsRequest } from './inputFrames.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const rtu: InputBlock = { wire: 'modbus-rtu', unitId: 1, functionCode: 2, firstAddress: 0, count: 8 };

describe('the bytes of an input module', () => {
  it('are those of the boards’ manuals', () => {
    const request = (block: Partial<InputBlock>): string =>
      Buffer.from(inputsRequest({ ...rtu, ...block }, 1)).toString('hex');
    expect(request({})).toBe('01020000000879cc');
    expect(request({ functionCode: 1 })).toBe('0101000000083dcc');
    expect(request({ unitId: 255 })).toBe('ff02000000086c12');
    expect(request({ wire: 'modbus-tcp' })).toBe('000100000006010200000008');
  });

  it('are read behind an echo, in any pieces, and only when their sum is right', () => {
    const answer = hex('0102010561 8B');
    const on = [true, false, true, false, false, false, false, false];
    expect(inputsAnswer(rtu, 1, answer)).toEqual({ kind: 'inputs', on });
    expect(inputsAnswer(rtu, 1, Buffer.concat([inputsRequest(rtu, 1), answer]))).toEqual({
      kind: 'inputs',
      on,
    });
    expect(inputsAnswer(rtu, 1, answer.subarray(0, 5))).toBeNull();
    expect(inputsAnswer(rtu, 1, hex('0182 02 C161'))).toEqual({ kind: 'exception', code: 2 });
    fc.assert(
      fc.property(fc.nat(8 * 6 - 1), (bit) => {
        const bent = Buffer.from(answer);
        bent.writeUInt8((bent[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
        expect(inputsAnswer(rtu, 1, bent)).toBeNull();
      }),
    );
  });

  it('over TCP an answer to an earlier request is none to this one', () => {
    const tcp: InputBlock = { ...rtu, wire: 'modbus-tcp' };
    const late = hex('0006 0000 0004 01 02 01 05');
    expect(inputsAnswer(tcp, 7, late)).toBeNull();
    expect(inputsAnswer(tcp, 6, late)).toMatchObject({ kind: 'inputs' });
    expect(inputsAnswer(tcp, 6, hex('0006 0000 0003 01 82 06'))).toEqual({ kind: 'exception', code: 6 });
  });
});

/** A module on a line whose other end the test is, in time that passes only when it says so. */
function module(change: object = {}) {
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  const seen: BeamsLive[] = [];
  const sent: string[] = [];
  let [nowMs, nth] = [0, 0];
  let events: LineEvents | null = null;
  const config = BeamsConfig.parse({
    protocol: 'modbus-rtu',
    transport: { kind: 'serial', path: '/dev/ttyUSB1', quietMs: 600_000 },
    entry: { address: 0 },
    exit: { address: 2, brokenWhen: 1 },
    ...change,
  });
  const device = openBeams(config, (live) => seen.push(live), {
    monotonicMs: () => nowMs,
    startTimer: (run, afterMs) => {
      nth += 1;
      const mine = nth;
      timers.set(mine, { atMs: nowMs + afterMs, run });
      return () => timers.delete(mine);
    },
    openLine: (_, heard) => {
      events = heard;
      return {
        send: (bytes) => sent.push(Buffer.from(bytes).toString('hex')),
        close: () => Promise.resolve(),
      };
    },
  });
  const pass = (ms: number): void => {
    const untilMs = nowMs + ms;
    for (;;) {
      const [next] = [...timers]
        .filter(([, { atMs }]) => atMs <= untilMs)
        .sort((a, b) => a[1].atMs - b[1].atMs);
      if (next === undefined) break;
      timers.delete(next[0]);
      nowMs = next[1].atMs;
      next[1].run();
    }
    nowMs = untilMs;
  };
  const states = (): string =>
    device
      .live()
      .beams.map(({ place, state }) => `${place} ${state}`)
      .join(', ');
  return {
    ...{ device, seen, sent, pass, states },
    line: (): LineEvents =>
      events ?? { onOpen: () => undefined, onBytes: () => undefined, onDown: () => undefined },
  };
}

/** Three inputs from the first: the first, or the third, or both are on. */
const first = hex('01020101 6048');
const third = hex('01020104 A04B');
const refusal = hex('0182 02 C161');

describe('a module that is polled', () => {
  it('says which beam is broken by each one’s own polarity, and only when something changed', () => {
    const { line, pass, seen, sent, states } = module();
    line().onOpen('ttyUSB1');
    line().onBytes(first);
    expect(states()).toBe('entry clear, exit clear');
    for (let nth = 0; nth < 5; nth += 1) {
      pass(100);
      line().onBytes(first);
    }
    expect([seen.length, new Set(sent).size, sent.length]).toEqual([1, 1, 6]);
    pass(100);
    line().onBytes(third.subarray(0, 2));
    line().onBytes(third.subarray(2));
    expect(states()).toBe('entry broken, exit broken');
    expect(seen).toHaveLength(2);
  });

  it('that loses one answer is believed on, one that falls silent is not, and is asked less often', () => {
    const { line, pass, sent, states, device } = module();
    line().onOpen('ttyUSB1');
    line().onBytes(first);
    pass(500);
    expect(states()).toBe('entry clear, exit clear');
    pass(1000);
    expect(states()).toBe('entry unknown, exit unknown');
    expect(device.live().trouble).toMatchObject({ kind: 'silent' });
    const before = sent.length;
    pass(60_000);
    expect(sent.length - before).toBeLessThan(20);
    const asked = sent.length;
    while (sent.length === asked) pass(100);
    line().onBytes(first);
    expect(states()).toBe('entry clear, exit clear');
  });

  it('whose line breaks knows nothing at once', () => {
    const { line, states, device } = module();
    line().onOpen('ttyUSB1');
    line().onBytes(first);
    line().onDown('unplugged');
    expect([states(), device.live().trouble]).toEqual([
      'entry unknown, exit unknown',
      { kind: 'line', detail: 'unplugged' },
    ]);
  });

  it('that refuses says with which code, and gives no clear beam', () => {
    const { line, states, device } = module();
    line().onOpen('ttyUSB1');
    line().onBytes(refusal);
    expect([states(), device.live().trouble]).toEqual([
      'entry unknown, exit unknown',
      { kind: 'exception', code: 2 },
    ]);
  });
});

describe('settings of beams', () => {
  const problems = (change: object): readonly string[] => {
    const checked = BeamsConfig.safeParse({
      protocol: 'modbus-tcp',
      transport: { kind: 'tcp', host: '192.168.1.30', port: 502 },
      entry: { address: 0 },
      exit: { address: 1 },
      ...change,
    });
    return checked.success ? [] : checked.error.issues.map(({ path }) => path.join('.'));
  };

  it('are refused by the field that is wrong', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ exit: { address: 0 } })).toEqual(['exit']);
    expect(problems({ exit: { address: 128 } })).toEqual(['exit']);
    expect(problems({ functionCode: 5 })).toEqual(['functionCode']);
    expect(problems({ protocol: 'modbus-rtu', unitId: 0 })).toEqual(['unitId']);
    expect(problems({ entry: { address: 0, brokenWhen: 2 } })).toEqual(['entry.brokenWhen']);
    expect(problems({ offset: 1 })).toEqual(['']);
  });
});
