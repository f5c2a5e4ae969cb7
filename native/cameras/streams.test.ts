import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../city/timers.ts';
import { DahuaStream } from './dahua/stream.ts';
import type { Heard } from './heard.ts';
import { AlertStream } from './hikvision/alertStream.ts';
import { cutAt, testJpeg } from './testJpeg.ts';
import { VzenithPackets, packet } from './vzenith/tcp.ts';

/** Pictures never come too late here. */
const noTimers: Timers = { after: () => () => undefined };

interface Reader {
  readonly add: (chunk: Uint8Array) => void;
  readonly end?: () => void;
}

interface Stream {
  readonly name: string;
  readonly open: (onHeard: (heard: Heard) => void) => Reader;
  /** A heartbeat, a plate with two pictures, a heartbeat, another plate. */
  readonly bytes: Buffer;
}

function part(type: string, body: Uint8Array | string, boundary: string, length?: number): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const stated = length ?? bytes.length;
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\nContent-Length: ${stated}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
}

const alert = (type: string, inner: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<EventNotificationAlert version="2.0" ' +
  'xmlns="http://www.isapi.org/ver20/XMLSchema"><dateTime>2026-03-09T10:00:00+08:00</dateTime>' +
  `<eventType>${type}</eventType><eventState>active</eventState>${inner}</EventNotificationAlert>\n`;
const anpr = (plate: string, uuid: string, pictures: number): string =>
  alert(
    'ANPR',
    `<ANPR><licensePlate>${plate}</licensePlate><confidenceLevel>91</confidenceLevel></ANPR>` +
      `<UUID>${uuid}</UUID><picNum>${pictures}</picNum>`,
  );
const xml = 'application/xml; charset="UTF-8"';
const heartbeat = alert('videoloss', '<activePostCount>0</activePostCount>');

const alertStream = (length?: number, twice = ''): Buffer =>
  Buffer.concat([
    Buffer.from(twice),
    part(xml, heartbeat, 'boundary', length),
    Buffer.from(twice),
    part(xml, anpr('黄晋C12845', 'a', 2), 'boundary', length),
    part('image/jpeg', testJpeg(), 'boundary'),
    part('image/jpeg', testJpeg(300), 'boundary'),
    Buffer.from(twice),
    part(xml, heartbeat, 'boundary', length),
    part(xml, anpr('黄晋C00001', 'b', 0), 'boundary', length),
  ]);

const lines = (plate: string, group: number, index: number, count: number): string =>
  [
    'EventBaseInfo.Code=TrafficJunction',
    `GroupID=${group}`,
    `CountInGroup=${count}`,
    `IndexInGroup=${index}`,
    'UTC=1670842479',
    `TrafficCar.PlateNumber=${plate}`,
    'TrafficCar.PlateColor=Yellow',
  ]
    .map((line) => `Events[0].${line}\r\n`)
    .join('');
const data = (plate: string, id: number): string =>
  `Code=TrafficJunction;action=Pulse;index=0;data={\n  "GroupID" : ${id},\n  "UTC": 1670842479, "Text": "}{\\"",\n` +
  `  "TrafficCar" : { "PlateNumber" : "${plate}", "PlateColor" : "Yellow" }\n}\r\n`;

const plateResult = (plate: string, id: number, size: number): Buffer =>
  packet2(
    Buffer.concat([
      Buffer.from(
        JSON.stringify({
          cmd: 'ivs_result',
          fullImgSize: size,
          clipImgSize: 0,
          PlateResult: { license: plate, colorType: 2, type: 3, confidence: 97, direction: 4, plateid: id },
        }),
      ),
      Buffer.from([0]),
      size === 0 ? Buffer.alloc(0) : testJpeg(size - 6),
    ]),
  );
function packet2(body: Buffer): Buffer {
  const head = Buffer.from([0x56, 0x5a, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

const hikvision = (onHeard: (heard: Heard) => void): Reader =>
  new AlertStream('multipart/mixed; boundary=boundary', onHeard, noTimers);
const dahua = (onHeard: (heard: Heard) => void): Reader =>
  new DahuaStream('multipart/x-mixed-replace; boundary=myboundary', onHeard, noTimers);

const streams: readonly Stream[] = [
  { name: 'alertStream', open: hikvision, bytes: alertStream() },
  {
    name: 'alertStream, the boundary twice',
    open: hikvision,
    bytes: alertStream(undefined, '--boundary\r\n'),
  },
  { name: 'alertStream, no length', open: hikvision, bytes: alertStream(0) },
  { name: 'alertStream, a length far too long', open: hikvision, bytes: alertStream(500_000_000) },
  {
    name: 'alertStream, no boundary named',
    open: (onHeard) => new AlertStream('multipart/mixed', onHeard, noTimers),
    bytes: alertStream(),
  },
  {
    name: 'snapManager, three captures of one group',
    open: dahua,
    bytes: Buffer.concat([
      part('text/plain', 'Heartbeat', 'myboundary'),
      part('text/plain', lines('', 9, 1, 2), 'myboundary'),
      part('image/jpeg', testJpeg(), 'myboundary'),
      part('text/plain', lines('晋C12845', 9, 2, 2), 'myboundary'),
      part('image/jpeg', testJpeg(300), 'myboundary'),
      part('text/plain', 'Heartbeat', 'myboundary'),
      part('text/plain', lines('晋C00001', 10, 1, 1), 'myboundary'),
    ]),
  },
  {
    name: 'eventManager, a length of 0 before each body',
    open: dahua,
    bytes: Buffer.concat([
      part('text/plain', 'Heartbeat', 'myboundary', 0),
      part('text/plain', data('晋C12845', 9), 'myboundary', 0),
      part('text/plain', 'Heartbeat', 'myboundary', 0),
      part('text/plain', data('晋C00001', 10), 'myboundary', 0),
    ]),
  },
  {
    name: 'Vzenith TCP',
    open: (onHeard) => new VzenithPackets(onHeard),
    bytes: Buffer.concat([
      packet(1),
      plateResult('晋C12845', 1, 406),
      packet(1),
      plateResult('晋C00001', 2, 0),
    ]),
  },
];

function hear(stream: Stream, chunks: readonly Uint8Array[]): Heard[] {
  const heard: Heard[] = [];
  const reader = stream.open((each) => heard.push(each));
  for (const chunk of chunks) reader.add(chunk);
  reader.end?.();
  return heard;
}

/** What matters of it, in one line each. */
function told(heard: readonly Heard[]): string[] {
  return heard.map((each) =>
    each.kind === 'plate'
      ? `${each.event.plate?.text ?? '-'} ${each.event.pictures.map(({ bytes }) => bytes.length).join('+')} ${each.flaws.join()}`
      : each.kind === 'bad'
        ? `bad ${each.fault}`
        : 'alive',
  );
}

function plates(heard: readonly Heard[]): string[] {
  return heard.flatMap((each) => (each.kind === 'plate' ? [each.event.plate?.text ?? '-'] : []));
}

const places = fc.array(fc.nat({ max: 20_000 }), { maxLength: 30 });

describe.each(streams.filter(({ name }) => !name.includes('far too long')))('$name', (stream) => {
  it('tells both plates and every heartbeat', () => {
    expect(plates(hear(stream, [stream.bytes]))).toEqual(['晋C12845', '晋C00001']);
    expect(told(hear(stream, [stream.bytes])).filter((line) => line.startsWith('bad'))).toEqual([]);
  });

  it('tells the same whatever chunks it comes in, a byte at a time included', () => {
    const whole = hear(stream, [stream.bytes]);
    expect(
      hear(
        stream,
        Array.from(stream.bytes, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
    fc.assert(
      fc.property(places, (at) => {
        expect(hear(stream, cutAt(stream.bytes, at))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('cut off anywhere, tells no plate that was not sent and throws nothing', () => {
    fc.assert(
      fc.property(fc.nat({ max: stream.bytes.length }), (end) => {
        const heard = plates(hear(stream, [stream.bytes.subarray(0, end)]));
        expect(['晋C12845', '晋C00001'].slice(0, heard.length)).toEqual(
          heard.map((plate, index) => (plate === '-' && index === 0 ? '晋C12845' : plate)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('after noise of any kind, tells what follows it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), places, (noise, at) => {
        const bytes = Buffer.concat([noise, Buffer.from('\r\n'), stream.bytes, stream.bytes]);
        const heard = plates(hear(stream, cutAt(bytes, at)));
        // Noise may swallow what it touches; the second time all of it is there.
        expect(heard.slice(-2)).toEqual(['晋C12845', '晋C00001']);
      }),
      { numRuns: 100 },
    );
  });

  it('of nothing but noise, tells no plate and throws nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), places, (noise, at) => {
        expect(plates(hear(stream, cutAt(noise, at)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('lengths that lie', () => {
  it('a part that claims half a gigabyte is refused at its head, and the stream goes on', () => {
    const stream = streams.find(({ name }) => name.includes('far too long'))!;
    const heard = told(hear(stream, [stream.bytes, alertStream()]));
    expect(heard).toContain('bad too-large');
    expect(plates(hear(stream, [stream.bytes, alertStream()]))).toEqual(['晋C12845', '晋C00001']);
  });

  it('a length that runs over the next boundary ends at the boundary', () => {
    const stream = streams[0]!;
    const bytes = Buffer.concat([
      part(xml, anpr('黄晋C12845', 'a', 0), 'boundary', 900),
      part(xml, heartbeat, 'boundary'),
      part(xml, heartbeat, 'boundary'),
      part(xml, anpr('黄晋C00001', 'b', 0), 'boundary'),
    ]);
    expect(plates(hear(stream, [bytes]))).toEqual(['晋C12845', '晋C00001']);
  });

  it('a length that is too short costs that event and no other', () => {
    const stream = streams[0]!;
    const bytes = Buffer.concat([
      part(xml, anpr('黄晋C12845', 'a', 0), 'boundary', 200),
      part(xml, anpr('黄晋C00001', 'b', 0), 'boundary'),
    ]);
    expect(told(hear(stream, [bytes]))).toEqual(['bad not-xml', 'bad noise', '晋C00001  ']);
  });

  it('an endless line is not kept', () => {
    const stream = streams[0]!;
    const line = Buffer.alloc(64 * 1024, 0x41);
    const heard = told(
      hear(stream, [...Array.from({ length: 100 }, () => line), Buffer.from('\r\n'), stream.bytes]),
    );
    expect(heard.filter((each) => each.startsWith('bad'))).toEqual(['bad noise']);
    expect(heard.at(-1)).toMatch(/^晋C00001/);
  });
});

describe('the pictures of one passage', () => {
  it('Dahua: two captures of a group are one event with both pictures and the plate that was read', () => {
    const stream = streams.find(({ name }) => name.startsWith('snapManager'))!;
    expect(told(hear(stream, [stream.bytes]))).toEqual(['alive', '晋C12845 406+306 ', 'alive', '晋C00001  ']);
  });

  it('Hikvision: the plate is told when the last picture is there, and not held for a heartbeat', () => {
    const stream = streams[0]!;
    const end = stream.bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2;
    const heard: Heard[] = [];
    hikvision((each) => heard.push(each)).add(stream.bytes.subarray(0, end));
    expect(told(heard)).toEqual(['alive', '晋C12845 406+306 ']);
  });
});
