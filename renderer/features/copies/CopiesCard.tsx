import { useCallback, useEffect, useState } from 'react';
import type { CopiesView, PlaceProblemView } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { station, useStation } from '../../store/station.ts';
import { useWords } from '../../store/preferences.ts';
import { LossForm } from './LossForm.tsx';
import { useCopiesWords } from './useCopiesWords.ts';

const bytesPerMegabyte = 1_000_000;

/** Where the ledger's head and its backups lie, how the last ones ended, and the buttons for one now. */
export function CopiesCard({ close }: { readonly close: () => void }): React.JSX.Element {
  const words = useWords();
  const copies = useCopiesWords();
  const { view: live } = useStation();
  const [view, setView] = useState<CopiesView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => {
    void station.call('copies.get', {}).then((got) => {
      if (got.ok) setView(got.value);
      else setProblem(words.errors[got.error.code]);
    });
  }, [words]);
  useEffect(load, [load, live]);

  const ask = async (call: 'copies.backup' | 'copies.checkpoint'): Promise<void> => {
    const asked =
      call === 'copies.backup' ? await station.call(call, { place: null }) : await station.call(call, {});
    setProblem(asked.ok ? null : `${words.errors[asked.error.code]} ${asked.error.detail}`);
    load();
  };

  return (
    <section className="console-card copies-card" role="dialog" aria-label={copies.title}>
      <h3>{copies.title}</h3>
      {view !== null && (
        <>
          {view.contradiction !== null && <LossForm found={view.contradiction} done={load} />}
          <h4>{copies.anchors}</h4>
          <ul>
            {view.anchors.length === 0 && <li>{copies.none}</li>}
            {view.anchors.map(({ place, laid, problem: failed, sameDisk }) => (
              <li key={place}>
                <strong>{place}</strong>
                <p>{laid === null ? copies.never : copies.laid(laid.sequence, dateTime(laid.atMs))}</p>
                <Trouble problem={failed} sameDisk={sameDisk} />
              </li>
            ))}
            {view.printed !== null && (
              <li>{copies.printed(view.printed.sequence, dateTime(view.printed.atMs))}</li>
            )}
            <li>{copies.platform(view.platformSequence, view.headSequence)}</li>
          </ul>
          <h4>{copies.backups}</h4>
          <ul>
            {view.backups.length === 0 && <li>{copies.none}</li>}
            {view.backups.map(({ place, running, made, problem: failed, sameDisk }) => (
              <li key={place}>
                <strong>{place}</strong>
                <p>{made === null ? copies.never : madeText(copies, made)}</p>
                {made?.clockBehind === true && <p className="trouble">{`! ${copies.clockBehind}`}</p>}
                {running && <p role="status">{copies.running}</p>}
                <Trouble problem={failed} sameDisk={sameDisk} />
              </li>
            ))}
          </ul>
        </>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <p>
        <button type="button" disabled={view?.backups.length === 0} onClick={() => void ask('copies.backup')}>
          {copies.backUpNow}
        </button>
        <button type="button" disabled={view === null} onClick={() => void ask('copies.checkpoint')}>
          {copies.anchorNow}
        </button>
        <button type="button" onClick={close}>
          {copies.back}
        </button>
      </p>
    </section>
  );
}

function Trouble(props: {
  readonly problem: PlaceProblemView | null;
  readonly sameDisk: boolean;
}): React.JSX.Element {
  const copies = useCopiesWords();
  return (
    <>
      {props.problem !== null && (
        <p className="trouble">
          {`✕ ${copies.problems[props.problem.kind]} `}
          <small>{props.problem.detail}</small>
        </p>
      )}
      {props.sameDisk && <p className="trouble">{`! ${copies.sameDisk}`}</p>}
    </>
  );
}

function madeText(
  copies: ReturnType<typeof useCopiesWords>,
  made: NonNullable<CopiesView['backups'][number]['made']>,
): string {
  const megabytes = (made.bytes / bytesPerMegabyte).toFixed(1);
  return copies.made(dateTime(made.atMs), made.headSequence, megabytes, made.pictures);
}
