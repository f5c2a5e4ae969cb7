import type { PassageRow } from '../../station/contract.ts';
import { useWords } from '../store/preferences.ts';
import { dateTime, kgDigits } from './format.ts';
import './statement.css';
import { useRecordsWords } from './useRecordsWords.ts';

const outcomeMarks = { allow: '✔', refuse: '✖', 'cannot-decide': '？' } as const;

/** Weighings, newest first; each row opens its detail. */
export function PassageTable({
  rows,
  label,
  onOpen,
}: {
  readonly rows: readonly PassageRow[];
  readonly label: string;
  readonly onOpen: (number: number) => void;
}): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const kg = (value: number | null): string => (value === null ? '—' : kgDigits(value));
  const { ui } = words;
  return (
    <table className="passages" aria-label={label}>
      <thead>
        <tr>
          {[
            ui.number,
            ui.time,
            ui.plate,
            ui.axleCount,
            ui.kind,
            ui.gross,
            ui.tare,
            ui.net,
            ui.limit,
            ui.decision,
            ui.copies,
            ui.synced,
          ].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={12}>{ui.noPassages}</td>
          </tr>
        )}
        {rows.map((row) => (
          <tr
            key={row.number}
            tabIndex={0}
            className={`${row.outcome ?? row.kind} ${row.voided ? 'voided' : ''}`}
            onClick={() => {
              onOpen(row.number);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                event.stopPropagation();
                onOpen(row.number);
              }
              const to = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              const neighbour = event.currentTarget[to[event.key]];
              if (neighbour instanceof HTMLElement) neighbour.focus();
            }}
          >
            <td>{row.displayNumber}</td>
            <td>{dateTime(row.timeMs)}</td>
            <td className="strong">
              {row.plate}
              {row.corrected && <small className="corrected">{records.corrected}</small>}
            </td>
            <td className="figure">{row.axles ?? '—'}</td>
            <td>{words.kinds[row.kind]}</td>
            <td className="figure">{row.kind === 'gross' ? kgDigits(row.weighedKg) : '—'}</td>
            <td className="figure">{kg(row.tareKg)}</td>
            <td className="figure">{kg(row.netKg)}</td>
            <td className="figure">{kg(row.limitKg)}</td>
            <td className="outcome">
              {row.voided && <strong className="stamp">{records.voided}</strong>}
              {row.outcome === null ? '—' : `${outcomeMarks[row.outcome]} ${words.outcomes[row.outcome]}`}
            </td>
            <td className="figure">{row.paperCopies}</td>
            <td>{words.rowSync[row.sync]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
