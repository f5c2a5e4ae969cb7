import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemTimers } from '../native/city/timers.ts';
import { anchorPath } from '../native/copies/anchorFile.ts';
import { platformHeadOf } from '../native/copies/platformHead.ts';
import { Settings } from '../native/settings.ts';
import type { Anchor } from '../native/verify/anchors.ts';
import { readAnchors } from '../native/verify/anchors.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { shown } from './arguments.ts';
import { readTextFile } from './verify.ts';

export interface AnchorQuestion {
  readonly dir: string;
  /** Files a person named; each has to be there. */
  readonly files: readonly string[];
  /** `SEQUENCE:HASH[:EPOCH]` as a shift report prints it, typed in. */
  readonly printed: string | undefined;
  readonly config: string;
  readonly askPlatform: boolean;
}

export interface AnchorAnswer {
  readonly anchors: readonly Anchor[];
  /** What was asked or configured and could not be compared. */
  readonly silent: readonly string[];
}

/**
 * What is known of a store outside it: the files a person names, those beside its papers and in the folders its
 * settings name, the head on a shift report, and what the platform says when it is asked.
 */
export async function gatherAnchors(
  question: AnchorQuestion,
  warn: (line: string) => void,
): Promise<Result<AnchorAnswer, string>> {
  const { dir, files, printed, config, askPlatform } = question;
  const settings = readSettingsFile(config);
  const station = settings?.station.id ?? '';
  const anchors: Anchor[] = [];
  const silent: string[] = [];
  const named = new Set(files);
  const configured = (settings?.copies.anchors ?? []).map(({ path }) => anchorPath(path, station));
  for (const file of new Set([...files, ...besidePapers(dir), ...configured])) {
    if (!named.has(file) && !existsSync(file)) {
      silent.push(file);
      continue;
    }
    const text = readTextFile(file);
    if (!text.ok) return text;
    const { anchors: found, unread } = readAnchors(text.value, file);
    if (found.length === 0 && named.has(file)) return err(`${shown(file)} holds no anchor`);
    anchors.push(...found);
    for (const { line } of unread) warn(`${shown(file)}: line ${String(line)} is no anchor; passed over`);
  }
  if (printed !== undefined) {
    const head = readPrinted(printed);
    if (head === null) return err(`--head must be SEQUENCE:HASH of a shift report, not ${shown(printed)}`);
    anchors.push(head);
  }
  if (askPlatform) {
    const platform = settings?.platform ?? null;
    if (platform === null) return err(`no platform in ${shown(config)}`);
    const { url, tokenVariable } = platform;
    const token = tokenVariable === null ? null : (process.env[tokenVariable] ?? null);
    const head = await platformHeadOf({ baseUrl: url, stationId: station, token }, systemTimers)();
    if (head === 'silent') silent.push(url);
    else if (head !== null) anchors.push({ ...head, station, keyId: null, signature: null, source: url });
  }
  return ok({ anchors, silent });
}

/** Null where there are none, or they are not readable: a store is checked without them. */
export function readSettingsFile(path: string): Settings | null {
  try {
    const parsed = Settings.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function besidePapers(dir: string): string[] {
  const papers = join(dir, 'papers');
  if (!existsSync(papers)) return [];
  return readdirSync(papers)
    .filter((name) => /^anchors-.*\.jsonl$/.test(name))
    .map((name) => join(papers, name));
}

/** Spaces between the groups are as they were typed. */
function readPrinted(text: string): Anchor | null {
  const [sequence = '', hash = '', epoch = '0', ...rest] = text
    .toLowerCase()
    .replaceAll(/\s/g, '')
    .split(':');
  if (!/^[1-9]\d{0,11}$/.test(sequence) || !/^[0-9a-f]{64}$/.test(hash) || !/^\d{1,6}$/.test(epoch))
    return null;
  if (rest.length > 0) return null;
  const head = { sequence: Number(sequence), hash, timeMs: 0, epoch: Number(epoch) };
  return { ...head, station: null, keyId: null, signature: null, source: '交接班记录 shift report' };
}
