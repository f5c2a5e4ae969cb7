import { useCallback, useEffect, useState } from 'react';
import type { CallError, EmissionStage, GateRow } from '../../../station/contract.ts';
import { emissionStages } from '../../../station/contract.ts';
import { ChooseOrAll } from '../../components/Choose.tsx';
import { DayInput } from '../../components/DayInput.tsx';
import { dateTime } from '../../components/format.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import '../trace/books.css';
import { GateTable } from './GateTable.tsx';

const pageRows = 100;
const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;

/** 运输车辆电子台账: who left, when, in what vehicle, with how much of what. */
export function GateScreen(): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const [today] = useState(() => dateTime(Date.now()).slice(0, 10));
  const [from, setFrom] = useState<string | null>(today);
  const [to, setTo] = useState<string | null>(today);
  const [plate, setPlate] = useState('');
  const [fleet, setFleet] = useState('');
  const [emission, setEmission] = useState<EmissionStage | null>(null);
  const [rows, setRows] = useState<readonly GateRow[]>([]);
  const [more, setMore] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  useEscape(() => {
    showScreen('weighing');
  });
  const query = useCallback(
    () => ({
      from: from ?? today,
      to: to ?? today,
      plate: plate.trim() === '' ? null : plate.trim(),
      fleet: fleet.trim() === '' ? null : fleet.trim(),
      emission,
    }),
    [from, to, plate, fleet, emission, today],
  );
  const load = useCallback(
    (after: GateRow | null) =>
      station.call('gate.list', {
        ...query(),
        before: after === null ? null : { exitMs: after.exitMs, number: after.number },
        limit: pageRows,
      }),
    [query],
  );
  useEffect(() => {
    let current = true;
    void load(null).then((page) => {
      if (!current) return;
      setError(page.ok ? null : page.error);
      if (!page.ok) return;
      setRows(page.value.rows);
      setMore(page.value.more);
    });
    return () => {
      current = false;
    };
  }, [load]);
  const save = async (form: 'xlsx' | 'csv'): Promise<void> => {
    const file = await station.call('gate.export', { ...query(), form });
    setError(file.ok ? null : file.error);
    if (file.ok) saveFile(file.value, types[form]);
  };
  return (
    <main className="books gate">
      <header>
        <h2>{books.screens.gate}</h2>
        <button type="button" onClick={() => void save('xlsx')}>
          {books.saveXlsx}
        </button>
        <button type="button" onClick={() => void save('csv')}>
          {books.saveCsv}
        </button>
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${words.ui.back}`}</button>
      </header>
      <form
        className="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <DayInput label={books.from} value={from} change={setFrom} />
        <DayInput label={books.to} value={to} change={setTo} />
        <label>
          {words.ui.plate}{' '}
          <input
            value={plate}
            maxLength={20}
            size={10}
            autoFocus
            onChange={(event) => {
              setPlate(event.target.value.toUpperCase());
            }}
          />
        </label>
        <label>
          {books.fleet}{' '}
          <input
            value={fleet}
            maxLength={60}
            size={12}
            onChange={(event) => {
              setFleet(event.target.value);
            }}
          />
        </label>
        <ChooseOrAll
          label={books.emission}
          options={emissionStages}
          words={words.emissions}
          value={emission}
          change={setEmission}
          all={`${books.emission} ${words.ui.all}`}
        />
      </form>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="scroll">
        <GateTable rows={rows} />
        {more && (
          <button
            type="button"
            onClick={() =>
              void load(rows.at(-1) ?? null).then((page) => {
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
