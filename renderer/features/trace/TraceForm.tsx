import type { CallInput } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { readMoment } from '../../components/readMoment.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';

type Query = CallInput<'trace.find'>;

/** As typed. */
export interface Question {
  readonly by: Query['by'];
  readonly text: string;
  readonly at: string;
  readonly hours: string;
  readonly near: boolean;
}

export const emptyQuestion: Question = { by: 'plate', text: '', at: '', hours: '24', near: true };

const kinds = ['plate', 'slip', 'driver', 'consignee'] as const;
const hourMs = 3_600_000;
const mostHours = 50_000;

/** Null while there is nothing to ask, or the time is none. */
export function queryOf({ by, text, at, hours, near }: Question): Query | null {
  const atMs = at.trim() === '' ? null : readMoment(at);
  if (text.trim() === '' || (at.trim() !== '' && atMs === null)) return null;
  const windowMs = Math.min(mostHours, Number(hours === '' ? '24' : hours)) * hourMs;
  return { by, text: text.trim(), atMs, windowMs, near };
}

export function TraceForm({
  question,
  change,
  find,
}: {
  readonly question: Question;
  readonly change: (question: Question) => void;
  readonly find: () => void;
}): React.JSX.Element {
  const books = useBooksWords();
  const { by, text, at, hours, near } = question;
  const wrongTime = at.trim() !== '' && readMoment(at) === null;
  return (
    <form
      className="filters"
      role="search"
      aria-label={books.screens.trace}
      onSubmit={(event) => {
        event.preventDefault();
        find();
      }}
    >
      <Choose
        label={books.how}
        options={kinds}
        words={books.by}
        value={by}
        change={(chosen) => {
          change({ ...question, by: chosen });
        }}
      />
      <input
        aria-label={books.text}
        placeholder={by === 'plate' ? '晋C83N16 · 83N16 · 晋C8?N16' : books.by[by]}
        value={text}
        maxLength={by === 'slip' ? 4000 : 60}
        size={24}
        autoFocus
        onChange={(event) => {
          change({ ...question, text: event.target.value });
        }}
      />
      <label>
        {books.at}{' '}
        <input
          placeholder="202611231405"
          value={at}
          maxLength={20}
          size={18}
          aria-invalid={wrongTime}
          title={books.atWrong}
          onChange={(event) => {
            change({ ...question, at: event.target.value });
          }}
        />
      </label>
      <label>
        {books.hours}{' '}
        <input
          inputMode="numeric"
          value={hours}
          maxLength={5}
          size={4}
          onChange={(event) => {
            change({ ...question, hours: event.target.value.replaceAll(/\D/g, '') });
          }}
        />
      </label>
      {by === 'plate' && (
        <label>
          <input
            type="checkbox"
            checked={near}
            onChange={(event) => {
              change({ ...question, near: event.target.checked });
            }}
          />{' '}
          {books.near}
        </label>
      )}
      <button type="submit" className="primary">
        {books.find}
      </button>
      {wrongTime && (
        <p role="alert" className="error">
          {books.atWrong}
        </p>
      )}
    </form>
  );
}
