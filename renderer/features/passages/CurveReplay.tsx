import { useEffect, useState } from 'react';
import type { Moment, PassageDetail } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { Picture } from '../../components/Picture.tsx';
import { useWords } from '../../store/preferences.ts';
import type { Words } from '../../words/words.ts';
import { CurveChart } from './CurveChart.tsx';
import { kgAt, lastBefore, lengthMs } from './replay.ts';

const stepMs = 100;

/** The crossing again: its weight, what was seen and entered, and the picture of that moment, along one slider. */
export function CurveReplay({ detail }: { readonly detail: PassageDetail }): React.JSX.Element | null {
  const words = useWords();
  const { curve, moments, curveFlags } = detail;
  const endMs = lengthMs(curve);
  // Where it was weighed; the curve goes on until the truck has left.
  const savedMs = moments.find(({ what }) => what === 'saved')?.afterMs ?? endMs;
  const [atMs, setAtMs] = useState(Math.min(savedMs, endMs));
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      setAtMs((now) => Math.min(endMs, now + stepMs));
    }, stepMs);
    return () => {
      clearInterval(timer);
    };
  }, [playing, endMs]);
  if (endMs === 0) return null;
  const kg = kgAt(curve, atMs);
  const picture = lastBefore(
    moments.filter(({ what }) => what === 'picture'),
    atMs,
  );
  const ended = atMs >= endMs;
  return (
    <section className="replay" aria-label={words.ui.curve}>
      <CurveChart points={curve} flags={curveFlags} atMs={atMs} label={words.ui.curve} />
      <div className="replay-line">
        <button
          type="button"
          onClick={() => {
            if (ended) setAtMs(0);
            setPlaying(ended || !playing);
          }}
        >
          {playing && !ended ? words.ui.pause : words.ui.replay}
        </button>
        <input
          type="range"
          aria-label={words.ui.replay}
          min={0}
          max={endMs}
          step={stepMs}
          value={atMs}
          onChange={(event) => {
            setPlaying(false);
            setAtMs(Number(event.target.value));
          }}
        />
        <output>{`${(atMs / 1000).toFixed(1)} s · ${kg === null ? '—' : `${kgDigits(kg)} kg`}`}</output>
      </div>
      <ol>
        {moments
          .filter(({ what }) => what !== 'picture')
          .map(({ what, afterMs, detail: text }) => (
            <li key={`${what} ${String(afterMs)} ${text}`} className={afterMs <= atMs ? 'past' : ''}>
              <button
                type="button"
                onClick={() => {
                  setPlaying(false);
                  setAtMs(Math.max(0, Math.min(endMs, afterMs)));
                }}
              >
                {`${(afterMs / 1000).toFixed(1)} s ${words.moments[what]} ${momentText(what, text, words)}`}
              </button>
            </li>
          ))}
        {curveFlags.map(({ code, afterMs, kg: changeKg }) => (
          <li key={`${code} ${String(afterMs)}`} className="flag">
            {`⚠ ${(afterMs / 1000).toFixed(1)} s ${words.curveFlags[code]} ${kgDigits(changeKg)} kg`}
          </li>
        ))}
      </ol>
      {picture !== null && <Picture sha256={picture.detail} label={words.ui.pictures} />}
    </section>
  );
}

/** What was seen, in the reader's words: of a beam, which one. */
function momentText(what: Moment['what'], text: string, { beamPlaces }: Words): string {
  const names: Readonly<Record<string, string>> = beamPlaces;
  return what.startsWith('beam-') ? (names[text] ?? text) : text;
}
