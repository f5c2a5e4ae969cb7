import { open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CallOutput, EvidenceState, EvidenceSubject } from '../../station/contract.ts';
import type { evidenceCalls } from '../../station/contract/evidence.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { exportedEvent } from './recordExport.ts';
import { EvidenceSource } from './source.ts';
import { verifierPage } from './verifierPage.ts';
import type { BundleProblem } from './writeBundle.ts';
import { writeBundle } from './writeBundle.ts';

const chunkBytes = 512 * 1024;
/** Bundles can be made again at any time; the folder is a shelf, not an archive. */
const kept = 5;

/** Evidence bundles on request of a screen, written beside the weighing and never in its way. */
export function evidenceHandlers(desk: Desk): Pick<Handlers, keyof typeof evidenceCalls> {
  const { stores } = desk.deps;
  const folder = join(dirname(stores.db.name), 'exports');
  let state: EvidenceState = { kind: 'none' };

  async function make(subject: EvidenceSubject, fileName: string): Promise<EvidenceState> {
    await prune(folder);
    const place = join(folder, fileName);
    const source = new EvidenceSource(stores.db);
    const { pictures } = stores;
    const made = await writeBundle({ source, pictures, subject, out: place, verifierPage: verifierPage() });
    if (!made.ok) return { kind: 'failed', fileName, ...failure(made.error) };
    const { bytes, sha256, numbers, missing } = made.value;
    // What left the yard is known, or it does not leave.
    const written = desk.append(exportedEvent(subject, sha256, desk.operator));
    if (!written.ok) {
      await rm(place, { force: true });
      return { kind: 'failed', fileName, code: 'not-exported', detail: written.error.detail };
    }
    return {
      ...{ kind: 'made', fileName, bytes, sha256, place },
      weighings: numbers.length,
      missing: missing.length,
    };
  }

  return {
    'evidence.make': (subject) => {
      if (state.kind === 'working') return err({ code: 'station-busy', detail: '' });
      const station = new EvidenceSource(stores.db).meta('station') ?? '';
      const drill = desk.deps.mode === 'drill' ? 'drill-' : '';
      const of =
        'number' in subject ? String(subject.number).padStart(8, '0') : `${subject.from}-${subject.to}`;
      const fileName = `evidence-${drill}${station}-${of}.zip`;
      state = { kind: 'working', fileName };
      void make(subject, fileName)
        .catch((problem: unknown): EvidenceState => {
          const detail = problem instanceof Error ? problem.message : String(problem);
          return { kind: 'failed', fileName, code: 'not-exported', detail };
        })
        .then((done) => {
          state = done;
        });
      return ok({ fileName });
    },
    'evidence.state': () => ok(state),
    'evidence.chunk': async ({ fileName, offset }) => {
      if (state.kind !== 'made' || state.fileName !== fileName)
        return err({ code: 'not-exported', detail: fileName });
      return ok(await chunk(state.place, offset));
    },
  };
}

async function chunk(path: string, offset: number): Promise<CallOutput<'evidence.chunk'>> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(chunkBytes);
    const { bytesRead } = await file.read(bytes, 0, chunkBytes, offset);
    return { base64: bytes.toString('base64', 0, bytesRead) };
  } finally {
    await file.close();
  }
}

function failure({
  code,
  detail,
}: BundleProblem): Pick<EvidenceState & { kind: 'failed' }, 'code' | 'detail'> {
  switch (code) {
    case 'no-such-number':
      return { code: 'no-such-passage', detail };
    case 'nothing-in-period':
      return { code: 'nothing-in-period', detail };
    case 'nothing-signed':
    case 'record-broken':
    case 'too-much':
    case 'not-written':
      return { code: 'not-exported', detail: `${code} ${detail}`.trim() };
  }
}

/** The oldest go, so that exports never fill the disk. */
async function prune(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = files.sort((one, other) => other.at - one.at).slice(kept - 1);
  for (const { path } of old) await rm(path, { force: true });
}
