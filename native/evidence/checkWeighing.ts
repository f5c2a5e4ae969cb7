import { inflateRawSync } from 'node:zlib';
import type { LedgerEvent, WeighingBody } from '../../station/ledger/event.ts';
import { judge } from '../../station/limits/judge.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetOfText } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import { disagreement } from '../instruments/disagreement.ts';
import { isProfileId, profileOf } from '../instruments/protocols/profiles.ts';
import type { ValidFrame } from '../instruments/protocols/protocol.ts';
import { allParts, changedParts, rebuiltParts } from '../rules/compare.ts';
import { caseOf } from '../rules/storedCase.ts';
import { maxCurveBytes } from './bundleForm.ts';
import { Found } from './fault.ts';

/** What a gross weight leans on: the tare weighings seen before it. */
export interface KnownTare {
  readonly kg: number;
  readonly plate: string;
  readonly colour: string;
  readonly trailerPlate: string | null;
}

type Weighing = LedgerEvent & { readonly type: 'weighing' };
type Closed = LedgerEvent & { readonly type: 'crossing-closed' };

const partOf = ({ body }: Weighing): string => `weighing ${String(body.number)}`;

/** The weight from the indicator's own bytes. Throws Found. */
export function checkWeight(event: Weighing): void {
  const { body } = event;
  const { frames, instrument, kind, weighedKg, grossKg, tareKg } = body;
  const part = partOf(event);
  const read = frameReader(instrument);
  if (read === null) throw new Found(part, 'frames', instrument.profile);
  let last: ValidFrame | null = null;
  for (const raw of frames) {
    const frame = read(raw);
    if (frame === null) throw new Found(part, 'frames', raw);
    last = frame;
  }
  if (last === null) throw new Found(part, 'frames', 'none');
  const shown = `${last.display}${last.unit ?? ''}`;
  if (last.kg !== weighedKg) throw new Found(part, 'weight', `${shown} ≠ ${String(weighedKg)} kg`);
  const named = kind === 'tare' ? tareKg : grossKg;
  if (named !== weighedKg) throw new Found(part, 'weight', `${String(named)} ≠ ${String(weighedKg)} kg`);
}

type FrameInstrument = Pick<WeighingBody['instrument'], 'profile' | 'options' | 'unit' | 'divisionKg'>;

/** Reads one frame (hex) as the instrument was set up; null for one that is no weight. Null for a profile not known. */
export function frameReader(instrument: FrameInstrument): ((raw: string) => ValidFrame | null) | null {
  const { profile, options, unit } = instrument;
  if (!isProfileId(profile)) return null;
  const known = profileOf(profile);
  let chosen: unknown;
  try {
    // Records of program 0.1 name the unit only.
    chosen = options === '{}' && known.check({ unit }).ok ? { unit } : JSON.parse(options);
  } catch {
    return null;
  }
  if (!known.check(chosen).ok) return null;
  return (raw) => {
    const frame = known.readRaw(raw, chosen);
    if (frame?.valid !== true || frame.raw !== raw || frame.overload !== null || frame.motion === true)
      return null;
    return disagreement(frame, instrument) === null ? frame : null;
  };
}

/** The recorded frames are the last ones of the curve up to then, which is returned. `packed`: as stored, its hash checked. */
export function checkCurve(event: Weighing, packed: Uint8Array): string {
  const part = partOf(event);
  const text = unpacked(part, packed);
  const { frames } = event.body;
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const tail = lines.slice(-frames.length).map((line) => line.split(' ')[1] ?? '');
  if (tail.length !== frames.length || tail.some((raw, at) => raw !== frames[at]))
    throw new Found(part, 'curve', 'its last frames are not the recorded ones');
  return text;
}

/**
 * The curve of the whole crossing begins with the one the weight was saved from, except where the program was stopped
 * or the line lost in between, or frames are left out. `saved`: that one; null when it is not here.
 */
export function checkWholeCurve(event: Closed, packed: Uint8Array, saved: string | null): void {
  const part = `weighing ${String(event.body.number)}`;
  const whole = unpacked(part, packed);
  if (saved === null || event.body.interrupted || whole.includes('#')) return;
  if (!whole.startsWith(saved)) throw new Found(part, 'curve', 'the whole crossing begins otherwise');
}

function unpacked(part: string, packed: Uint8Array): string {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxCurveBytes }).toString('utf8');
  } catch {
    throw new Found(part, 'curve', 'cannot be unpacked');
  }
}

/** The tare a net weight rests on is a tare weighing of the same vehicle, and the net is the difference. */
export function checkTare(event: Weighing, tares: ReadonlyMap<number, KnownTare>): void {
  const { kind, grossKg, tareKg, tareNumber, netKg, plate, colour } = event.body;
  const part = partOf(event);
  if (kind === 'tare') return;
  if (tareNumber === null) {
    if (tareKg !== null || netKg !== null) throw new Found(part, 'tare', 'a tare without a number');
    return;
  }
  const tare = tares.get(tareNumber);
  if (tare === undefined) throw new Found(part, 'tare', `weighing ${String(tareNumber)} is not here`);
  // Before, a tare was of the tractor alone, whatever was behind it.
  const combined = (event.body.case?.version ?? 1) >= 3;
  if (combined && tare.trailerPlate !== event.body.trailerPlate)
    throw new Found(
      part,
      'tare',
      `weighing ${String(tareNumber)} was with ${tare.trailerPlate ?? 'no trailer'}`,
    );
  if (tare.kg !== tareKg || tare.plate !== plate || tare.colour !== colour)
    throw new Found(part, 'tare', `weighing ${String(tareNumber)} says ${tare.plate} ${String(tare.kg)} kg`);
  if (netKg !== (grossKg ?? 0) - tareKg) throw new Found(part, 'tare', `net ${String(netKg)} kg`);
}

/** Facts that a person stated at the scale: the statement is there. `stated`: the plates of those before it. */
export function checkStated(event: Weighing, stated: ReadonlySet<string>): void {
  const { case: each, factsSource, plate } = event.body;
  if ((each?.version ?? 1) >= 3 && factsSource === 'operator' && !stated.has(plate))
    throw new Found(partOf(event), 'facts', 'nobody stated them');
}

/** The decision made again from its stored case and the rules it names. `rules`: their text; null when they are not here. */
export function checkDecision(event: Weighing, rules: string | null): void {
  const { body } = event;
  const part = partOf(event);
  const { decision } = body;
  if (body.kind === 'tare' || decision === null) {
    if (body.kind === 'gross' || decision !== null) throw new Found(part, 'decision', 'gross without one');
    return;
  }
  const sets = decision.ruleSetSha256 === null ? ownSets(decision.ruleSet) : named(part, rules);
  const each = caseOf(body);
  if (each?.grossKg !== body.grossKg) throw new Found(part, 'decision', 'case of another weight');
  const { facts, tare } = each;
  if (JSON.stringify(facts) !== JSON.stringify(body.facts))
    throw new Found(part, 'decision', 'case of another vehicle');
  if (tare?.valid === true && (tare.number !== body.tareNumber || tare.kg !== body.tareKg))
    throw new Found(part, 'decision', 'case with another tare');
  const changed = changedParts(decision, judge(each, sets), body.case === null ? rebuiltParts : allParts);
  if (changed.length > 0) throw new Found(part, 'decision', changed.join(', '));
}

function ownSets(id: string): readonly RuleSet[] {
  return ownRuleSets.filter((set) => set.id === id);
}

function named(part: string, text: string | null): readonly RuleSet[] {
  if (text === null) throw new Found(part, 'rules', 'not here');
  const read = ruleSetOfText(text);
  if (read === null) throw new Found(part, 'rules', 'no rule set');
  return [read.set];
}
