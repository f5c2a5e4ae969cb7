import { useEffect, useState } from 'react';
import type { CallError, CallOutput } from '../../../station/contract.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import { useEscape } from '../../components/useEscape.ts';
import { showScreen, useWords } from '../../store/preferences.ts';
import { inspect, useInspecting } from '../../store/inspecting.ts';
import { station } from '../../store/station.ts';
import '../trace/books.css';
import { ChainPanel } from './ChainPanel.tsx';
import { FigureList } from './FigureList.tsx';
import { SamplePanel } from './SamplePanel.tsx';

/** 检查: what an inspector looks at on the spot, and signs. */
export function InspectionScreen(): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const inspecting = useInspecting((state) => state.inspecting);
  const [look, setLook] = useState<CallOutput<'inspection.look'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let current = true;
    void station.call('inspection.look', {}).then((got) => {
      if (!current) return;
      setError(got.ok ? null : got.error);
      if (got.ok) setLook(got.value);
    });
    return () => {
      current = false;
    };
  }, [looks]);
  useEscape(() => {
    showScreen('weighing');
  });
  return (
    <main className="books inspection">
      <header>
        <h2>{books.screens.inspection}</h2>
        <button
          type="button"
          onClick={() => {
            setLook(null);
            setLooks((count) => count + 1);
          }}
        >
          {books.look}
        </button>
        {inspecting === 'no' && (
          <>
            <button type="button" onClick={() => void inspect(true)}>
              {books.begin}
            </button>
            <button
              type="button"
              onClick={() => {
                showScreen('weighing');
              }}
            >{`Esc ${words.ui.back}`}</button>
          </>
        )}
      </header>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      <div className="scroll">
        {look === null ? <p role="status">{books.working}</p> : <FigureList look={look} />}
        <ChainPanel />
        <SamplePanel />
      </div>
    </main>
  );
}
