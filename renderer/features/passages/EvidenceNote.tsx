import { useWords } from '../../store/preferences.ts';
import type { Evidence } from './useEvidence.ts';
import { maxDownloadBytes, useEvidenceWords } from './useEvidence.ts';

/** What became of the export, for the person who asked. */
export function EvidenceNote({
  evidence: { state, error },
}: {
  readonly evidence: Evidence;
}): React.JSX.Element | null {
  const words = useEvidenceWords();
  const { errors } = useWords();
  if (error !== null) return <p role="alert" className="error">{`${errors[error.code]} ${error.detail}`}</p>;
  if (state.kind === 'working') return <p role="status">{words.working}</p>;
  if (state.kind !== 'made') return null;
  return (
    <p role="status">
      {words.made(state.weighings, Math.max(0.1, state.bytes / 1_000_000).toFixed(1))}
      {state.missing > 0 && ` · ${words.missing(state.missing)}`}
      {state.bytes > maxDownloadBytes && ` · ${words.tooLarge}`}
      {` · ${words.place} `}
      <code>{state.place}</code>
    </p>
  );
}
