import { createHash } from 'node:crypto';
import type { Anchor } from '../../station/ledger/anchor.ts';
import { anchorSigner } from '../../station/ledger/anchor.ts';
import type { Restore } from '../../station/ledger/epochs.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { Witness } from './branches.ts';
import type { Manifest } from './bundleForm.ts';
import {
  Manifest as ManifestSchema,
  curveName,
  eventsName,
  hashInName,
  isBundleName,
  isCanonical,
  manifestName,
  maxCurveBytes,
  maxLineBytes,
  maxManifestBytes,
  pictureName,
  rulesName,
} from './bundleForm.ts';
import type { KnownTare } from './checkWeighing.ts';
import {
  checkCurve,
  checkDecision,
  checkStated,
  checkTare,
  checkWeight,
  checkWholeCurve,
} from './checkWeighing.ts';
import { EventChecks } from './eventChecks.ts';
import type { BundleFault } from './fault.ts';
import { Found } from './fault.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import { checkPublished } from './publishedKeys.ts';
import type { ByteSource } from './zipIn.ts';
import { BrokenEntry, ZipIn } from './zipIn.ts';

/** What a bundle shows when everything in it holds. */
export interface BundleReport {
  readonly station: string;
  readonly stationName: string;
  readonly mode: 'real' | 'drill';
  readonly subject: Manifest['subject'];
  readonly weighings: readonly WeighingShown[];
  readonly moreWeighings: number;
  readonly events: number;
  readonly signatures: number;
  readonly keys: readonly { readonly keyId: string; readonly vouched: boolean; readonly reason: string }[];
  /** Whether the keys were compared with published ones. */
  readonly published: boolean;
  /** Each time the ledger was put back from a backup. */
  readonly restores: readonly Restore[];
  /** How many heads laid down outside it was compared with. */
  readonly anchors: number;
  /** Of them, those whose very event, or the place right before one, is in the bundle. */
  readonly anchorsMet: number;
  /** Voided by the published file; the bundle may be older than that. */
  readonly voidedSince: readonly number[];
  readonly head: Manifest['head'] & { readonly timeMs: number };
  /** What the station did not have any more when the bundle was made. */
  readonly missing: readonly string[];
}

export type { Witness } from './branches.ts';

export interface WeighingShown {
  readonly number: number;
  readonly timeMs: number;
  readonly kind: 'tare' | 'gross';
  readonly plate: string;
  readonly weighedKg: number;
  readonly netKg: number | null;
  readonly outcome: string | null;
  readonly limitKg: number | null;
  voided: boolean;
  corrected: boolean;
}

export type BundleVerdict =
  | { readonly kind: 'holds'; readonly report: BundleReport }
  | { readonly kind: 'incomplete'; readonly report: BundleReport }
  | { readonly kind: 'fails'; readonly fault: BundleFault };

/** Weighings are told one by one up to here. */
const shownWeighings = 1000;

/**
 * Checks an evidence bundle from nothing but its own bytes, in the order docs/evidence.md gives, and names the first
 * thing that does not hold. Throws what reading throws.
 */
export async function checkBundle(
  source: ByteSource,
  published: PublishedKeys | null,
  anchors: readonly Anchor[] = [],
  /** Heads that say nothing of whose they are: typed in from paper, or an answer of the platform. */
  heads: readonly Witness[] = [],
): Promise<BundleVerdict> {
  const opened = await ZipIn.open(source, isBundleName);
  if (!opened.ok) return { kind: 'fails', fault: { part: 'zip', code: opened.error, detail: '' } };
  try {
    const report = await check(opened.value, published, anchors, heads);
    return { kind: report.missing.length === 0 ? 'holds' : 'incomplete', report };
  } catch (problem) {
    if (problem instanceof Found) return { kind: 'fails', fault: problem.fault };
    throw problem;
  }
}

async function check(
  zip: ZipIn,
  published: PublishedKeys | null,
  anchors: readonly Anchor[],
  heads: readonly Witness[],
): Promise<BundleReport> {
  const manifest = await readManifest(zip);
  await checkFiles(zip, manifest);
  const here = new Set(manifest.files.map(({ name }) => name));
  const expected = new Set(manifest.numbers);
  const tares = new Map<number, KnownTare>();
  /** The plates of the vehicles whose facts somebody stated. */
  const stated = new Set<string>();
  const shown = new Map<number, WeighingShown>();
  const checked = new Set<number>();
  const voided = new Set<number>();
  let lastNumber = 0;
  /** Of the last weighing: its crossing is the next one that ends. */
  let savedCurve: { readonly number: number; readonly text: string } | null = null;
  const events = new EventChecks(manifest);
  const rules = new Map<string, string>();
  let headMs = 0;
  let named = false;
  let nth = 0;
  for await (const line of linesOf(zip)) {
    nth += 1;
    const event = events.take(line, nth);
    if (event.sequence === manifest.head.sequence) headMs = event.timeMs;
    note(event, shown);
    if (event.type === 'store-created') named = true;
    if (event.type === 'weighing-voided') voided.add(event.body.number);
    if (event.type === 'crossing-closed') {
      const { number, curveSha256 } = event.body;
      if (number === null || curveSha256 === null || !checked.has(number)) continue;
      const whole = curveName(curveSha256);
      const saved = savedCurve?.number === number ? savedCurve.text : null;
      if (need(here, manifest, whole, `weighing ${String(number)}`, 'curve'))
        checkWholeCurve(event, await readWhole(zip, whole, maxCurveBytes), saved);
      continue;
    }
    if (event.type !== 'weighing') {
      const { number, pictures } = picturesOf(event);
      if (event.type === 'vehicle-stated') {
        stated.add(event.body.plate);
        for (const sha256 of pictures)
          need(here, manifest, pictureName(sha256), `event ${String(event.sequence)}`, 'picture');
      }
      if (number !== null && checked.has(number))
        for (const sha256 of pictures)
          need(here, manifest, pictureName(sha256), `weighing ${String(number)}`, 'picture');
      continue;
    }
    const { body } = event;
    if (body.number <= lastNumber) throw new Found(`weighing ${String(body.number)}`, 'order');
    lastNumber = body.number;
    if (body.kind === 'tare') {
      const { weighedKg: kg, plate, colour, trailerPlate } = body;
      tares.set(body.number, { kg, plate, colour, trailerPlate });
    }
    const { run } = manifest;
    if (!expected.delete(body.number)) {
      // Whoever asks for a period gets the evidence of every weighing in it.
      if (run !== null && event.sequence > run.from && event.sequence < run.to)
        throw new Found(`weighing ${String(body.number)}`, 'absent');
      continue;
    }
    const part = `weighing ${String(body.number)}`;
    checkWeight(event);
    const curve = body.curveSha256 === null ? null : curveName(body.curveSha256);
    if (curve !== null && need(here, manifest, curve, part, 'curve'))
      savedCurve = {
        number: body.number,
        text: checkCurve(event, await readWhole(zip, curve, maxCurveBytes)),
      };
    for (const sha256 of body.pictures) need(here, manifest, pictureName(sha256), part, 'picture');
    checkTare(event, tares);
    checkStated(event, stated);
    const sha256 = body.decision?.ruleSetSha256 ?? null;
    const known = sha256 === null ? null : rulesName(sha256);
    if (known !== null && !rules.has(known) && here.has(known))
      rules.set(known, textOf(await readWhole(zip, known, maxLineBytes), known));
    checkDecision(event, known === null ? null : (rules.get(known) ?? null));
    checked.add(body.number);
    if (shown.size < shownWeighings) shown.set(body.number, shownOf(event, body));
  }
  events.finish();
  const [absent] = expected;
  if (absent !== undefined) throw new Found(`weighing ${String(absent)}`, 'absent');
  if ('number' in manifest.subject && !manifest.numbers.includes(manifest.subject.number))
    throw new Found(`weighing ${String(manifest.subject.number)}`, 'absent');
  if (!('number' in manifest.subject) && manifest.run === null) throw new Found(manifestName, 'form', 'run');
  if (!named) throw new Found(manifestName, 'identity', manifest.stationName);
  if (published !== null) checkPublished(published, manifest.station, events.keys, events.used);
  const { station, stationName, mode, subject, head, missing } = manifest;
  const witnesses = anchors.filter((each) => each.station === station && each.mode === mode);
  for (const each of witnesses)
    if (anchorSigner(each, events.keys.keys) === 'nobody')
      throw new Found(`anchor ${String(each.sequence)}`, 'signature');
  const met = events.branches.compare([...witnesses, ...heads], { ...head, timeMs: headMs });
  const voidedOutside = new Set(published?.voided.map(({ number }) => number));
  return {
    ...{ station, stationName, mode, subject, missing, ...events.counts },
    weighings: [...shown.values()],
    moreWeighings: manifest.numbers.length - shown.size,
    keys: events.keys.keys.map(({ keyId, vouched, reason }) => ({ keyId, vouched, reason })),
    published: published !== null,
    restores: events.branches.restores,
    anchors: witnesses.length + heads.length,
    anchorsMet: met,
    voidedSince: manifest.numbers.filter((number) => voidedOutside.has(number) && !voided.has(number)),
    head: { ...head, timeMs: headMs },
  };
}

function shownOf(
  event: LedgerEvent,
  body: Extract<LedgerEvent, { type: 'weighing' }>['body'],
): WeighingShown {
  const { number, kind, plate, weighedKg, netKg, decision } = body;
  const { outcome = null, limitKg = null } = decision ?? {};
  const { timeMs } = event;
  return { number, timeMs, kind, plate, weighedKg, netKg, outcome, limitKg, voided: false, corrected: false };
}

/** What was said of a weighing afterwards. */
function note(event: LedgerEvent, shown: ReadonlyMap<number, WeighingShown>): void {
  if (event.type !== 'weighing-voided' && event.type !== 'record-corrected') return;
  const each = shown.get(event.body.number);
  if (each === undefined) return;
  if (event.type === 'weighing-voided') each.voided = true;
  else each.corrected = true;
}

/** Whether the file is here; false where the bundle says that the station had lost it. Throws Found otherwise. */
function need(
  here: ReadonlySet<string>,
  { missing }: Manifest,
  name: string,
  part: string,
  code: 'curve' | 'picture',
): boolean {
  if (here.has(name)) return true;
  if (missing.includes(name)) return false;
  throw new Found(part, code, `${name} is not here`);
}

export async function readManifest(zip: ZipIn): Promise<Manifest> {
  const text = textOf(await readWhole(zip, manifestName, maxManifestBytes), manifestName);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Found(manifestName, 'form', 'not JSON');
  }
  const parsed = ManifestSchema.safeParse(json);
  if (!parsed.success || !isCanonical(text, json)) throw new Found(manifestName, 'form');
  return parsed.data;
}

/** Every file the manifest lists is here with its size and hash, and no other. */
async function checkFiles(zip: ZipIn, { files }: Manifest): Promise<void> {
  const listed = new Set<string>();
  for (const { name, bytes, sha256 } of files) {
    const entry = zip.entries.get(name);
    if (entry === undefined || listed.has(name) || name === manifestName) throw new Found(name, 'missing');
    listed.add(name);
    const hash = createHash('sha256');
    try {
      for await (const piece of zip.read(entry)) hash.update(piece);
    } catch (problem) {
      if (problem instanceof BrokenEntry) throw new Found(name, 'broken', problem.message);
      throw problem;
    }
    const found = hash.digest('hex');
    if (entry.bytes !== bytes || found !== sha256 || (hashInName(name) ?? found) !== found)
      throw new Found(name, 'hash');
  }
  for (const name of zip.entries.keys()) {
    if (name !== manifestName && !listed.has(name)) throw new Found(name, 'unlisted');
  }
  if (!listed.has(eventsName)) throw new Found(eventsName, 'missing');
}

async function readWhole(zip: ZipIn, name: string, maxBytes: number): Promise<Buffer> {
  const entry = zip.entries.get(name);
  if (entry === undefined) throw new Found(name, 'missing');
  if (entry.bytes > maxBytes) throw new Found(name, 'too-large');
  const pieces: Buffer[] = [];
  try {
    for await (const piece of zip.read(entry)) pieces.push(piece);
  } catch (problem) {
    if (problem instanceof BrokenEntry) throw new Found(name, 'broken', problem.message);
    throw problem;
  }
  return Buffer.concat(pieces);
}

/** Bytes that are not UTF-8 are no text, and none is made of them. */
function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Found(name, 'form', 'not UTF-8');
  }
}

/** The lines of `events.jsonl`, each ended by a line feed. */
async function* linesOf(zip: ZipIn): AsyncGenerator<string> {
  const entry = zip.entries.get(eventsName);
  if (entry === undefined) throw new Found(eventsName, 'missing');
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const piece of zip.read(entry)) {
    let from = 0;
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, from)) {
      yield textOf(Buffer.concat([...rest, piece.subarray(from, at)]), eventsName);
      rest = [];
      restBytes = 0;
      from = at + 1;
    }
    rest.push(piece.subarray(from));
    restBytes += piece.length - from;
    if (restBytes > maxLineBytes) throw new Found(eventsName, 'too-large');
  }
  if (restBytes > 0) throw new Found(eventsName, 'line', 'no line feed at the end');
}
