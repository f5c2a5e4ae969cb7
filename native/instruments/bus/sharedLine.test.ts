import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BusKind } from './devices.testBus.ts';
import { diniDevice, keliDevice, modbusDevice, yaohuaDevice } from './devices.testBus.ts';
import type { IndicatorListeners } from '../indicator.ts';
import { IndicatorConfig } from '../indicator.ts';
import type { TransportState } from '../transport.ts';
import type { BusIndicator } from './sharedLine.ts';
import { VirtualLine } from './virtualLine.testBus.ts';

function configOf({ profile, options }: Pick<BusKind, 'profile' | 'options'>, more: object = {}) {
  return IndicatorConfig.parse({
    profile,
    options,
    transport: { kind: 'tcp', host: '127.0.0.1', port: 1 },
    divisionKg: 20,
    maxKg: 200_000,
    pollMs: 100,
    ...more,
  });
}

interface Heard {
  readonly kgs: number[];
  readonly states: TransportState[];
  readonly indicator: BusIndicator;
}

function attach(line: VirtualLine, kind: BusKind, extra: Partial<IndicatorListeners> = {}): Heard {
  const kgs: number[] = [];
  const states: TransportState[] = [];
  const attached = line.line.attach(configOf(kind), {
    onReading: ({ kg }) => kgs.push(kg),
    onState: (state) => states.push(state),
    onFault: () => undefined,
    onRange: () => undefined,
    ...extra,
  });
  if (!attached.ok) throw new Error(attached.error.code);
  return { kgs, states, indicator: attached.value };
}

type Answering = (kind: BusKind) => void;

/** Every instrument of the table hears what is sent and does what it does. */
function answerWith(line: VirtualLine, table: readonly (readonly [BusKind, Answering])[]): void {
  line.onSent = (bytes) => {
    for (const [kind, answer] of table) if (kind.request.equals(bytes)) answer(kind);
  };
}

const a = yaohuaDevice('A');
const b = yaohuaDevice('B');
const c = diniDevice('03');

describe('one line, several instruments', () => {
  test('each is asked in its turn and gets its own weight', () => {
    const line = new VirtualLine();
    const heard = [a, b, c].map((kind) => attach(line, kind));
    answerWith(
      line,
      [a, b, c].map((kind, index) => [
        kind,
        () =>
          line.after(30, () => {
            line.arrives(kind.answer(1000 * (index + 1)));
          }),
      ]),
    );
    line.open();
    line.pass(3000);
    for (const [index, { kgs, states }] of heard.entries()) {
      expect(kgs.length).toBeGreaterThan(15);
      expect(new Set(kgs)).toEqual(new Set([1000 * (index + 1)]));
      expect(states.at(-1)?.kind).toBe('open');
    }
    expect(new Set(line.sent.slice(0, 3).map(({ hex }) => hex)).size).toBe(3);
  });

  test('one that is dead is asked less and less often, and costs the others nothing', () => {
    const line = new VirtualLine();
    const dead = attach(line, a);
    const live = attach(line, b);
    answerWith(line, [
      [
        b,
        () =>
          line.after(20, () => {
            line.arrives(b.answer(2000));
          }),
      ],
    ]);
    line.open();
    line.pass(60_000);
    const askedDead = line.sent
      .filter(({ hex }) => hex === a.request.toString('hex'))
      .map(({ atMs }) => atMs);
    const gaps = askedDead.slice(1).map((atMs, index) => atMs - (askedDead[index] ?? 0));
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(10_000);
    expect(askedDead.length).toBeLessThan(15);
    // Ten a second when nobody disturbs; the dead one takes less than a tenth of that.
    expect(live.kgs.length).toBeGreaterThan(0.9 * 600 - 30);
    expect(JSON.stringify(dead.states.at(-1))).toContain('A does not answer');
    expect(dead.indicator.stats().outcomes.silent).toBe(askedDead.length);
  });

  test('one that comes back is asked at its full pace again', () => {
    const line = new VirtualLine();
    const heard = attach(line, a);
    line.open();
    line.pass(30_000);
    answerWith(line, [
      [
        a,
        () =>
          line.after(20, () => {
            line.arrives(a.answer(500));
          }),
      ],
    ]);
    line.pass(12_000);
    const before = heard.kgs.length;
    line.pass(1000);
    expect(heard.kgs.length - before).toBeGreaterThanOrEqual(9);
    expect(heard.states.at(-1)?.kind).toBe('open');
  });

  test.each([5, 40, 310, 330, 355, 700])(
    'an answer %d ms late is no weight of whoever is asked then',
    (lateMs) => {
      const line = new VirtualLine();
      const late = attach(line, a);
      const live = attach(line, b);
      answerWith(line, [
        [
          a,
          () =>
            line.after(lateMs < 300 ? 300 + lateMs : lateMs, () => {
              line.arrives(a.answer(1000));
            }),
        ],
        [
          b,
          () =>
            line.after(20, () => {
              line.arrives(b.answer(2000));
            }),
        ],
      ]);
      line.open();
      line.pass(20_000);
      expect(new Set(live.kgs)).toEqual(new Set([2000]));
      expect(live.kgs.length).toBeGreaterThan(60);
      expect(new Set(late.kgs).has(2000)).toBe(false);
      // It comes when another is asked, or when it is asked again itself.
      expect(late.indicator.stats().late + late.kgs.length).toBeGreaterThan(0);
    },
  );

  test('what the adapter echoes is not taken for an answer', () => {
    const line = new VirtualLine();
    const kinds = [a, keliDevice('K'), c, modbusDevice(7)];
    const heard = kinds.map((kind) => attach(line, kind));
    line.onSent = (bytes) => {
      const echo = Buffer.from(bytes);
      line.after(1, () => {
        line.arrives(echo);
      });
      const index = kinds.findIndex(({ request }) => request.equals(bytes));
      // The last one is silent: of it there is the echo only.
      if (index < 3)
        line.after(15, () => {
          line.arrives(kinds[index]?.answer(100 * (index + 1)) ?? echo);
        });
    };
    line.open();
    line.pass(5000);
    expect(heard.map(({ kgs }) => [...new Set(kgs)])).toEqual([[100], [200], [300], []]);
    expect(line.line.stats().echoes).toBe(true);
    expect(heard[3]?.indicator.stats().outcomes).toMatchObject({ answered: 0, disturbed: 0, unreadable: 0 });
  });

  test('two instruments with one address are never a weight', () => {
    const line = new VirtualLine();
    const { kgs, states } = attach(line, a);
    answerWith(line, [
      [
        a,
        () =>
          line.after(20, () => {
            line.arrives(a.answer(1000));
          }),
      ],
      [
        a,
        () =>
          line.after(35, () => {
            line.arrives(a.answer(9000));
          }),
      ],
    ]);
    line.open();
    line.pass(5000);
    expect(kgs).toEqual([]);
    expect(JSON.stringify(states.at(-1))).toContain('twice');
  });

  test('somebody who never stops talking does not keep the others from being asked', () => {
    const line = new VirtualLine();
    attach(line, a);
    const chatter = (): void => {
      line.arrives(Buffer.from('55', 'hex'));
      line.after(5, chatter);
    };
    line.open();
    chatter();
    line.pass(20_000);
    expect(line.sent.length).toBeGreaterThan(5);
    expect(line.line.stats().babbled).toBeGreaterThan(0);
  });

  test('a line that goes and comes back is a line that goes and comes back for each of them', () => {
    const line = new VirtualLine();
    const heard = [attach(line, a), attach(line, b)];
    answerWith(line, [
      [
        a,
        () =>
          line.after(20, () => {
            line.arrives(a.answer(1000));
          }),
      ],
      [
        b,
        () =>
          line.after(20, () => {
            line.arrives(b.answer(2000));
          }),
      ],
    ]);
    line.open();
    line.pass(500);
    line.down();
    const counts = heard.map(({ kgs }) => kgs.length);
    expect(heard.map(({ states }) => states.at(-1)?.kind)).toEqual(['down', 'down']);
    // The old handle is let go through a promise; the next attempt is the test's to open.
    return Promise.resolve().then(async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        line.pass(500);
        await Promise.resolve();
      }
      line.open();
      line.pass(1000);
      for (const [index, { kgs, states }] of heard.entries()) {
        expect(kgs.length).toBeGreaterThan(counts[index] ?? 0);
        expect(states.at(-1)?.kind).toBe('open');
      }
    });
  });

  test('one is taken off and put on again while the other weighs on', async () => {
    const line = new VirtualLine();
    const first = attach(line, a);
    const second = attach(line, b);
    answerWith(line, [
      [
        a,
        () =>
          line.after(20, () => {
            line.arrives(a.answer(1000));
          }),
      ],
      [
        b,
        () =>
          line.after(20, () => {
            line.arrives(b.answer(2000));
          }),
      ],
    ]);
    line.open();
    line.pass(1005);
    await first.indicator.close();
    const before = [first.kgs.length, second.kgs.length];
    line.pass(1000);
    expect(first.kgs).toHaveLength(before[0] ?? 0);
    expect(second.kgs.length).toBeGreaterThan((before[1] ?? 0) + 7);
    const again = attach(line, a);
    line.pass(1000);
    expect(new Set(again.kgs)).toEqual(new Set([1000]));
  });
});

test.each([
  ['an instrument that sends by itself', { profile: 'yaohua-continuous', options: {} }, 'not-polled'],
  ['one without an address', { profile: 'dini-argeo-command', options: {} }, 'no-address'],
  ['one whose protocol has no address', { profile: 'mt-sics', options: { ask: 'SIR' } }, 'no-address'],
  [
    'one with an address that is taken',
    { profile: 'keli-k9r-command', options: { address: 'A' } },
    'address-taken',
  ],
])('%s is refused', (_what, config, code) => {
  const line = new VirtualLine();
  attach(line, a);
  const parsed = IndicatorConfig.parse({ ...configOf(a), minKg: undefined, ...config });
  const attached = line.line.attach(parsed, {
    onReading: () => undefined,
    onState: () => undefined,
    onFault: () => undefined,
    onRange: () => undefined,
  });
  expect(attached).toMatchObject({ ok: false, error: { code } });
});

const kinds = [
  yaohuaDevice('A'),
  keliDevice('B'),
  diniDevice('01'),
  diniDevice('02'),
  modbusDevice(1),
  modbusDevice(2),
];
/** Each instrument's weights, so that a weight tells whose it is. */
const kgOf = (index: number, nth: number): number => (index + 1) * 20_000 + (nth % 900) * 20;

const temper = fc.record({
  latencyMs: fc.integer({ min: 0, max: 900 }),
  /** Of each of its answers: whether it comes, how late, and cut into how many pieces how far apart. */
  moods: fc.array(
    fc.record({
      mood: fc.constantFrom(
        'answers',
        'answers',
        'answers',
        'dead',
        'garbage',
        'other',
        'breaks-off',
        'twice',
      ),
      extraMs: fc.constantFrom(0, 0, 0, 50, 290, 310, 400, 800),
      pieces: fc.integer({ min: 1, max: 6 }),
      apartMs: fc.integer({ min: 0, max: 15 }),
      noise: fc.uint8Array({ maxLength: 6 }),
      otherIndex: fc.nat({ max: kinds.length - 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

test('under any interleaving of late, broken, doubled and foreign answers none gets the weight of another', () => {
  fc.assert(
    fc.property(
      fc.array(temper, { minLength: kinds.length, maxLength: kinds.length }),
      fc.boolean(),
      (tempers, echo) => {
        const line = new VirtualLine();
        const heard = kinds.map((kind) => attach(line, kind));
        const asked = kinds.map(() => 0);
        const say = (bytes: Buffer, afterMs: number, pieces: number, apartMs: number): void => {
          const size = Math.max(1, Math.ceil(bytes.length / pieces));
          for (let nth = 0; nth * size < bytes.length; nth += 1) {
            const piece = bytes.subarray(nth * size, (nth + 1) * size);
            line.after(afterMs + nth * apartMs, () => {
              line.arrives(piece);
            });
          }
        };
        line.onSent = (bytes) => {
          const copy = Buffer.from(bytes);
          if (echo)
            line.after(0, () => {
              line.arrives(copy);
            });
          const index = kinds.findIndex(({ request }) => request.equals(copy));
          const kind = kinds[index];
          const { latencyMs, moods } = tempers[index] ?? { latencyMs: 0, moods: [] };
          const nth = asked[index] ?? 0;
          asked[index] = nth + 1;
          const mood = moods[nth % Math.max(1, moods.length)];
          if (kind === undefined || mood === undefined) return;
          const answer = kind.answer(kgOf(index, nth));
          const atMs = 1 + latencyMs / 3 + mood.extraMs;
          const tell = (what: Buffer): void => {
            say(what, atMs, mood.pieces, mood.apartMs);
          };
          switch (mood.mood) {
            case 'answers':
              tell(Buffer.concat([mood.noise.subarray(0, 3), answer]));
              break;
            case 'garbage':
              tell(Buffer.concat([mood.noise, answer.subarray(2), mood.noise]));
              break;
            case 'breaks-off':
              // Not between address and weight: with another's weight that lost its address, at the same moment, it
              // would be an answer to every program.
              tell(answer.subarray(0, 3 + mood.otherIndex));
              break;
            case 'twice':
              tell(Buffer.concat([answer, answer]));
              break;
            case 'other':
              tell(kinds[mood.otherIndex]?.answer(kgOf(mood.otherIndex, nth)) ?? answer);
              break;
            case 'dead':
              break;
          }
        };
        line.open();
        line.pass(15_000);
        for (const [index, { kgs }] of heard.entries())
          for (const kg of kgs) expect(Math.floor(kg / 20_000)).toBe(index + 1);
      },
    ),
    { numRuns: 300 },
  );
});

test('the beginning of one answer and the late rest of another’s are nobody’s weight', () => {
  const line = new VirtualLine();
  const [slow, broken] = [diniDevice('01'), diniDevice('02')];
  const heard = [attach(line, slow), attach(line, broken)];
  answerWith(line, [
    [
      slow,
      () => {
        say(line, slow.answer(60_000).subarray(2), 460);
      },
    ],
    [
      broken,
      () => {
        say(line, broken.answer(80_000).subarray(0, 2), 1);
      },
    ],
  ]);
  line.open();
  line.pass(15_000);
  expect(heard.map(({ kgs }) => kgs)).toEqual([[], []]);
});

function say(line: VirtualLine, bytes: Buffer, afterMs: number): void {
  line.after(afterMs, () => {
    line.arrives(bytes);
  });
}

test('one that takes its time to refuse every request is asked less and less often', () => {
  const line = new VirtualLine();
  const [refusing, healthy] = [attach(line, a), attach(line, c)];
  const noAcknowledge = Buffer.from([4]);
  answerWith(line, [
    [
      a,
      () =>
        line.after(290, () => {
          line.arrives(noAcknowledge);
        }),
    ],
    [
      c,
      () =>
        line.after(20, () => {
          line.arrives(c.answer(3000));
        }),
    ],
  ]);
  line.open();
  line.pass(30_000);
  expect(healthy.kgs.length).toBeGreaterThan(200);
  expect(refusing.states.at(-1)?.kind).toBe('down');
  expect(refusing.indicator.stats().invalid.refused).toBeGreaterThan(3);
});

test('one whose late answers each fall into its next request is asked less and less often', () => {
  const line = new VirtualLine();
  const [late, healthy] = [attach(line, a), attach(line, c)];
  answerWith(line, [
    [
      a,
      () =>
        line.after(800, () => {
          line.arrives(Buffer.from([4, 0, 0, 0]));
        }),
    ],
    [
      c,
      () =>
        line.after(20, () => {
          line.arrives(c.answer(3000));
        }),
    ],
  ]);
  line.open();
  line.pass(30_000);
  expect(healthy.kgs.length).toBeGreaterThan(200);
  expect(late.states.at(-1)?.kind).toBe('down');
});

test('whatever one of them does, the healthy ones keep being read', () => {
  fc.assert(
    fc.property(temper, fc.boolean(), (sick, echo) => {
      const line = new VirtualLine();
      const heard = kinds.slice(0, 3).map((kind) => attach(line, kind));
      let nth = 0;
      line.onSent = (bytes) => {
        const copy = Buffer.from(bytes);
        if (echo) line.arrives(copy);
        const index = kinds.findIndex(({ request }) => request.equals(copy));
        if (index > 0) {
          line.after(20, () => {
            line.arrives(kinds[index]?.answer(kgOf(index, 0)) ?? copy);
          });
          return;
        }
        const { mood, extraMs, noise } = sick.moods[nth % sick.moods.length] ?? {
          mood: 'dead',
          extraMs: 0,
          noise: copy,
        };
        nth += 1;
        if (mood === 'dead') return;
        line.after(sick.latencyMs + extraMs, () => {
          line.arrives(Buffer.from(noise));
        });
      };
      line.open();
      line.pass(30_000);
      for (const { kgs } of heard.slice(1)) expect(kgs.length).toBeGreaterThan(100);
    }),
    { numRuns: 150 },
  );
});
