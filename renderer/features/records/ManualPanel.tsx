import { useEffect, useState } from 'react';
import type { CallError, ManualRow } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { ManualForm } from './ManualForm.tsx';

const mostRows = 200;

/** 手工记录: weights no indicator gave. They look like nothing else here, and open nothing. */
export function ManualPanel(): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const [rows, setRows] = useState<readonly ManualRow[]>([]);
  const [error, setError] = useState<CallError | null>(null);
  const [adding, setAdding] = useState(false);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    let current = true;
    void station.call('manual.list', { limit: mostRows }).then((got) => {
      if (!current) return;
      setError(got.ok ? null : got.error);
      if (got.ok) setRows(got.value.rows);
    });
    return () => {
      current = false;
    };
  }, [loads]);
  if (adding) {
    return (
      <ManualForm
        done={() => {
          setAdding(false);
          setLoads((before) => before + 1);
        }}
        cancel={() => {
          setAdding(false);
        }}
      />
    );
  }
  return (
    <section className="panel" aria-label={records.tabs.manual}>
      <div className="filters">
        {!readOnly && (
          <button
            type="button"
            autoFocus
            onClick={() => {
              setAdding(true);
            }}
          >
            {records.addManual}
          </button>
        )}
        <span>{records.manualMeans[0]}</span>
      </div>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="scroll">
        {rows.length === 0 && <p>{records.noManual}</p>}
        <ul className="manual-list">
          {rows.map((row) => (
            <li key={row.manualNumber} className="manual">
              <strong className="manual-mark">{records.manualNumber(row.manualNumber)}</strong>
              <PlateMark plate={row.plate} colour={row.colour} />
              <span className="manual-kg">{`${words.kinds[row.kind]} ${kgDigits(row.statedKg)} kg`}</span>
              <span>{`${records.weighedAt} ${dateTime(row.weighedAtMs)}`}</span>
              <span>{`${records.source} ${row.source}`}</span>
              <span>{`${records.reason} ${row.reason}`}</span>
              <span>{`${records.by} ${row.operator ?? '—'}`}</span>
              <small>{`${records.writtenAt} ${dateTime(row.timeMs)}`}</small>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
