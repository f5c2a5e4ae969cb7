import type { CrossingRow } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { openPassage } from '../passages/openPassage.ts';

/** Crossings, newest first; those with a record open it. */
export function CrossingTable({
  rows,
  explain,
}: {
  readonly rows: readonly CrossingRow[];
  /** Null for whoever only looks. */
  readonly explain: ((row: CrossingRow) => void) | null;
}): React.JSX.Element {
  const { ui } = useWords();
  const records = useRecordsWords();
  const heads = [records.begun, records.closed, ui.plate, records.peak, records.outcome, records.said, ''];
  return (
    <table className="passages" aria-label={records.tabs.crossings}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={heads.length}>{records.noCrossings}</td>
          </tr>
        )}
        {rows.map((row) => {
          const { crossingId, begunMs, closedMs, plate, peakKg, outcome, number, interrupted } = row;
          const open = outcome === 'unexplained' && row.explained === null;
          return (
            <tr key={crossingId} className={open ? 'unexplained' : ''}>
              <td>{begunMs === null ? '—' : dateTime(begunMs)}</td>
              <td>{closedMs === null ? records.standing : dateTime(closedMs)}</td>
              <td className="strong">{plate ?? '—'}</td>
              <td className="figure">{kgDigits(peakKg)}</td>
              <td>
                {outcome === null ? '—' : records.outcomes[outcome]}
                {interrupted && <small>{` · ${records.interrupted}`}</small>}
              </td>
              <td className="said">{saidOf(row, records.explanations)}</td>
              <td>
                {number !== null && (
                  <button
                    type="button"
                    onClick={() => {
                      openPassage(number);
                      showScreen('passages');
                    }}
                  >
                    {`${ui.number} ${String(number)}`}
                  </button>
                )}
                {open && explain !== null && (
                  <button
                    type="button"
                    onClick={() => {
                      explain(row);
                    }}
                  >
                    {records.explain}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function saidOf(
  { note, explained }: CrossingRow,
  names: Readonly<Record<NonNullable<CrossingRow['explained']>['as'], string>>,
): string {
  if (explained === null) return note ?? '';
  const { as, note: said, operator, timeMs } = explained;
  return `${names[as]}: ${said} · ${operator ?? '—'} · ${dateTime(timeMs)}`;
}
