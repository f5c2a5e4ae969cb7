import { useState } from 'react';
import type { CallError, CallOutput } from '../../../station/contract.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import './books.css';
import { HitTable } from './HitTable.tsx';
import type { Question } from './TraceForm.tsx';
import { TraceForm, emptyQuestion, queryOf } from './TraceForm.tsx';
import { TraceDetail } from './TraceDetail.tsx';

/** 倒查: from a truck found on the road to the yard that loaded it. */
export function TraceScreen(): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const [question, setQuestion] = useState<Question>(emptyQuestion);
  const [found, setFound] = useState<CallOutput<'trace.find'> | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  useEscape(() => {
    if (opened === null) showScreen('weighing');
    else setOpened(null);
  });
  const find = async (): Promise<void> => {
    const query = queryOf(question);
    if (query === null) return;
    const answer = await station.call('trace.find', query);
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setFound(answer.value);
    const [only, ...others] = answer.value.hits;
    if (only !== undefined && others.length === 0) setOpened(only.number);
  };
  if (opened !== null) {
    return (
      <TraceDetail
        key={opened}
        number={opened}
        open={setOpened}
        back={() => {
          setOpened(null);
        }}
      />
    );
  }
  return (
    <main className="books trace">
      <header>
        <h2>{books.screens.trace}</h2>
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${words.ui.back}`}</button>
      </header>
      <TraceForm question={question} change={setQuestion} find={() => void find()} />
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      {found !== null && (
        <div className="scroll">
          {found.hits.length === 0 ? (
            <p role="status">{books.nothing}</p>
          ) : (
            <HitTable hits={found.hits} open={setOpened} />
          )}
          {found.more && <p role="status">{books.narrow}</p>}
        </div>
      )}
    </main>
  );
}
