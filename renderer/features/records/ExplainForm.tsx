import { useState } from 'react';
import type { CrossingRow } from '../../../station/contract.ts';
import { explanations } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { dateTime, kgDigits } from '../../components/format.ts';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { station } from '../../store/station.ts';

/** Says what a crossing was that left no record. */
export function ExplainForm({
  row,
  done,
  cancel,
}: {
  readonly row: CrossingRow;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const records = useRecordsWords();
  const [as, setAs] = useState<(typeof explanations)[number]>('maintenance');
  const { crossingId, begunMs, closedMs, peakKg, plate } = row;
  const when = begunMs ?? closedMs;
  const which = [when === null ? null : dateTime(when), plate, `${records.peak} ${kgDigits(peakKg)}`].filter(
    (part) => part !== null,
  );
  return (
    <Statement
      title={`${records.explain} ${which.join(' · ')}`}
      means={records.explainMeans}
      action={records.explain}
      summary={`${which.join(' · ')} · ${records.explanations[as]}`}
      send={({ reason, by }) => station.call('crossing.explain', { crossingId, as, note: reason, by })}
      done={done}
      cancel={cancel}
    >
      <label>
        {records.explainedAs}
        <Choose options={explanations} words={records.explanations} value={as} change={setAs} autoFocus />
      </label>
    </Statement>
  );
}
