import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fileSource } from '../../native/evidence/verifyBundle.ts';
import { isBundleName } from '../../native/evidence/bundleForm.ts';
import { ZipIn } from '../../native/evidence/zipIn.ts';
import { ZipOut } from '../../native/evidence/zipOut.ts';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { genesisHash, linkHash } from '../../station/ledger/chain.ts';
import { eventMessage, keyIdOf, keyProofMessage } from '../../station/ledger/signing.ts';

export type Files = ReadonlyMap<string, Buffer>;

export interface Line {
  hash: string;
  keyId: string | null;
  previousHash: string;
  sequence: number;
  signature: string | null;
  text: string;
}

/** The files of a bundle, to be tampered with. */
export async function unpack(path: string): Promise<Files> {
  const file = await open(path, 'r');
  const opened = await ZipIn.open(await fileSource(file), isBundleName);
  if (!opened.ok) throw new Error(opened.error);
  const files = new Map<string, Buffer>();
  for (const entry of opened.value.entries.values()) {
    const pieces: Buffer[] = [];
    for await (const piece of opened.value.read(entry)) pieces.push(piece);
    files.set(entry.name, Buffer.concat(pieces));
  }
  await file.close();
  return files;
}

export async function pack(path: string, files: Iterable<readonly [string, Buffer]>): Promise<string> {
  const zip = await ZipOut.create(path);
  for (const [name, bytes] of files) await zip.add(name, [bytes]);
  await zip.finish();
  return path;
}

export function linesOf(files: Files): Line[] {
  const text = files.get('events.jsonl')?.toString('utf8') ?? '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

export function withLines(files: Files, lines: readonly Line[]): Files {
  const text = lines.map((line) => `${canonicalJson({ ...line })}\n`).join('');
  return relisted(new Map(files).set('events.jsonl', Buffer.from(text, 'utf8')));
}

export type ManifestJson = Record<string, CanonicalValue>;

export function withManifest(files: Files, change: (manifest: ManifestJson) => void): Files {
  const manifest = JSON.parse(files.get('bundle.json')?.toString('utf8') ?? '') as ManifestJson;
  change(manifest);
  return new Map(files).set('bundle.json', Buffer.from(canonicalJson(manifest), 'utf8'));
}

/** The manifest made anew, as somebody would who knows the format. */
export function relisted(files: Files): Files {
  return withManifest(files, (manifest) => {
    manifest.files = [...files]
      .filter(([name]) => name !== 'bundle.json')
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, bytes]) => ({
        name,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }));
  });
}

/** Somebody with a key of their own. */
export class Forger {
  readonly #pair = generateKeyPairSync('ed25519');
  readonly publicKey = this.#pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  readonly keyId = keyIdOf(this.publicKey);

  sign(message: string): string {
    return sign(null, Buffer.from(message), this.#pair.privateKey).toString('base64');
  }

  /** One event written anew in its place, its hash right. `as`: whose key it claims. */
  rewritten(line: Line, change: (event: EventJson) => void, as: 'unsigned' | 'self' | 'station'): Line {
    const event = JSON.parse(line.text) as EventJson;
    change(event);
    const text = canonicalJson(event as unknown as CanonicalValue);
    const hash = linkHash(line.previousHash, text);
    const keyId = as === 'self' ? this.keyId : as === 'station' ? line.keyId : null;
    return { ...line, text, hash, keyId, signature: keyId === null ? null : this.sign(eventMessage(hash)) };
  }

  /** A whole excerpt with this key in place of the station's, and what `change` makes of its events. */
  all(lines: readonly Line[], station: string, change: (event: EventJson) => void): Line[] {
    let before: Line | null = null;
    let introduced = false;
    return lines.map((line) => {
      const event = JSON.parse(line.text) as EventJson;
      if (event.type === 'key-introduced') {
        const proof = this.sign(keyProofMessage(station, this.keyId));
        const first = {
          keyId: this.keyId,
          publicKey: this.publicKey,
          proof,
          replaces: null,
          reason: 'first',
        };
        if (introduced) Object.assign(event, { type: 'checkpoint', body: { why: 'time', operator: null } });
        else Object.assign(event.body, first);
        introduced = true;
      }
      change(event);
      const follows: boolean = before !== null && before.sequence + 1 === line.sequence;
      const previousHash =
        follows && before !== null ? before.hash : line.sequence === 1 ? genesisHash : line.previousHash;
      const text = canonicalJson(event as unknown as CanonicalValue);
      const hash = linkHash(previousHash, text);
      before = {
        ...line,
        text,
        previousHash,
        hash,
        keyId: this.keyId,
        signature: this.sign(eventMessage(hash)),
      };
      return before;
    });
  }
}

export interface EventJson {
  type: string;
  station: string;
  sequence: number;
  timeMs: number;
  body: Record<string, unknown>;
}
