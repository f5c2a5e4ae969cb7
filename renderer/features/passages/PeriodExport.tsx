import { useState } from 'react';
import { DayInput } from '../../components/DayInput.tsx';
import { EvidenceNote } from './EvidenceNote.tsx';
import { useEvidence, useEvidenceWords } from './useEvidence.ts';

/** The evidence of whole days, for whoever is entitled to it. */
export function PeriodExport(): React.JSX.Element {
  const words = useEvidenceWords();
  const evidence = useEvidence();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const ready = from !== null && to !== null && from <= to && evidence.state.kind !== 'working';
  return (
    <details className="period-export">
      <summary>{words.period}</summary>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (from !== null && to !== null && ready) evidence.make({ from, to });
        }}
      >
        <DayInput label={words.from} value={from} change={setFrom} />
        <DayInput label={words.to} value={to} change={setTo} />
        <button type="submit" disabled={!ready}>
          {words.make}
        </button>
      </form>
      <EvidenceNote evidence={evidence} />
    </details>
  );
}
