import { useCallback, useEffect, useState } from 'react';
import type { CallError, CrossingRow } from '../../../station/contract.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { useWords } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import { CrossingTable } from './CrossingTable.tsx';
import { ExplainForm } from './ExplainForm.tsx';

const pageRows = 50;

/** 上磅过程: everything that came over the scale; what left no record stands out until somebody explains it. */
export function CrossingPanel(): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  // What ends on the scale, and what is explained elsewhere, changes the list.
  const seen = useStation(({ view }) => `${String(view?.unexplained ?? 0)} ${view?.lane.crossingId ?? ''}`);
  const [unexplainedOnly, setUnexplainedOnly] = useState(true);
  const [rows, setRows] = useState<readonly CrossingRow[]>([]);
  const [more, setMore] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [explaining, setExplaining] = useState<CrossingRow | null>(null);
  const [loads, setLoads] = useState(0);
  const load = useCallback(
    (beforeSequence: number | null) =>
      station.call('crossings.list', { beforeSequence, limit: pageRows, unexplainedOnly }),
    [unexplainedOnly],
  );
  useEffect(() => {
    let current = true;
    void load(null).then((page) => {
      if (!current) return;
      setError(page.ok ? null : page.error);
      if (!page.ok) return;
      setRows(page.value.rows);
      setMore(page.value.more);
      setCount(page.value.unexplained);
    });
    return () => {
      current = false;
    };
  }, [load, seen, loads]);
  const older = async (): Promise<void> => {
    const page = await load(rows.at(-1)?.sequence ?? null);
    if (!page.ok) return;
    setRows([...rows, ...page.value.rows]);
    setMore(page.value.more);
  };
  if (explaining !== null) {
    return (
      <ExplainForm
        row={explaining}
        done={() => {
          setExplaining(null);
          setLoads((before) => before + 1);
        }}
        cancel={() => {
          setExplaining(null);
        }}
      />
    );
  }
  return (
    <section className="panel" aria-label={records.tabs.crossings}>
      <div className="filters">
        {count !== null && (
          <strong role="status" className={count > 0 ? 'bad' : 'good'}>
            {count > 0 ? records.unexplained(count) : records.noneUnexplained}
          </strong>
        )}
        <label>
          <input
            type="checkbox"
            checked={unexplainedOnly}
            onChange={(event) => {
              setUnexplainedOnly(event.target.checked);
            }}
          />
          {records.unexplainedOnly}
        </label>
      </div>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="scroll">
        <CrossingTable rows={rows} explain={readOnly ? null : setExplaining} />
        {more && (
          <button type="button" onClick={() => void older()}>
            {words.ui.older}
          </button>
        )}
      </div>
    </section>
  );
}
