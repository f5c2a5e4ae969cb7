import { useEffect, useState } from 'react';
import type { ChainProgress } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { station } from '../../store/station.ts';

const askMs = 500;

/** The whole chain, checked in a thread beside the station; the bar follows it. */
export function ChainPanel(): React.JSX.Element {
  const books = useBooksWords();
  const [progress, setProgress] = useState<ChainProgress>({ state: 'idle' });
  const running = progress.state === 'running';
  useEffect(() => {
    const ask = (): void => {
      void station.call('inspection.progress', {}).then((got) => {
        if (got.ok) setProgress(got.value);
      });
    };
    ask();
    if (!running) return;
    const timer = setInterval(ask, askMs);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  return (
    <section className="chain" aria-label={books.figures.whole}>
      <button
        type="button"
        disabled={running}
        onClick={() =>
          void station.call('inspection.check', {}).then((got) => {
            if (got.ok) setProgress(got.value);
          })
        }
      >
        {books.checkWhole}
      </button>
      <ChainWords progress={progress} />
    </section>
  );
}

function ChainWords({ progress }: { readonly progress: ChainProgress }): React.JSX.Element {
  const books = useBooksWords();
  switch (progress.state) {
    case 'idle':
      return <p>{books.chainIdle}</p>;
    case 'running':
      return (
        <p role="status">
          <progress value={progress.taken} max={Math.max(1, progress.total)} />{' '}
          {books.chainRunning(progress.taken, progress.total)}
        </p>
      );
    case 'done':
      return (
        <p role="status" className={progress.fault === null ? 'good' : 'bad'}>
          {progress.fault === null
            ? `✔ ${books.chainDone(progress.events, progress.signatures)} · ${dateTime(progress.endedMs)}`
            : `✖ ${books.chainFault(progress.fault)}`}
        </p>
      );
  }
}
