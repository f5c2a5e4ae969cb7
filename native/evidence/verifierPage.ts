import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The verifier's page as it was built, for bundles to carry; null where this program came without one. */
export function verifierPage(): string | null {
  // From the sources it lies in dist/; bundled into dist/electron/, one folder up.
  const places = [
    join(import.meta.dirname, '..', '..', 'dist', 'verifier.html'),
    join(import.meta.dirname, '..', 'verifier.html'),
  ];
  return places.find((path) => existsSync(path)) ?? null;
}
