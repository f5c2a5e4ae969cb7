import { useCallback, useEffect, useState } from 'react';
import type { CallOutput, Outcome, PassageRow } from '../../../station/contract.ts';
import { ChooseOrAll } from '../../components/Choose.tsx';
import { PassageTable } from '../../components/PassageTable.tsx';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { station, useStation } from '../../store/station.ts';
import { openPassage, useOpenPassage } from './openPassage.ts';
import { PassageDetailView } from './PassageDetailView.tsx';
import { PeriodExport } from './PeriodExport.tsx';

const pageRows = 50;
const outcomes: readonly Outcome[] = ['allow', 'refuse', 'cannot-decide'];

export function PassagesScreen(): React.JSX.Element {
  const number = useOpenPassage((state) => state.number);
  useEscape(() => {
    if (useOpenPassage.getState().number === null) showScreen('weighing');
    else openPassage(null);
  });
  return number === null ? <PassageList /> : <PassageDetailView number={number} />;
}

function PassageList(): React.JSX.Element {
  const words = useWords();
  const newest = useStation((state) => state.view?.recent[0]?.number ?? 0);
  const [plate, setPlate] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [rows, setRows] = useState<readonly PassageRow[]>([]);
  const [more, setMore] = useState(false);

  const load = useCallback(
    (beforeNumber: number | null) =>
      station.call('passages.list', {
        beforeNumber,
        limit: pageRows,
        plate: plate === '' ? null : plate,
        outcome,
      }),
    [plate, outcome],
  );
  useEffect(() => {
    let current = true;
    void load(null).then((page) => {
      if (!current || !page.ok) return;
      setRows(page.value.rows);
      setMore(page.value.more);
    });
    return () => {
      current = false;
    };
  }, [load, newest]);

  return (
    <main className="list">
      <form
        className="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <input
          aria-label={words.ui.search}
          placeholder={words.ui.search}
          value={plate}
          maxLength={20}
          autoFocus
          onChange={(event) => {
            setPlate(event.target.value.toUpperCase());
          }}
        />
        <ChooseOrAll
          label={words.ui.decision}
          options={outcomes}
          words={words.outcomes}
          value={outcome}
          change={setOutcome}
          all={words.ui.all}
        />
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${words.ui.back}`}</button>
      </form>
      <SetAside />
      <PeriodExport />
      <div className="scroll">
        <PassageTable rows={rows} label={words.ui.passages} onOpen={openPassage} />
        {more && (
          <button
            type="button"
            onClick={() =>
              void load(rows.at(-1)?.number ?? null).then((page) => {
                if (!page.ok) return;
                setRows([...rows, ...page.value.rows]);
                setMore(page.value.more);
              })
            }
          >
            {words.ui.older}
          </button>
        )}
      </div>
    </main>
  );
}

/** What the platform refused: seen by everyone, sent again by a person. */
function SetAside(): React.JSX.Element | null {
  const words = useWords();
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const count = useStation((state) => state.view?.sync.setAside ?? 0);
  const [rows, setRows] = useState<CallOutput<'outbox.list'>['setAside']>([]);
  useEffect(() => {
    void station.call('outbox.list', {}).then((list) => {
      if (list.ok) setRows(list.value.setAside);
    });
  }, [count]);
  if (count === 0) return null;
  return (
    <section className="set-aside">
      <h3>{`${words.ui.setAside} (${String(count)})`}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.sequence}>
            {`#${String(row.sequence)} ${row.type} ${row.number === null ? '' : String(row.number)} — ${row.error} `}
            <button
              type="button"
              disabled={readOnly}
              onClick={() => void station.call('outbox.retry', { sequence: row.sequence })}
            >
              {words.ui.retry}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
