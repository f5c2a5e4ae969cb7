import type { Candidate } from './detect.ts';
import { askedProfiles, candidatesFor, isConvincing, modbusMapped, modbusProbes } from './detect.ts';
import type { Line, LineEvents } from './line.ts';
import type { CatalogueEntry, LineFraming } from './protocols/profiles.ts';
import type { SerialConfig } from './transportConfig.ts';

/** One way to set a serial line up. */
export interface LineSetting {
  readonly baudRate: number;
  readonly framing: LineFraming;
}

export interface LineFinding {
  readonly setting: LineSetting | null;
  readonly bytes: number;
  readonly candidates: readonly Candidate[];
}

export interface DetectProgress {
  readonly nth: number;
  readonly of: number;
  readonly bytes: number;
}

export interface DetectDeps {
  /** Opens the line with a setting; null: as it is (a network line has none). */
  readonly openLine: (setting: LineSetting | null, events: LineEvents) => Line;
  readonly wait: (ms: number) => Promise<void>;
  /** The how manieth of how many settings is listened to, and the bytes heard so far. */
  readonly onProgress?: (progress: DetectProgress) => void;
  readonly stopped?: () => boolean;
}

/** In the order in which they are met in yards. */
const baudRates = [9600, 4800, 2400, 1200, 19_200, 600, 38_400] as const;
/** With parity. */
const parityRates = [9600, 4800, 2400, 19_200] as const;
const listenSteps = 12;
/**
 * Whoever sends is heard at any speed, if only as rubbish: on a line that was silent for a whole listening nobody
 * does, and what is left is to ask.
 */
const silentSteps = 2;
const stepMs = 150;
/** Long enough for five frames of any stream at its rate. */
const enoughBytes = 400;
const answerMs = 250;
const maxBytes = 64 * 1024;

/**
 * Listens at each speed and says what the bytes could be. Where nothing is heard, each polled protocol's one read
 * request is sent, and nothing else: detection never zeroes, tares or writes. Ends early at a checksum that holds.
 */
export async function detectLine(
  settings: readonly (LineSetting | null)[],
  deps: DetectDeps,
): Promise<readonly LineFinding[]> {
  const findings: LineFinding[] = [];
  let bytes = 0;
  let silent = false;
  for (const [index, setting] of settings.entries()) {
    if (deps.stopped?.() === true) break;
    if (setting !== null && setting.framing !== '8N1' && findings.some(isWhole)) break;
    const told = (heard: number): void => {
      deps.onProgress?.({ nth: index + 1, of: settings.length, bytes: bytes + heard });
    };
    told(0);
    const finding = await listenAt(setting, silent ? silentSteps : listenSteps, told, deps);
    bytes += finding.bytes;
    silent = bytes === 0;
    if (finding.candidates.length > 0) findings.push(finding);
    if (isConvincing(finding.candidates)) break;
  }
  return findings.sort((one, other) => rank(other) - rank(one));
}

/**
 * Seven bits with parity show themselves when they are read as eight without. Eight with parity do not, and what only
 * answers does not understand a request in another framing: both are tried where nothing was found before.
 */
export const serialSettings: readonly LineSetting[] = [
  ...baudRates.map((baudRate) => ({ baudRate, framing: '8N1' as const })),
  ...(['8E1', '7E1'] as const).flatMap((framing) => parityRates.map((baudRate) => ({ baudRate, framing }))),
];

/** The settings of a serial line as its configuration has them. */
export function serialOf({
  baudRate,
  framing,
}: LineSetting): Pick<SerialConfig, 'baudRate' | 'dataBits' | 'parity' | 'stopBits'> {
  return {
    baudRate,
    dataBits: framing.startsWith('7') ? 7 : 8,
    parity: framing[1] === 'E' ? 'even' : framing[1] === 'O' ? 'odd' : 'none',
    stopBits: framing.endsWith('2') ? 2 : 1,
  };
}

async function listenAt(
  setting: LineSetting | null,
  steps: number,
  told: (heard: number) => void,
  deps: DetectDeps,
): Promise<LineFinding> {
  let heard: Buffer[] = [];
  let bytes = 0;
  const state = { down: false };
  const line = deps.openLine(setting, {
    onOpen: () => undefined,
    onBytes: (chunk) => {
      if (bytes > maxBytes) return;
      heard.push(Buffer.from(chunk));
      bytes += chunk.length;
    },
    onDown: () => {
      state.down = true;
    },
  });
  try {
    for (
      let step = 0;
      step < (bytes > 0 ? listenSteps : steps) && bytes < enoughBytes && !state.down;
      step += 1
    ) {
      await deps.wait(stepMs);
      told(bytes);
    }
    if (bytes > 0 || state.down) return { bytes, ...judged(Buffer.concat(heard), setting) };
    const found: Candidate[] = [];
    const ask = async (profile: CatalogueEntry): Promise<readonly Candidate[]> => {
      const request = profile.pollRequest();
      if (request === null) return [];
      heard = [];
      for (let nth = 0; nth < 6; nth += 1) {
        line.send(request);
        await deps.wait(answerMs);
        // No answer to the first request: this is not what speaks here.
        if (heard.length === 0) break;
      }
      return candidatesFor(Buffer.concat(heard), [profile]);
    };
    const askModbus = async (wire: 'rtu' | 'tcp'): Promise<void> => {
      const speaks = await ask(modbusProbes[wire]);
      if (speaks.length === 0) return;
      for (const profile of modbusMapped[wire]) found.push(...(await ask(profile)));
      found.push(...speaks);
      found.sort((one, other) => Number(one.exception !== null) - Number(other.exception !== null));
    };
    // A Modbus device on the network hangs up on whoever asks it anything else first.
    if (setting === null) await askModbus('tcp');
    const others = found.length > 0 ? [] : askedProfiles;
    for (const profile of others) {
      if (isConvincing(found)) break;
      found.push(...(await ask(profile)));
    }
    if (found.length === 0) await askModbus('rtu');
    return { setting, bytes, candidates: found };
  } finally {
    await line.close();
  }
}

/** Seven bits with parity read as eight: every byte then has the same parity, and the high bit is none of it. */
function judged(bytes: Buffer, setting: LineSetting | null): Pick<LineFinding, 'setting' | 'candidates'> {
  const plain = { setting, candidates: candidatesFor(bytes) };
  const parity = commonParity(bytes);
  if (setting?.framing !== '8N1' || parity === null || isConvincing(plain.candidates)) return plain;
  const masked = candidatesFor(bytes.map((byte) => byte & 0x7f));
  if (masked.length === 0) return plain;
  return { setting: { ...setting, framing: parity === 'even' ? '7E1' : '7O1' }, candidates: masked };
}

function commonParity(bytes: Buffer): 'even' | 'odd' | null {
  if (!bytes.some((byte) => byte > 0x7f)) return null;
  let even = 0;
  for (const byte of bytes) {
    let bits = byte;
    bits ^= bits >> 4;
    bits ^= bits >> 2;
    bits ^= bits >> 1;
    if ((bits & 1) === 0) even += 1;
  }
  if (even === bytes.length) return 'even';
  return even === 0 ? 'odd' : null;
}

/** Everything that came is explained. */
function isWhole({ candidates }: LineFinding): boolean {
  return candidates.some(({ coveredPercent }) => coveredPercent >= 90);
}

function rank({ candidates }: LineFinding): number {
  const [best] = candidates;
  if (best === undefined) return 0;
  return (
    (best.selfFraming === 'checksum' ? 1000 : best.selfFraming === 'fixed-form' ? 500 : 0) +
    best.coveredPercent
  );
}
