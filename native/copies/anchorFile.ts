import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor } from '../../station/ledger/anchor.ts';
import { readAnchor } from '../../station/ledger/anchor.ts';
import { syncFolder } from './place.ts';

/** About the last 300 anchors: what is older than that is covered by them. */
const tailBytes = 256 * 1024;
const newline = 0x0a;

export function anchorPath(folder: string, station: string): string {
  return join(folder, `anchors-${station}.jsonl`);
}

/**
 * Adds one line and waits until the disk has it. The folder must be there: one that is not is a stick that is not
 * plugged in, and making it would put the anchor on the wrong disk. Throws what the file system says.
 */
export async function appendAnchor(folder: string, station: string, line: string): Promise<void> {
  const handle = await open(anchorPath(folder, station), 'a+', 0o644);
  let size: number;
  try {
    ({ size } = await handle.stat());
    // A stick pulled in mid-line leaves half of one; the next begins on its own.
    const torn = size > 0 && (await byteAt(handle, size - 1)) !== newline;
    await handle.appendFile(`${torn ? '\n' : ''}${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (size === 0) await syncFolder(folder);
}

/** The anchors at the end of a file, oldest first; lines that are none are passed over. Null when there is no file. */
export async function readAnchorFile(path: string): Promise<Anchor[] | null> {
  let handle;
  try {
    handle = await open(path, 'r');
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null;
    throw problem;
  }
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - tailBytes);
    const bytes = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    const lines = bytes.subarray(0, bytesRead).toString('utf8').split('\n');
    return lines.map(readAnchor).filter((anchor) => anchor !== null);
  } finally {
    await handle.close();
  }
}

async function byteAt(
  handle: Awaited<ReturnType<typeof open>>,
  position: number,
): Promise<number | undefined> {
  const bytes = Buffer.alloc(1);
  await handle.read(bytes, 0, 1, position);
  return bytes[0];
}
