import { useLayoutEffect } from 'react';
import { kgDigits } from '../../components/format.ts';
import { useWords } from '../../store/preferences.ts';
import { useWeight } from '../../store/station.ts';

/** The indicator's number, or the reason why there is none. Never an old one. */
export function BigWeight(): React.JSX.Element {
  const words = useWords();
  const weight = useWeight((state) => state.weight);
  const shown = weight?.kind === 'live' ? kgDigits(weight.kg) : '— — —';
  useLayoutEffect(() => {
    // What the bench reads: when the number of this frame reached the glass.
    const frame = requestAnimationFrame(() => {
      const { dataset } = document.documentElement;
      dataset.paintedAtMs = String(performance.timeOrigin + performance.now());
      dataset.paintedKg = weight?.kind === 'live' ? String(weight.kg) : '';
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [weight]);
  const live = weight?.kind === 'live';
  return (
    <div className={`weight ${live ? (weight.stable ? 'stable' : 'moving') : 'none'}`}>
      <output aria-label="weight">{shown}</output>
      <span className="unit">kg</span>
      <span className="mark">
        {live
          ? weight.stable
            ? `■ ${words.ui.stable}`
            : `≈ ${words.ui.moving}`
          : `✕ ${words.noWeight[weight?.why ?? 'not-connected']}`}
      </span>
    </div>
  );
}
