import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameReader } from '../../native/evidence/checkWeighing.ts';
import type { ProfileId } from '../../native/instruments/protocols/profiles.ts';
import { profileIds } from '../../native/instruments/protocols/profiles.ts';
import {
  mettlerFrame,
  rtuFrame,
  samples,
  tcpFrame,
} from '../../native/instruments/protocols/samples.testFrames.ts';
import { asked } from '../support/stranger.ts';

const dir = mkdtempSync(join(tmpdir(), 'yuanheng-frames-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const protocols = resolve(import.meta.dirname, '../../native/instruments/protocols');
const seed = 38;

interface Question {
  readonly instrument: Parameters<typeof frameReader>[0];
  readonly frame: string;
}

/** The frames that the makers' documents draw, as they stand above the parsers. */
const drawn = [protocols, join(protocols, '..')]
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^ \* +((?:[0-9A-F]{2} )+[0-9A-F]{2}) {2}/gm)])
  .map(([, hex = '']) => hex.replaceAll(' ', '').toLowerCase());

const equalsOptions = [
  '{"direction":"forward"}',
  '{"direction":"reversed"}',
  '{"sign":"first","unit":"t"}',
  '{"sign":"last","equals":"first"}',
  '{"characters":5}',
  '{"sends":"net"}',
  '{"equals":"last","characters":10}',
];
const addressed = ['{"address":"01"}', '{"address":null}', '{"address":"1"}'];
const letters = [
  '{"grossLetter":"C","tareLetter":"B"}',
  '{"grossLetter":"D","netLetter":"B","tareLetter":"C"}',
];
const maps = [
  '{"map":{"weight":{"type":"int16"}}}',
  '{"map":{"weight":{"type":"uint16","at":1}}}',
  '{"map":{"weight":{"type":"uint32","wordOrder":"low-first"}}}',
  '{"map":{"weight":{"type":"float32"},"unit":"t","decimals":2}}',
  '{"map":{"weight":{"type":"float32"}}}',
  '{"map":{"decimals":[{"flag":{"at":1,"bit":0},"places":2},{"flag":{"at":1,"bit":1},"places":0}],"unit":"t"}}',
  '{"map":{"registers":3,"minus":{"at":2,"bit":0},"motion":{"at":2,"bit":1},"net":{"at":2,"bit":2}}}',
  '{"map":{"registers":3,"over":{"at":2,"bit":0},"under":{"at":2,"bit":1,"when":0}}}',
  '{"map":{"registers":3,"refuse":[{"flag":{"at":2,"bit":3},"reason":"hold"}]}}',
  '{"map":{"weight":{"at":1}}}',
  '{"map":{"motion":{"at":2,"bit":0}}}',
  '{"unitId":2}',
];
/** Settings of each kind of instrument besides its own; some that it does not have. */
const settings = (id: ProfileId): readonly string[] => {
  if (id.startsWith('mettler'))
    return ['{"dummyZeros":"to-be-added"}', '{"checksum":true}', '{"checksum":false}', '{"frame":"short"}'];
  if (id === 'custom') {
    return [
      '{"order":"reversed","decimals":{"kind":"fixed","places":0}}',
      '{"decimals":{"kind":"dot"},"sign":{"kind":"in-digits"},"digitsAt":1,"digitsBytes":7}',
      '{"encoding":"bcd","digitsAt":2,"digitsBytes":3,"decimals":{"kind":"fixed","places":1},"unit":"t"}',
      '{"sign":{"kind":"bit","at":1,"bit":1,"minusWhen":1},"endHex":null,"equalFrames":1}',
      '{"sign":{"kind":"none"},"startHex":null,"unit":"t","decimals":{"kind":"digit","at":8}}',
      '{"startHex":null,"endHex":null}',
      '{"sign":{"kind":"byte","at":12,"minus":45}}',
    ];
  }
  if (id.startsWith('modbus')) return maps;
  if (id.startsWith('laumas')) return ['{"shows":"net"}', '{"unit":"t","decimals":2}', '{"decimals":5}'];
  if (id.startsWith('flintec')) return ['{"shows":"gross"}', '{"unit":"t"}', '{"unitId":9}'];
  if (/^(yaohua-d2|yaohua-a26|keli-d20|keli-kl)/.test(id)) return equalsOptions;
  if (id.endsWith('command') && /^(yaohua|keli)/.test(id))
    return [...letters, '{"address":"B"}', '{"ask":"net"}', '{"point":"dot"}', '{"netLetter":"B"}'];
  return [...addressed, '{"unit":"t"}', '{"checksum":true}', '{"ask":"S"}', '{"checksum":false}'];
};

const instrumentsOf = (id: ProfileId): Question['instrument'][] =>
  ['{}', '{"unit":"kg"}', '{"factor":1}', 'no json', '[]', ...settings(id)].flatMap((options) =>
    (['kg', 't'] as const).flatMap((unit) =>
      (unit === 'kg' ? [20] : [20, 1]).map((divisionKg) => ({ profile: id, options, unit, divisionKg })),
    ),
  );

/** Frames of a protocol as its instruments send them, and with a byte or two changed, put in or left out. */
function framesOf(id: ProfileId): Buffer[] {
  const { maxDecimals, maxShown, encode } = samples[id];
  const frame = fc
    .tuple(
      fc.integer({ min: -maxShown, max: maxShown }),
      fc.constantFrom(0, 0, 0, ...Array.from({ length: maxDecimals + 1 }, (_, places) => places)),
    )
    .map(([shown, decimals]) => encode(shown, decimals));
  // Bytes of the kinds these protocols are made of: a change into another one often still fits its place.
  const usual = fc.constantFrom(
    ...Buffer.from('0123456789 +-.=,:?STUSOLHDZRGNMKLTIEgnkgwtoAB@\x01\x02\x03\r\n', 'latin1'),
  );
  const byte = fc.oneof(usual, fc.integer({ min: 0, max: 255 }));
  const changed = fc
    .tuple(
      frame,
      fc.array(fc.tuple(fc.nat(), byte, fc.constantFrom('put', 'put', 'put', 'insert', 'remove')), {
        maxLength: 2,
        minLength: 1,
      }),
    )
    .map(([bytes, changes]) =>
      changes.reduce((now, [place, to, how]) => {
        const at = place % (now.length + (how === 'insert' ? 1 : 0));
        const rest = now.subarray(how === 'insert' ? at : at + 1);
        return Buffer.concat([
          now.subarray(0, at),
          how === 'remove' ? Buffer.alloc(0) : Buffer.from([to]),
          rest,
        ]);
      }, bytes),
    );
  return [...fc.sample(frame, { seed, numRuns: 45 }), ...fc.sample(changed, { seed, numRuns: 60 })].filter(
    ({ length }) => length > 0,
  );
}

/** Frames whose sum is right whatever they say: flags, lamps and registers of every kind. */
function framesOfAnyWord(id: ProfileId): Buffer[] {
  const words = (count: number) =>
    fc.sample(
      fc.array(
        fc.oneof(
          fc.constantFrom(0, 1, 0x0800, 0x8000, 0x7a12, 0x4640, 0xbf80),
          fc.integer({ min: 0, max: 65_535 }),
        ),
        { minLength: count, maxLength: count },
      ),
      { seed, numRuns: 60 },
    );
  if (/-(rtu|tcp)$/.test(id)) {
    const wire = id.endsWith('rtu') ? rtuFrame : tcpFrame;
    return [1, 2, 3, 5, 10].flatMap((count) =>
      words(count).map((each) =>
        wire([1, 3, 2 * count, ...each.flatMap((word) => [word >> 8, word & 0xff])]),
      ),
    );
  }
  if (!id.startsWith('mettler')) return [];
  const head = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 3 });
  const fields = fc
    .constantFrom('    12', ' 12450', '  1245', '      ', '1 2   ')
    .map((text) => `${text}     0`);
  return fc
    .sample(fc.tuple(head, fields), { seed, numRuns: 80 })
    .map(([bytes, text]) =>
      mettlerFrame(bytes, id.includes('short') ? text.slice(0, 6) : text, !id.includes('no-checksum')),
    );
}

const drawnQuestions = profileIds.flatMap((profile) =>
  (['kg', 't'] as const).flatMap((unit) =>
    drawn.map((frame) => ({ instrument: { profile, options: '{}', unit, divisionKg: 20 }, frame })),
  ),
);
const unknown = { profile: 'toString', options: '{}', unit: 'kg', divisionKg: 20 } as const;
const questions = new Map<string, readonly Question[]>([
  ...profileIds.map((id): [string, Question[]] => {
    const frames = [...framesOf(id), ...framesOfAnyWord(id)].map((frame) => frame.toString('hex'));
    return [id, instrumentsOf(id).flatMap((instrument) => frames.map((frame) => ({ instrument, frame })))];
  }),
  ['drawn', drawnQuestions],
  ['unknown', [{ instrument: unknown, frame: '02' }]],
]);
const answers = new Map<string, unknown[]>();

beforeAll(() => {
  const all = asked('--weigh', [...questions.values()].flat(), join(dir, 'frames.jsonl'));
  let from = 0;
  for (const [name, each] of questions) {
    answers.set(name, all.slice(from, from + each.length));
    from += each.length;
  }
  expect(all).toHaveLength(from);
});

/** How many of them are a weight, to both. */
function compared(name: string): number {
  const [each, theirs] = [questions.get(name) ?? [], answers.get(name) ?? []];
  const own = each.map(({ instrument, frame }) => frameReader(instrument)?.(frame)?.kg ?? null);
  const unlike = own.findIndex((kg, at) => theirs[at] !== kg);
  expect({ asked: each[unlike], kg: theirs[unlike] }).toEqual({ asked: each[unlike], kg: own[unlike] });
  return own.filter((kg) => kg !== null).length;
}

describe('a program that shares nothing with ours reads the same weight out of the same bytes', () => {
  it.each(profileIds)('%s', (id) => {
    expect(compared(id)).toBeGreaterThan(15);
  });

  it('in the frames that the documents draw, as every instrument and as the one they are of', () => {
    expect(drawn.length).toBeGreaterThan(20);
    expect(compared('drawn')).toBeGreaterThan(20);
  });

  it('and of an instrument it does not know, neither reads any', () => {
    expect(compared('unknown')).toBe(0);
  });
});
