import { useState } from 'react';
import type { ExitFound } from '../../../station/contract.ts';
import { Choose, ChooseOrAll } from '../../components/Choose.tsx';
import { DayInput } from '../../components/DayInput.tsx';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import '../trace/books.css';
import { ExitDetail } from './ExitDetail.tsx';
import './exits.css';
import { ExitTable } from './ExitTable.tsx';
import { useExits } from './useExits.ts';
import { useExitsWords } from './useExitsWords.ts';

const shows = ['open', 'suspicious', 'all'] as const;

/** 出口核对: who left, with what right, and what a person says of those who had none. */
export function ExitsScreen(): React.JSX.Element {
  const words = useExitsWords();
  const general = useWords();
  const books = useBooksWords();
  const [show, setShow] = useState<(typeof shows)[number]>('open');
  const [found, setFound] = useState<ExitFound | null>(null);
  const [plate, setPlate] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const list = useExits({ show, found, plate: plate.trim() === '' ? null : plate, from, to });
  useEscape(() => {
    showScreen('weighing');
  });
  const row = list.rows.find(({ sequence }) => sequence === chosen) ?? null;
  const kinds = Object.keys(words.found) as ExitFound[];
  return (
    <main className="books exits">
      <header>
        <h2>{books.screens.exits}</h2>
        <strong role="status">{words.open(list.open)}</strong>
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${general.ui.back}`}</button>
      </header>
      <form
        className="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <Choose label={words.showLabel} options={shows} words={words.show} value={show} change={setShow} />
        <ChooseOrAll
          label={words.foundLabel}
          options={kinds}
          words={words.found}
          value={found}
          change={setFound}
          all={words.anyFound}
        />
        <label>
          {general.ui.plate}{' '}
          <input
            value={plate}
            maxLength={20}
            size={10}
            onChange={(event) => {
              setPlate(event.target.value.toUpperCase());
            }}
          />
        </label>
        <DayInput label={books.from} value={from} change={setFrom} />
        <DayInput label={books.to} value={to} change={setTo} />
      </form>
      {list.error !== null && (
        <p role="alert" className="error">{`${general.errors[list.error.code]} ${list.error.detail}`}</p>
      )}
      <div className="exit-columns">
        <div className="scroll">
          <ExitTable rows={list.rows} label={books.screens.exits} chosen={chosen} choose={setChosen} />
          {list.more && (
            <button type="button" onClick={list.older}>
              {general.ui.older}
            </button>
          )}
        </div>
        {row === null ? (
          <aside className="exit-detail">{words.choose}</aside>
        ) : (
          <ExitDetail key={row.sequence} row={row} done={list.reload} />
        )}
      </div>
    </main>
  );
}
