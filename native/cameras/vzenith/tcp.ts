/**
 * Vzenith (臻识) TCP, port 8131. Packets with a head of eight bytes, both ways:
 *
 *   56 5A | type | 00 | length, u32 big-endian        type 0 data, type 1 keep-alive of length 0
 *   56 5A 00 00 00 00 00 5E {"cmd":"ivsresult","enable":true,"format":"json","image":true,"image_type":2}
 *
 * What comes back for a plate: JSON in GB 2312, a zero byte, the full JPEG, the JPEG of the plate:
 *
 *   {"cmd":"ivs_result","id":77,"fullImgSize":98304,"clipImgSize":4096,"imageformat":"jpg",
 *    "PlateResult":{"license":"晋C12845","colorType":2,"type":3,"confidence":97,"plateid":21085,…}}
 *
 * Source: two public clients (one TypeScript for Electron, one on the manufacturer's older SDK). There is no
 * login on this port. Cameras send keep-alives of their own.
 */
import { connect } from 'node:net';
import * as z from 'zod';
import type { Conversation, Talk, TalkEnd } from '../keepTalking.ts';
import { keepTalking } from '../keepTalking.ts';
import type { CameraListeners } from '../camera.ts';
import type { CameraRuntime } from '../cameraRuntime.ts';
import { isWholeJpeg } from '../bytes/jpeg.ts';
import { readJson } from '../bytes/json.ts';
import { decodeText } from '../bytes/text.ts';
import type { CameraFault, Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import type { CameraPicture } from '../plateEvent.ts';
import { isDrill } from '../plateEvent.ts';
import { PlateResult, eventOfResult } from './alarmInfoPlate.ts';

const headBytes = 8;
const maxPacketBytes = 12 * 1024 * 1024;
const keepAliveMs = 2000;
const quietMs = 15_000;

const Size = z.coerce.number().int().min(0).max(maxPacketBytes).catch(0);
const Answer = z.object({ cmd: z.string().max(64) });
const IvsResult = z.object({
  cmd: z.literal('ivs_result'),
  fullImgSize: Size,
  clipImgSize: Size,
  serialno: z.string().max(64).catch(''),
  deviceName: z.string().max(128).catch(''),
  PlateResult,
});

export function packet(type: 0 | 1, body = ''): Buffer {
  const bytes = Buffer.from(body, 'utf8');
  const head = Buffer.from([0x56, 0x5a, type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** Cuts the packets out of the bytes, in any chunks; what fits no head is skipped up to the next one. */
export class VzenithPackets {
  readonly #onHeard: (heard: Heard) => void;
  #rest: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #size = 0;
  #need = headBytes;
  #noisy = false;

  constructor(onHeard: (heard: Heard) => void) {
    this.#onHeard = onHeard;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(Buffer.from(chunk));
    this.#size += chunk.length;
    if (this.#size < this.#need) return;
    this.#rest = Buffer.concat(this.#chunks);
    while (this.#step());
    this.#chunks = [this.#rest];
    this.#size = this.#rest.length;
  }

  #step(): boolean {
    const rest = this.#rest;
    this.#need = headBytes;
    if (rest.length < headBytes) return false;
    const length = rest.readUInt32BE(4);
    const type = rest[2];
    const known = rest[0] === 0x56 && rest[1] === 0x5a && (type === 0 || type === 1) && rest[3] === 0;
    if (!known || length > maxPacketBytes) {
      if (!this.#noisy) this.#onHeard(bad('bad-frame'));
      this.#noisy = true;
      const next = rest.indexOf(0x56, 1);
      this.#rest = next < 0 ? Buffer.alloc(0) : rest.subarray(next);
      return true;
    }
    this.#need = headBytes + length;
    if (rest.length < this.#need) return false;
    this.#noisy = false;
    const body = rest.subarray(headBytes, this.#need);
    this.#rest = rest.subarray(this.#need);
    this.#onHeard(type === 1 ? { kind: 'alive', deviceTimeMs: null } : readVzenithPacket(body));
    return true;
  }
}

/** The body of one data packet. */
export function readVzenithPacket(body: Buffer): Heard {
  const zero = body.indexOf(0);
  const text = decodeText(zero < 0 ? body : body.subarray(0, zero));
  if (text === null) return bad('bad-charset');
  const json = readJson(text);
  if (!json.ok) return bad('not-json');
  const answer = Answer.safeParse(json.value);
  // Answers to what was asked, and whatever else firmware tells on this line.
  if (answer.success && answer.data.cmd !== 'ivs_result') return { kind: 'alive', deviceTimeMs: null };
  const result = IvsResult.safeParse(json.value);
  if (!result.success) return bad('not-a-plate-event');
  const { fullImgSize, clipImgSize, serialno, deviceName } = result.data;
  const pictures: CameraPicture[] = [];
  const flaws: CameraFault[] = [];
  let from = zero + 1;
  for (const [role, size] of [
    ['full', fullImgSize],
    ['plate', clipImgSize],
  ] as const) {
    if (size === 0) continue;
    const bytes = zero < 0 ? Buffer.alloc(0) : body.subarray(from, from + size);
    from += size;
    if (bytes.length === size && isWholeJpeg(bytes)) pictures.push({ role, bytes });
    else flaws.push('bad-picture');
  }
  const read = eventOfResult(result.data.PlateResult, result.data.PlateResult.license, {
    serialNumber: serialno,
    drill: isDrill(deviceName),
  });
  return { kind: 'plate', event: { ...read.event, pictures }, flaws: [...read.flaws, ...flaws] };
}

export function openVzenithTcp(
  { host, port }: { readonly host: string; readonly port: number },
  listeners: CameraListeners,
  { timers, monotonicMs }: CameraRuntime,
): Conversation {
  return keepTalking({
    quietMs,
    timers,
    monotonicMs,
    onState: listeners.onState,
    talk: (talk) => speak({ host, port, listeners, talk }),
  });
}

function speak({
  host,
  port,
  listeners,
  talk,
}: {
  readonly host: string;
  readonly port: number;
  readonly listeners: CameraListeners;
  readonly talk: Talk;
}): Promise<TalkEnd> {
  return new Promise((resolve) => {
    const packets = new VzenithPackets(listeners.onHeard);
    const socket = connect({ host, port, noDelay: true, signal: talk.signal });
    let detail = 'closed by the camera';
    const beat = setInterval(() => {
      if (socket.writableLength === 0) socket.write(packet(1));
    }, keepAliveMs);
    socket.on('connect', () => {
      socket.write(
        packet(
          0,
          JSON.stringify({ cmd: 'ivsresult', enable: true, format: 'json', image: true, image_type: 2 }),
        ),
      );
      talk.opened();
    });
    socket.on('data', (chunk: Buffer) => {
      talk.heard();
      packets.add(chunk);
    });
    socket.on('error', (problem: NodeJS.ErrnoException) => {
      detail = problem.code ?? problem.message;
    });
    socket.on('close', () => {
      clearInterval(beat);
      resolve({ kind: 'ended', detail });
    });
  });
}
