import { useState } from 'react';
import type { CallError } from '../../../station/contract.ts';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { station } from '../../store/station.ts';

/** What stands on the scale is no truck to weigh: test weights, a loader crossing, cleaning. */
export function MaintenanceSheet({
  crossingId,
  done,
}: {
  readonly crossingId: string;
  readonly done: () => void;
}): React.JSX.Element {
  const records = useRecordsWords();
  const [note, setNote] = useState('');
  const [error, setError] = useState<CallError | null>(null);
  const state = async (): Promise<void> => {
    const stated = await station.call('crossing.maintenance', { crossingId, note: note.trim() });
    if (stated.ok) done();
    else setError(stated.error);
  };
  return (
    <form
      className="sheet load-sheet"
      aria-label={records.maintenance}
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim().length >= 2) void state();
      }}
    >
      <h2>{records.maintenance}</h2>
      {records.maintenanceMeans.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <label className="number">
        {records.maintenanceWhat}
        <input
          value={note}
          maxLength={200}
          autoFocus
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
      </label>
      <div className="choices" role="group" aria-label={records.maintenanceWhat}>
        {records.maintenanceKinds.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={note === each}
            onClick={() => {
              setNote(each);
            }}
          >
            {each}
          </button>
        ))}
      </div>
      <SheetFoot error={error} cancel={done} />
    </form>
  );
}
