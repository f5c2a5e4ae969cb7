import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openLink } from '../../station/ledger/chain.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import type { PictureStore } from '../store/blobStore.ts';
import type { Manifest, Subject } from './bundleForm.ts';
import {
  curveName,
  eventLine,
  eventsName,
  manifestName,
  pictureName,
  readmeName,
  rulesName,
  verifierName,
} from './bundleForm.ts';
import type { Excerpt, ExcerptProblem } from './excerpt.ts';
import { excerptOf } from './excerpt.ts';
import { readme } from './readme.ts';
import type { EvidenceSource } from './source.ts';
import type { Written } from './zipOut.ts';
import { TooMuch, ZipOut } from './zipOut.ts';

export type BundleProblem =
  ExcerptProblem | { readonly code: 'too-much' | 'not-written'; readonly detail: string };

export interface BundleOptions {
  readonly source: EvidenceSource;
  readonly pictures: Pick<PictureStore, 'read'>;
  readonly subject: Subject;
  readonly out: string;
  /** The verifier's page, put in as it is; null leaves it out. */
  readonly verifierPage: string | null;
}

export interface BundleMade {
  readonly bytes: number;
  readonly sha256: string;
  readonly numbers: readonly number[];
  readonly missing: readonly string[];
}

/** What the records of the subject name, by the hash they name it with. */
interface Named {
  readonly rules: Set<string>;
  readonly curves: Set<string>;
  readonly pictures: Set<string>;
  stationName: string;
}

/** So many events are read between two looks at what else there is to do. */
const eventsATurn = 50;

/**
 * Writes one evidence bundle. Of the same records it is the same file, byte for byte. Nothing is locked: the station
 * may weigh meanwhile, what it writes then is not in the bundle.
 */
export async function writeBundle(options: BundleOptions): Promise<Result<BundleMade, BundleProblem>> {
  const { source, subject, out } = options;
  const excerpt = await excerptOf(source, subject);
  if (!excerpt.ok) return excerpt;
  const part = `${out}.part`;
  let zip: ZipOut | null = null;
  try {
    await mkdir(dirname(out), { recursive: true, mode: 0o700 });
    zip = await ZipOut.create(part);
    const manifest = await fill(zip, options, excerpt.value);
    await zip.finish();
    await rename(part, out);
    const { numbers, missing } = manifest;
    return ok({ ...(await hashOf(out)), numbers, missing });
  } catch (problem) {
    await zip?.abandon().catch(() => undefined);
    await rm(part, { force: true });
    const detail = problem instanceof Error ? problem.message : String(problem);
    return err({ code: problem instanceof TooMuch ? 'too-much' : 'not-written', detail });
  }
}

async function fill(zip: ZipOut, options: BundleOptions, excerpt: Excerpt): Promise<Manifest> {
  const { source, pictures, subject } = options;
  const named: Named = { rules: new Set(), curves: new Set(), pictures: new Set(), stationName: '' };
  const files: Written[] = [];
  const missing: string[] = [];
  files.push(await zip.add(readmeName, [Buffer.from(readme, 'utf8')]));
  files.push(await zip.add(eventsName, events(source, excerpt, named)));
  for (const sha256 of sorted(named.rules)) {
    const text = source.ruleSetText(sha256);
    if (text === null) missing.push(rulesName(sha256));
    else files.push(await zip.add(rulesName(sha256), [Buffer.from(text, 'utf8')]));
  }
  for (const sha256 of sorted(named.curves)) {
    const bytes = source.curve(sha256);
    if (bytes === null) missing.push(curveName(sha256));
    else files.push(await zip.add(curveName(sha256), [bytes]));
  }
  for (const sha256 of sorted(named.pictures)) {
    const bytes = pictures.read(sha256);
    if (bytes === null) missing.push(pictureName(sha256));
    else files.push(await zip.add(pictureName(sha256), [bytes]));
    await nextTurn();
  }
  if (options.verifierPage !== null && existsSync(options.verifierPage))
    files.push(await zip.add(verifierName, [readFileSync(options.verifierPage)]));
  const { numbers, run, head } = excerpt;
  const manifest: Manifest = {
    format: 'yuanheng-evidence-1',
    station: source.meta('station') ?? '',
    stationName: named.stationName,
    mode: source.meta('mode') === 'drill' ? 'drill' : 'real',
    subject,
    run,
    numbers: [...numbers],
    head,
    missing: missing.sort(),
    files: files.sort((one, other) => (one.name < other.name ? -1 : 1)).map((file) => ({ ...file })),
  };
  await zip.add(manifestName, [Buffer.from(canonicalJson(manifest), 'utf8')]);
  return manifest;
}

async function* events(source: EvidenceSource, excerpt: Excerpt, named: Named): AsyncGenerator<Buffer> {
  const whole = new Set(excerpt.numbers);
  for (const [index, sequence] of excerpt.sequences.entries()) {
    if (index % eventsATurn === 0) await nextTurn();
    const link = source.link(sequence);
    if (link === null) throw new Error(`event ${String(sequence)} is missing`);
    const opened = openLink(link);
    if (opened.ok) {
      const event = opened.value;
      if (event.type === 'store-created') named.stationName = event.body.stationName;
      const { number, pictures } = picturesOf(event);
      // What the facts rest on: the papers that were pictured when somebody stated them.
      const ofPapers = event.type === 'vehicle-stated';
      if (ofPapers || (number !== null && whole.has(number)))
        for (const picture of pictures) named.pictures.add(picture);
      if (event.type === 'weighing' && whole.has(event.body.number)) {
        const { decision, curveSha256 } = event.body;
        const rules = decision?.ruleSetSha256 ?? builtInSha256(decision?.ruleSet ?? null);
        if (rules !== null) named.rules.add(rules);
        if (curveSha256 !== null) named.curves.add(curveSha256);
      }
      if (event.type === 'crossing-closed' && event.body.number !== null && whole.has(event.body.number)) {
        const { curveSha256 } = event.body;
        if (curveSha256 !== null) named.curves.add(curveSha256);
      }
    }
    yield Buffer.from(`${eventLine(link)}\n`, 'utf8');
  }
}

/** Records of program 0.1 name rules by id alone: those came with the program. */
function builtInSha256(id: string | null): string | null {
  const own = ownRuleSets.find((set) => set.id === id);
  return own === undefined ? null : ruleSetSha256(own);
}

function sorted(hashes: ReadonlySet<string>): string[] {
  return [...hashes].sort();
}

async function hashOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for await (const piece of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>)
      hash.update(piece);
  } finally {
    await file.close();
  }
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
