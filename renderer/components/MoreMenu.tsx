import { useState } from 'react';
import type { Screen } from '../store/preferences.ts';
import { showScreen, usePreferences } from '../store/preferences.ts';
import { useStation } from '../store/station.ts';
import { useBooksWords } from './useBooksWords.ts';

export const bookScreens = [
  ['Shift+F5', 'records'],
  ['Shift+F6', 'trace'],
  ['Shift+F7', 'gate'],
  ['Shift+F8', 'inspection'],
  ['Shift+F9', 'shift'],
] as const satisfies readonly (readonly [string, Screen])[];

/** The screens that are not needed for every truck. */
export function MoreMenu(): React.JSX.Element {
  const words = useBooksWords();
  const screen = usePreferences((state) => state.screen);
  const [open, setOpen] = useState(false);
  const unexplained = useStation((state) => state.view?.unexplained ?? 0);
  const here = bookScreens.find(([, name]) => name === screen);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-pressed={here !== undefined}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {here === undefined ? words.more : words.screens[here[1]]}
        {unexplained > 0 && <span className="open-count"> {String(unexplained)}</span>}
      </button>
      {open && (
        <div className="console-card more-menu" role="menu" aria-label={words.more}>
          {bookScreens.map(([key, name]) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              onClick={() => {
                setOpen(false);
                showScreen(name);
              }}
            >
              <kbd>{key}</kbd> {words.screens[name]}
              {name === 'records' && unexplained > 0 && (
                <strong className="open-count"> {String(unexplained)}</strong>
              )}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
