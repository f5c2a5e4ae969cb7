import { useEffect, useState } from 'react';
import type { CallError, CallOutput, ShiftFigures } from '../../../station/contract.ts';
import { dateTime, tonnes } from '../../components/format.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import '../trace/books.css';
import { ManifestPanel } from './ManifestPanel.tsx';

const countNames = [
  'weighings',
  'tares',
  'slips',
  'refusals',
  'undecided',
  'releases',
  'papers',
  'voids',
  'corrections',
  'manual',
  'unexplained',
] as const;

/** 交接班: what this shift weighed, and handing it over. */
export function ShiftScreen(): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const newest = useStation((state) => state.view?.recent[0]?.number ?? 0);
  const [shift, setShift] = useState<CallOutput<'shift.get'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [next, setNext] = useState('');
  const [sure, setSure] = useState(false);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    let current = true;
    void station.call('shift.get', {}).then((got) => {
      if (!current) return;
      if (got.ok) setShift(got.value);
      else setError(got.error);
    });
    return () => {
      current = false;
    };
  }, [newest, loads]);
  useEscape(() => {
    showScreen('weighing');
  });
  const close = async (): Promise<void> => {
    if (!sure) {
      setSure(true);
      return;
    }
    setSure(false);
    const closed = await station.call('shift.close', { next: next.trim() === '' ? null : next.trim() });
    setError(closed.ok ? null : closed.error);
    if (!closed.ok) return;
    const { notPrinted } = closed.value;
    setSaid(`${books.closed}${notPrinted === null ? '' : ` · ${books.notPrinted} ${notPrinted}`}`);
    setNext('');
    setLoads((count) => count + 1);
  };
  const paper = async (sequence: number, print: boolean): Promise<void> => {
    const made = await station.call('shift.paper', { sequence, print });
    setError(made.ok ? null : made.error);
    if (made.ok && !print) saveFile(made.value, 'application/pdf');
  };
  return (
    <main className="books shift">
      <header>
        <h2>{books.screens.shift}</h2>
        <button
          type="button"
          onClick={() => {
            showScreen('weighing');
          }}
        >{`Esc ${words.ui.back}`}</button>
      </header>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      {said !== null && <p role="status">{said}</p>}
      <div className="scroll">
        {shift !== null && (
          <section aria-label={books.running}>
            <h3>{`${books.running} ${dateTime(shift.fromMs)} –`}</h3>
            <Figures figures={shift.figures} />
            <form
              className="filters"
              aria-label={books.close}
              onSubmit={(event) => {
                event.preventDefault();
                void close();
              }}
            >
              <label>
                {books.next}{' '}
                <input
                  value={next}
                  maxLength={40}
                  autoFocus
                  onChange={(event) => {
                    setNext(event.target.value);
                    setSure(false);
                  }}
                />
              </label>
              <button type="submit" className="primary">
                {sure ? books.closeSure : books.close}
              </button>
            </form>
          </section>
        )}
        {shift !== null && shift.past.length > 0 && (
          <section aria-label={books.past}>
            <h3>{books.past}</h3>
            <table className="passages">
              <tbody>
                {shift.past.map((each) => (
                  <tr key={each.sequence}>
                    <td>{`${dateTime(each.fromMs)} – ${dateTime(each.toMs)}`}</td>
                    <td>{`${each.operator ?? '—'} → ${each.next ?? '—'}`}</td>
                    <td className="figure">{`${String(each.figures.slips)} ${books.trucks}`}</td>
                    <td className="figure">
                      {books.net(tonnes(each.figures.netKg), each.figures.withoutNet)}
                    </td>
                    <td>
                      <code className="head">
                        {`#${String(each.sequence)} ${(each.hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ')}`}
                      </code>
                    </td>
                    <td>
                      <button type="button" onClick={() => void paper(each.sequence, true)}>
                        {books.print}
                      </button>{' '}
                      <button type="button" onClick={() => void paper(each.sequence, false)}>
                        {books.savePdf}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <ManifestPanel fail={setError} />
      </div>
    </main>
  );
}

function Figures({ figures }: { readonly figures: ShiftFigures }): React.JSX.Element {
  const books = useBooksWords();
  return (
    <>
      <dl className="book-figures">
        {countNames.map((name) => (
          <div key={name} className={name === 'unexplained' && figures[name] > 0 ? 'bad' : ''}>
            <dt>{books.counts[name]}</dt>
            <dd>{figures[name]}</dd>
          </div>
        ))}
        {figures.goods.map(({ goods, trucks, netKg, withoutNet }) => (
          <div key={goods ?? ''}>
            <dt>{goods ?? '—'}</dt>
            <dd>{`${books.net(tonnes(netKg), withoutNet)} · ${String(trucks)} ${books.trucks}`}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
