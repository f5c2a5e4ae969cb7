import type { ExitRow } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { useWords } from '../../store/preferences.ts';
import { useExitsWords } from './useExitsWords.ts';

/** Who was seen leaving, and with what right: what stands out stands out here. Arrows and Enter. */
export function ExitTable({
  rows,
  label,
  chosen,
  choose,
}: {
  readonly rows: readonly ExitRow[];
  readonly label: string;
  readonly chosen: number | null;
  readonly choose: (sequence: number) => void;
}): React.JSX.Element {
  const words = useExitsWords();
  const { ui } = useWords();
  return (
    <table className="passages" aria-label={label}>
      <thead>
        <tr>
          {[words.seen, ui.plate, words.foundLabel, words.passage, words.camera].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={5}>{words.noExits}</td>
          </tr>
        )}
        {rows.map((row) => (
          <tr
            key={row.sequence}
            tabIndex={0}
            aria-selected={row.sequence === chosen}
            className={isOpen(row) ? 'refuse' : ''}
            onClick={() => {
              choose(row.sequence);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') choose(row.sequence);
              const to = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              const neighbour = event.currentTarget[to[event.key]];
              if (neighbour instanceof HTMLElement) neighbour.focus();
            }}
          >
            <td>
              {dateTime(row.seenMs)}
              {row.late && <small>{` ${words.late}`}</small>}
            </td>
            <td className="strong">
              {row.plate === null ? words.unread : <PlateMark plate={row.plate} colour={row.colour} />}
              {row.rearPlate !== null && <small>{` ${row.rearPlate}`}</small>}
            </td>
            <td className="outcome">
              {`${isOpen(row) ? '⚠ ' : ''}${words.found[row.found]}${row.probably ? `（${words.probably}）` : ''}`}
              {row.again !== null && <small>{` ${words.again}`}</small>}
              <ExitSettled row={row} />
            </td>
            <td>{row.number ?? '—'}</td>
            <td>{row.camera}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether a person still has to look at it. */
export function isOpen({ suspicious, settled }: ExitRow): boolean {
  return suspicious && settled === null;
}

/** Why it stands out no longer. */
export function ExitSettled({ row: { settled } }: { readonly row: ExitRow }): React.JSX.Element | null {
  const words = useExitsWords();
  if (settled === null) return null;
  return (
    <small>
      {` ${
        settled.by === 'person'
          ? words.explained(settled.operator ?? '—', words.as[settled.as], settled.note)
          : words.readAfter(settled.plate ?? words.unread)
      }`}
    </small>
  );
}
