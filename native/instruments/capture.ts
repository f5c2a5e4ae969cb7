import * as z from 'zod';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';

/**
 * A capture is text: a head line, then one line for each chunk with the milliseconds since the first byte and the
 * bytes in hex. It can be read, shortened and mailed; any other file is taken for the bytes themselves.
 *
 *   # yuanheng-capture/1 {"line":"/dev/ttyUSB0 9600 8N1","startedAt":"2026-11-23T08:00:00.000Z"}
 *   0 022b3031323435303031
 *   52 3903
 */
const magic = '# yuanheng-capture/1 ';
const maxChunks = 2_000_000;
const Head = z.object({ line: z.string().max(200), startedAt: z.string().max(40) });

export interface CaptureChunk {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

export interface Capture {
  readonly line: string;
  /** Empty for a file of bare bytes. */
  readonly startedAt: string;
  readonly chunks: readonly CaptureChunk[];
}

export function captureHead(line: string, startedAt: string): string {
  return `${magic}${JSON.stringify({ line, startedAt })}\n`;
}

export function captureLine({ afterMs, bytes }: CaptureChunk): string {
  return `${String(Math.max(0, Math.round(afterMs)))} ${Buffer.from(bytes).toString('hex')}\n`;
}

/** Reads a capture; a file that is none is one chunk of bytes. The error names the line that is wrong. */
export function readCapture(file: Uint8Array, name: string): Result<Capture, string> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) {
    return ok({ line: name, startedAt: '', chunks: [{ afterMs: 0, bytes }] });
  }
  const [first = '', ...lines] = bytes.toString('latin1').split(/\r?\n/);
  const head = readHead(first.slice(magic.length));
  if (head === null) return err('line 1: the head of the capture is broken');
  if (lines.length > maxChunks) return err(`more than ${String(maxChunks)} lines`);
  const chunks: CaptureChunk[] = [];
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const parts = /^(\d{1,10}) ((?:[0-9a-fA-F]{2})+)$/.exec(line);
    if (parts === null) return err(`line ${String(at + 2)}: not milliseconds and hex bytes`);
    chunks.push({ afterMs: Number(parts[1]), bytes: Buffer.from(parts[2] ?? '', 'hex') });
  }
  return ok({ ...head, chunks });
}

function readHead(text: string): Pick<Capture, 'line' | 'startedAt'> | null {
  try {
    const head = Head.safeParse(JSON.parse(text));
    return head.success ? head.data : null;
  } catch {
    return null;
  }
}
