import { useState } from 'react';
import type { CallError, ExitExplanation, ExitRow } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { dateTime } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { useInspecting } from '../../store/inspecting.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { openPassage } from '../passages/openPassage.ts';
import { isOpen } from './ExitTable.tsx';
import { useExitsWords } from './useExitsWords.ts';

/** One sighting with its pictures, and what a person says of it. */
export function ExitDetail({
  row,
  done,
}: {
  readonly row: ExitRow;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useExitsWords();
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const { number } = row;
  return (
    <aside className="exit-detail" aria-label={row.plate ?? words.unread}>
      <h3>{`${row.plate ?? ''} ${words.found[row.found]}`}</h3>
      <p>{dateTime(row.seenMs)}</p>
      {number !== null && (
        <button
          type="button"
          onClick={() => {
            openPassage(number);
            showScreen('passages');
          }}
        >
          {`${words.passage} ${String(number)}`}
        </button>
      )}
      {row.pictures.map((sha256) => (
        <Picture key={sha256} sha256={sha256} label={row.plate ?? words.unread} />
      ))}
      {isOpen(row) && !readOnly && <Explain sequence={row.sequence} done={done} />}
    </aside>
  );
}

const kinds: readonly ExitExplanation[] = [
  'turned-back',
  'own-vehicle',
  'misread',
  'weighed-otherwise',
  'no-truck',
  'other',
];

function Explain({
  sequence,
  done,
}: {
  readonly sequence: number;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useExitsWords();
  const general = useWords();
  const [as, setAs] = useState<ExitExplanation>('turned-back');
  const [note, setNote] = useState('');
  const [error, setError] = useState<CallError | null>(null);
  const write = async (): Promise<void> => {
    const written = await station.call('exit.explain', { sequence, as, note });
    setError(written.ok ? null : written.error);
    if (written.ok) done();
  };
  return (
    <form
      aria-label={words.explain}
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <label>
        {words.explainAs}
        <Choose options={kinds} words={words.as} value={as} change={setAs} />
      </label>
      <label>
        {words.note}
        <input
          value={note}
          maxLength={500}
          placeholder={words.noteHint}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
      </label>
      <button type="submit" className="primary" disabled={note.trim().length < 2}>
        {words.explain}
      </button>
      {error !== null && (
        <p role="alert" className="error">{`${general.errors[error.code]} ${error.detail}`}</p>
      )}
    </form>
  );
}
