import type { CatalogueEntry, ProfileId } from './protocols/profiles.ts';
import { profileOf, profiles } from './protocols/profiles.ts';
import type { DecodedFrame } from './protocols/protocol.ts';

/** What a stretch of bytes says for one profile: evidence for a person, never a choice made for them. */
export interface Candidate {
  readonly profile: ProfileId;
  readonly labelZh: string;
  readonly labelEn: string;
  /** Frames that fitted wholly, checksum and all, and frames that began and did not. */
  readonly good: number;
  readonly bad: number;
  /** How much of the stream the good frames explain, percent. */
  readonly coveredPercent: number;
  readonly selfFraming: CatalogueEntry['selfFraming'];
  /** The same bytes read from either end are a weight: only the display tells which is right. */
  readonly directionAmbiguous: boolean;
  /** The last weight as this profile reads it, to hold against the display. */
  readonly shows: string | null;
  readonly kg: number | null;
  /** A Modbus device that answers, and refuses what it was asked: its exception code. */
  readonly exception: number | null;
}

/** Fewer fitting frames are chance. */
const fewestFrames = 5;
const fewestCoveredPercent = 50;
const strength = { checksum: 2, 'fixed-form': 1, weak: 0 } as const;

/** Nobody can guess an own frame or a register map: those are built, not found. */
const notDetected: ReadonlySet<ProfileId> = new Set<ProfileId>(['custom', 'modbus-rtu', 'modbus-tcp']);

export const streamProfiles: readonly CatalogueEntry[] = profiles.filter(
  ({ id, mode }) => mode === 'stream' && !notDetected.has(id),
);
/** Asked with their one harmless request: a read of the weight. Nothing here can zero, tare or write. */
export const askedProfiles: readonly CatalogueEntry[] = profiles.filter(
  ({ id, mode }) => mode === 'poll' && !notDetected.has(id),
);

/** One read of two registers at unit 1: whoever answers, even with a refusal, speaks Modbus; its map is its maker's. */
export const modbusProbes: Readonly<Record<'rtu' | 'tcp', CatalogueEntry>> = {
  rtu: profileOf('modbus-rtu'),
  tcp: profileOf('modbus-tcp'),
};
/** Asked where somebody speaks Modbus: their one read of the weight at unit 1. */
export const modbusMapped: Readonly<Record<'rtu' | 'tcp', readonly CatalogueEntry[]>> = {
  rtu: [profileOf('laumas-rtu'), profileOf('flintec-rtu')],
  tcp: [profileOf('laumas-tcp'), profileOf('flintec-tcp')],
};

/** Candidates for a stretch of bytes, the best supported first. */
export function candidatesFor(
  bytes: Uint8Array,
  among: readonly CatalogueEntry[] = streamProfiles,
): readonly Candidate[] {
  return among
    .map((profile) => scored(profile, bytes))
    .filter(({ good, coveredPercent }) => good >= fewestFrames && coveredPercent >= fewestCoveredPercent)
    .sort(better);
}

export function isConvincing(candidates: readonly Candidate[]): boolean {
  const [best] = candidates;
  return best?.selfFraming === 'checksum' && best.coveredPercent >= 90;
}

function better(one: Candidate, other: Candidate): number {
  return (
    strength[other.selfFraming] - strength[one.selfFraming] ||
    other.coveredPercent - one.coveredPercent ||
    one.bad - other.bad
  );
}

function scored(profile: CatalogueEntry, bytes: Uint8Array): Candidate {
  const decoder = profile.createDecoder();
  const frames = [...decoder.push(bytes), ...decoder.end()];
  const good = frames.filter(fits);
  const last = good.findLast((frame) => frame.valid);
  const covered = good.reduce((sum, { raw }) => sum + raw.length / 2, 0);
  return {
    profile: profile.id,
    labelZh: profile.labelZh,
    labelEn: profile.labelEn,
    good: good.length,
    bad: frames.filter((frame) => !fits(frame) && !isEdge(frame)).length,
    coveredPercent: bytes.length === 0 ? 0 : Math.min(100, Math.round((covered * 100) / bytes.length)),
    selfFraming: profile.selfFraming,
    directionAmbiguous: profile.directionAmbiguous,
    shows: last?.valid === true ? `${last.display}${last.unit === null ? '' : ` ${last.unit}`}` : null,
    kg: last?.valid === true ? last.kg : null,
    exception: last === undefined ? exceptionIn(good) : null,
  };
}

function exceptionIn(frames: readonly DecodedFrame[]): number | null {
  return (
    frames
      .map((frame) => (frame.valid ? null : (frame.exception ?? null)))
      .findLast((code) => code !== null) ?? null
  );
}

/** A frame that is wholly of this protocol, though it may carry no usable weight just then. */
function fits(frame: DecodedFrame): boolean {
  return (
    frame.valid ||
    frame.reason === 'overload-blank' ||
    frame.reason === 'underload-blank' ||
    frame.reason === 'hold' ||
    // With a sum over it, a refusal is as good a sign of the protocol as a weight.
    frame.exception !== undefined ||
    frame.reason === 'unconfirmed'
  );
}

/** The stream was cut somewhere: its two ends say nothing against a profile. */
function isEdge(frame: DecodedFrame): boolean {
  return !frame.valid && (frame.reason === 'incomplete' || frame.reason === 'noise');
}
