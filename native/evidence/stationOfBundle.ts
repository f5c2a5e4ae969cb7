import { isBundleName } from './bundleForm.ts';
import { readManifest } from './checkBundle.ts';
import { Found } from './fault.ts';
import type { ByteSource } from './zipIn.ts';
import { ZipIn } from './zipIn.ts';

/** Whose bundle it says it is, to know which published keys to hold it against; null when it says nothing. */
export async function stationOfBundle(source: ByteSource): Promise<string | null> {
  const opened = await ZipIn.open(source, isBundleName);
  if (!opened.ok) return null;
  try {
    return (await readManifest(opened.value)).station;
  } catch (problem) {
    if (problem instanceof Found) return null;
    throw problem;
  }
}
