import { useState } from 'react';
import type { CopiesView } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useCopiesWords } from './useCopiesWords.ts';

/** What is known outside and missing here; and the last way out, with a reason. */
export function LossForm({
  found,
  done,
}: {
  readonly found: NonNullable<CopiesView['contradiction']>;
  readonly done: () => void;
}): React.JSX.Element {
  const words = useWords();
  const copies = useCopiesWords();
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      className="loss"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('reason');
        void station
          .call('copies.accept-loss', { reason: typeof typed === 'string' ? typed : '' })
          .then((answer) => {
            setProblem(answer.ok ? null : words.errors[answer.error.code]);
            done();
          });
      }}
    >
      <p role="alert">{copies.contradiction[found.kind]}</p>
      <p>{copies.range(found.fromSequence, found.toSequence, dateTime(found.untilMs), found.place)}</p>
      <p>{copies.whatToDo}</p>
      <label>
        {copies.reason}
        <input name="reason" required minLength={2} maxLength={200} />
      </label>
      <button type="submit">{copies.acceptLoss}</button>
      {problem !== null && <p role="alert">{problem}</p>}
    </form>
  );
}
