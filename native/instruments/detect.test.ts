import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesFor, askedProfiles, modbusMapped, modbusProbes, streamProfiles } from './detect.ts';
import type { DetectProgress, LineSetting } from './detectLine.ts';
import { detectLine, serialSettings } from './detectLine.ts';
import { detectOn } from './detectOn.ts';
import { SerialConfig } from './transportConfig.ts';

const repeat = (hex: string, times = 20): Buffer => Buffer.from(hex.repeat(times), 'hex');
const yaohua = '022b30313234353030313903';

describe('what a stretch of bytes could be', () => {
  // One frame form can be several makers'.
  it.each([
    [['yaohua-continuous', 'keli-continuous'], yaohua, '12450'],
    [
      ['jinzhong-continuous', 'general-measure-continuous', 'and-continuous', 'kern-continuous'],
      '53542C47532C2B303030303036306B670D0A',
      '60',
    ],
    [['mettler-continuous'], '023130202020203230302020202030300D1E', '200'],
    [['yaohua-a12-xor'], '57473030342E3133396B6733440D0A', '4.139'],
    [['cas-22'], '53542c47532c01c42c20202031332e3530206b670d0a', '13.50'],
  ])('is %s, before anything else', (ids, hex, shows) => {
    const [best] = candidatesFor(repeat(hex));
    expect(ids).toContain(best?.profile);
    expect(best).toMatchObject({ coveredPercent: 100, bad: 0 });
    expect(best?.shows).toContain(shows);
  });

  it('says so where a stream can be read from either end', () => {
    const found = candidatesFor(repeat('3D3030302E33303030'));
    expect(found.length).toBeGreaterThan(1);
    expect(found.every(({ directionAmbiguous }) => directionAmbiguous)).toBe(true);
  });

  it('a frame cut at the start and the end does not speak against it', () => {
    const [best] = candidatesFor(repeat(yaohua).subarray(5, 200));
    expect(best).toMatchObject({ profile: 'yaohua-continuous', bad: 0 });
  });

  it('noise is nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 600 }), (bytes) => {
        expect(candidatesFor(bytes).filter(({ selfFraming }) => selfFraming === 'checksum')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

const modbusReads = [...Object.values(modbusProbes), ...Object.values(modbusMapped).flat()].map((profile) =>
  Buffer.from(profile.pollRequest() ?? []).toString('hex'),
);
/**
 * Reads of the weight, as the reference has them: 1.2 gross of scale A, SICS SI, A&D RW, SMA W, Dini READ; Modbus
 * function 3 at unit 1: two registers from the first, Laumas' block, Flintec's.
 */
const harmlessReads: ReadonlySet<string> = new Set([
  '024142303303',
  '53490d0a',
  '52570d0a',
  '0a570d',
  '524541440d0a',
  ...modbusReads,
]);

describe('what detection sends', () => {
  it('is one of the listed reads of a weight, whatever the line answers, and nothing where anything speaks', async () => {
    const answers = fc.oneof(
      fc.constantFrom(
        ...['S S     12460 kg\r\n', 'S I\r\n', 'ES\r\n', 'ST,GS,+0012460kg\r\n', '?\r\n', '\u0004'],
        ...['\u0002AB+0123400\u0003', 'ZERO?\r\n', 'TARE\r\n', '\n?\r'],
      ),
      fc.string({ maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(answers, { maxLength: 60 }), fc.boolean(), async (lines, speaks) => {
        const sent: string[] = [];
        let next = 0;
        await detectLine(serialSettings, {
          wait: () => new Promise((resolve) => setImmediate(resolve)),
          openLine: (_setting, events) => {
            if (speaks) events.onBytes(Buffer.from('x'));
            return {
              send: (bytes) => {
                sent.push(Buffer.from(bytes).toString('hex'));
                const answer = lines[next++];
                if (answer !== undefined) events.onBytes(Buffer.from(answer, 'latin1'));
              },
              close: () => Promise.resolve(),
            };
          },
        });
        expect(sent.filter((bytes) => !harmlessReads.has(bytes))).toEqual([]);
        if (speaks) expect(sent).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is asked of no protocol that sends by itself, and each polled one has exactly its listed read', () => {
    const requests = askedProfiles.map((profile) => Buffer.from(profile.pollRequest() ?? []).toString('hex'));
    expect(new Set([...requests, ...modbusReads])).toEqual(harmlessReads);
    // Function 3 reads holding registers; no other function is ever sent.
    expect(modbusReads.map((bytes) => /^(?:0001000000060103|0103)/.test(bytes))).toEqual(
      modbusReads.map(() => true),
    );
    expect(streamProfiles.every((profile) => profile.pollRequest() === null)).toBe(true);
  });
});

describe('a serial line on which one answers that must be asked', () => {
  it('is found at its speed: closing the line to set another is not the line breaking', async () => {
    const found = await detectOn(
      SerialConfig.parse({ kind: 'serial', path: '/dev/ttyS0' }),
      { onOpen: () => undefined, stopped: () => false },
      {
        wait: () => new Promise((resolve) => setImmediate(resolve)),
        openLine: (config, events) => ({
          send: (bytes) => {
            const right = config.kind === 'serial' && config.baudRate === 2400;
            if (right && Buffer.from(bytes).toString('latin1') === 'SI\r\n') {
              setImmediate(() => {
                events.onBytes(Buffer.from('S S     12460 kg\r\n'));
              });
            }
          },
          close: () => {
            events.onDown('closed');
            return Promise.resolve();
          },
        }),
      },
    );
    expect(found).toMatchObject({
      ok: true,
      value: [{ setting: { baudRate: 2400 }, candidates: [{ profile: 'mt-sics', shows: '12460 kg' }] }],
    });
  });

  it('on the network is asked in Modbus first: such a device hangs up on anything else', async () => {
    const sent: string[] = [];
    await detectLine([null], {
      wait: () => Promise.resolve(),
      openLine: () => ({
        send: (bytes) => sent.push(Buffer.from(bytes).toString('hex')),
        close: () => Promise.resolve(),
      }),
    });
    expect(sent[0]).toBe('000100000006010300000002');
    expect(sent.at(-1)).toBe('010300000002c40b');
  });

  it('that cannot be opened is the trouble it is', async () => {
    const found = await detectOn(
      SerialConfig.parse({ kind: 'serial', path: '/dev/ttyS0' }),
      { onOpen: () => undefined, stopped: () => false },
      {
        wait: () => Promise.resolve(),
        openLine: (_, events) => {
          events.onDown('access denied');
          return { send: () => undefined, close: () => Promise.resolve() };
        },
      },
    );
    expect(found).toEqual({ ok: false, error: 'access denied' });
  });
});

describe('a silent line', () => {
  it('is told after the first setting, and only asked at the others', async () => {
    const progress: DetectProgress[] = [];
    let waits = 0;
    await detectLine(serialSettings, {
      wait: () => {
        waits += 1;
        return Promise.resolve();
      },
      openLine: () => ({ send: () => undefined, close: () => Promise.resolve() }),
      onProgress: (each) => progress.push(each),
    });
    expect(progress.find(({ nth }) => nth === 2)).toEqual({ nth: 2, of: serialSettings.length, bytes: 0 });
    const asks = (askedProfiles.length + 1) * serialSettings.length;
    expect(waits).toBe(12 + 2 * (serialSettings.length - 1) + asks);
  });

  it('with a Modbus device that refuses is found, with its refusal', async () => {
    const [found] = await detectLine(serialSettings, {
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      openLine: (setting, events) => ({
        send: (bytes) => {
          const asked = setting?.baudRate === 19_200 && bytes[0] === 1 && bytes[1] === 3;
          if (asked)
            setImmediate(() => {
              events.onBytes(Buffer.from('018302c0f1', 'hex'));
            });
        },
        close: () => Promise.resolve(),
      }),
    });
    expect(found).toMatchObject({
      setting: { baudRate: 19_200, framing: '8N1' },
      candidates: [{ exception: 2, shows: null }, { exception: 2 }, { profile: 'modbus-rtu' }],
    });
  });
});

describe('a line of unknown speed', () => {
  const speak =
    (right: number, hex: string) =>
    (setting: LineSetting | null, events: { onBytes: (b: Uint8Array) => void }) => {
      const bytes = setting?.baudRate === right ? repeat(hex, 40) : repeat('f83cfe00c7', 20);
      setImmediate(() => {
        events.onBytes(bytes);
      });
      return { send: () => undefined, close: () => Promise.resolve() };
    };
  const wait = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('is found at the speed at which the checksums hold', async () => {
    const found = await detectLine(serialSettings, { openLine: speak(2400, yaohua), wait });
    expect(found[0]).toMatchObject({
      setting: { baudRate: 2400, framing: '8N1' },
      candidates: [{ profile: 'yaohua-continuous' }, {}],
    });
  });

  it('of seven bits with parity is named as such', async () => {
    const even = [...Buffer.from('ST,GS,+0012460kg\r\n', 'latin1')].map((byte) => {
      let ones = 0;
      for (let bit = 0; bit < 7; bit += 1) ones += (byte >> bit) & 1;
      return ones % 2 === 1 ? byte | 0x80 : byte;
    });
    const found = await detectLine(serialSettings, {
      openLine: speak(9600, Buffer.from(even).toString('hex')),
      wait,
    });
    expect(found[0]?.setting).toEqual({ baudRate: 9600, framing: '7E1' });
    expect(found[0]?.candidates[0]).toMatchObject({ kg: 12_460 });
  });

  it('of eight bits with parity is tried where nothing was found without', async () => {
    const found = await detectLine(serialSettings, {
      wait,
      openLine: (setting, events) => {
        const right = setting?.baudRate === 4800 && setting.framing === '8E1';
        setImmediate(() => {
          events.onBytes(right ? repeat(yaohua, 40) : repeat('f800fe00c7', 20));
        });
        return { send: () => undefined, close: () => Promise.resolve() };
      },
    });
    expect(found.map(({ setting }) => setting)).toEqual([{ baudRate: 4800, framing: '8E1' }]);
    expect(found[0]?.candidates[0]).toMatchObject({ profile: 'yaohua-continuous', coveredPercent: 100 });
  });

  it('that only answers in seven bits with parity is asked so, too', async () => {
    const found = await detectLine(serialSettings, {
      wait,
      openLine: (setting, events) => ({
        send: (bytes) => {
          if (setting?.framing === '7E1' && Buffer.from(bytes).toString('latin1') === 'RW\r\n')
            events.onBytes(Buffer.from('ST,GS,+0012460kg\r\n', 'latin1'));
        },
        close: () => Promise.resolve(),
      }),
    });
    expect(found[0]?.setting?.framing).toBe('7E1');
  });

  it('that only answers is asked for its weight, and found', async () => {
    const asked: string[] = [];
    const found = await detectLine([{ baudRate: 9600, framing: '8N1' }], {
      wait,
      openLine: (_setting, events) => ({
        send: (bytes) => {
          asked.push(Buffer.from(bytes).toString('latin1'));
          if (asked.at(-1)?.startsWith('S') === true)
            events.onBytes(Buffer.from('S S     12460 kg\r\n', 'latin1'));
        },
        close: () => Promise.resolve(),
      }),
    });
    expect(found[0]?.candidates.map(({ profile }) => profile)).toContain('mt-sics');
  });
});
