import { useEffect, useState } from 'react';
import type { CallError, CallOutput, PassageDetail, TraceAround } from '../../../station/contract.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useWords } from '../../store/preferences.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { station, useStation } from '../../store/station.ts';
import { Amended } from '../passages/Amended.tsx';
import { Evidence, Facts } from '../passages/PassageDetailView.tsx';
import { useRecheckWords } from './useRecheckWords.ts';

/** One passage with everything known around it, checked again on opening. */
export function TraceDetail({
  number,
  open,
  back,
}: {
  readonly number: number;
  readonly open: (number: number) => void;
  readonly back: () => void;
}): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const form = useStation((state) => state.view?.paperForm ?? '241x140');
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const [detail, setDetail] = useState<PassageDetail | null>(null);
  const [around, setAround] = useState<TraceAround | null>(null);
  const [paper, setPaper] = useState<CallOutput<'paper.view'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => {
    void station.call('passages.detail', { number }).then((got) => {
      if (got.ok) setDetail(got.value);
      else setError(got.error);
    });
    void station.call('trace.around', { number }).then((got) => {
      if (got.ok) setAround(got.value);
      else setError(got.error);
    });
    void station.call('paper.view', { number, form }).then((got) => {
      if (got.ok) setPaper(got.value);
    });
  }, [number, form]);
  const report = async (print: boolean): Promise<void> => {
    const made = await station.call('trace.report', { number, print });
    setError(made.ok ? null : made.error);
    if (made.ok && !print) saveFile(made.value, 'application/pdf');
  };
  return (
    <main className="detail">
      <header>
        <h2>{detail?.row.displayNumber ?? String(number)}</h2>
        {!readOnly && (
          <button type="button" onClick={() => void report(true)}>
            {books.printReport}
          </button>
        )}
        <button type="button" onClick={() => void report(false)}>
          {books.saveReport}
        </button>
        <button type="button" onClick={back}>{`Esc ${words.ui.back}`}</button>
      </header>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="record-column">
        {around !== null && <Around around={around} open={open} />}
        {detail !== null && <Amended detail={detail} />}
        {detail !== null && <Facts detail={detail} />}
      </div>
      <Evidence detail={detail} paper={paper} />
    </main>
  );
}

const vehicleFields = ['fleet', 'owner', 'vin', 'permitNumber', 'emission'] as const;
const driverFields = ['name', 'phone', 'licenceNumber', 'qualificationNumber'] as const;

function Around({
  around,
  open,
}: {
  readonly around: TraceAround;
  readonly open: (number: number) => void;
}): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const say = useRecheckWords();
  const { check, tareCheck, tareNumber, vehicle, driver } = around;
  const of = (entry: TraceAround['vehicle'], names: readonly string[]): string =>
    names
      .map((name) => entry?.[name])
      .filter((value) => typeof value === 'string' && value !== '')
      .join(' · ');
  const people = [of(vehicle, vehicleFields), of(driver, driverFields)].filter((each) => each !== '');
  return (
    <dl className="record checked" aria-label={books.checked}>
      <dt>{books.checked}</dt>
      <dd>
        <p>{say(check).join(' · ')}</p>
      </dd>
      {tareNumber !== null && (
        <>
          <dt>{books.tare}</dt>
          <dd>
            <button
              type="button"
              onClick={() => {
                open(tareNumber);
              }}
            >
              {`${words.ui.number} ${String(tareNumber)}`}
            </button>{' '}
            {tareCheck === null ? '' : say(tareCheck).join(' · ')}
          </dd>
        </>
      )}
      {people.length > 0 && (
        <>
          <dt>{books.people}</dt>
          <dd>
            {people.map((each) => (
              <p key={each}>{each}</p>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
