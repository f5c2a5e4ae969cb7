import type { GateRow } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { openPassage } from '../passages/openPassage.ts';

/** A row in which something is missing says what; Enter opens its record. */
export function GateTable({ rows }: { readonly rows: readonly GateRow[] }): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const { ui } = words;
  const open = (number: number): void => {
    openPassage(number);
    showScreen('passages');
  };
  const heads = [
    books.entry,
    books.exit,
    ui.plate,
    books.gateFields.registeredOn,
    'VIN',
    books.gateFields.engineNumber,
    books.emission,
    books.gateFields.document,
    words.load.goods,
    books.tonnes,
    books.fleet,
    books.missing,
  ];
  return (
    <table className="passages" aria-label={books.screens.gate}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className={head === books.tonnes ? 'figure' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={heads.length}>{books.noRows}</td>
          </tr>
        )}
        {rows.map((row) => (
          <tr
            key={row.number}
            tabIndex={0}
            className={row.missing.length > 0 ? 'incomplete' : ''}
            onClick={() => {
              open(row.number);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') open(row.number);
            }}
          >
            <td>{row.entryMs === null ? '—' : dateTime(row.entryMs)}</td>
            <td>{dateTime(row.exitMs)}</td>
            <td className="strong">{row.plate}</td>
            <td>{row.registeredOn ?? '—'}</td>
            <td>{row.vin ?? '—'}</td>
            <td>{row.engineNumber ?? '—'}</td>
            <td>{row.emission === null ? '—' : words.emissions[row.emission]}</td>
            <td>{row.licencePicture === null && row.listPicture === null ? '—' : '✔'}</td>
            <td>{row.goods ?? '—'}</td>
            <td className="figure">{row.tenths === null ? '—' : (row.tenths / 10).toFixed(1)}</td>
            <td>{row.fleet ?? '—'}</td>
            <td className="gaps">
              {[
                ...row.missing.map((each) => books.gateFields[each]),
                ...row.notes.map((each) => `⚠ ${books.gateNotes[each]}`),
              ].join('、')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
