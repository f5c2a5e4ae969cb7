import { useCallback, useRef, useState } from 'react';
import type { CallError, EvidenceState, EvidenceSubject } from '../../../station/contract.ts';
import { saveBlob } from '../../components/saveFile.ts';
import { usePreferences } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import type { EvidenceWords } from '../../words/evidenceWords.ts';
import { evidenceEn, evidenceZh } from '../../words/evidenceWords.ts';

/** What a page can hold before it hands it on; a larger bundle is copied from the station's disk. */
export const maxDownloadBytes = 300_000_000;
const askAgainMs = 300;

export function useEvidenceWords(): EvidenceWords {
  return usePreferences((state) => state.language) === 'en' ? evidenceEn : evidenceZh;
}

export interface Evidence {
  readonly state: EvidenceState;
  readonly error: CallError | null;
  readonly make: (subject: EvidenceSubject) => void;
}

/** Asks the station for a bundle, waits until it is made, and hands it to the person. */
export function useEvidence(): Evidence {
  const [state, setState] = useState<EvidenceState>({ kind: 'none' });
  const [error, setError] = useState<CallError | null>(null);
  const busy = useRef(false);

  const run = useCallback(async (subject: EvidenceSubject): Promise<CallError | null> => {
    const begun = await station.call('evidence.make', subject);
    if (!begun.ok) return begun.error;
    const { fileName } = begun.value;
    setState({ kind: 'working', fileName });
    for (;;) {
      const now = await station.call('evidence.state', {});
      if (!now.ok) return now.error;
      if (now.value.kind === 'failed') return now.value;
      if (now.value.kind === 'made') {
        setState(now.value);
        return now.value.bytes > maxDownloadBytes ? null : download(fileName);
      }
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }, []);

  const make = useCallback(
    (subject: EvidenceSubject) => {
      if (busy.current) return;
      busy.current = true;
      setError(null);
      setState({ kind: 'none' });
      void run(subject).then((problem) => {
        busy.current = false;
        setError(problem);
        if (problem !== null) setState({ kind: 'none' });
      });
    },
    [run],
  );
  return { state, error, make };
}

async function download(fileName: string): Promise<CallError | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (;;) {
    const chunk = await station.call('evidence.chunk', { fileName, offset });
    if (!chunk.ok) return chunk.error;
    const bytes = Uint8Array.from(atob(chunk.value.base64), (character) => character.charCodeAt(0));
    if (bytes.length === 0) break;
    parts.push(bytes);
    offset += bytes.length;
  }
  saveBlob(fileName, new Blob(parts, { type: 'application/zip' }));
  return null;
}
