import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Visit } from '../trucks.ts';
import { pictureName } from '../trucks.ts';

/** In everything a simulated camera tells, so that nobody takes it for a real one. */
export const drillMark = 'YUANHENG-DRILL';
export const serialNumber = `${drillMark}-1`;

export interface Snapshot {
  readonly visit: Visit;
  /** With the serial number it names the event once. */
  readonly plateId: number;
  readonly atMs: number;
  /** JPEG bytes; null when the picture could not be read. */
  readonly picture: Uint8Array | null;
}

/** The picture of a visit, or null: a camera without a picture still reads plates. */
export async function readPicture(dir: string, visit: Visit): Promise<Uint8Array | null> {
  try {
    return await readFile(join(dir, pictureName(visit)));
  } catch {
    return null;
  }
}

/** As cameras write it in a time zone of China: 2026-03-09T10:00:00+08:00. */
export function chineseIso(atMs: number): string {
  return `${new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
