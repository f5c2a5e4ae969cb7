import { useState } from 'react';
import type { Screen } from '../store/preferences.ts';
import { CopiesCard } from '../features/copies/CopiesCard.tsx';
import { useCopiesWords } from '../features/copies/useCopiesWords.ts';
import { showScreen, switchLanguage, switchTheme, usePreferences, useWords } from '../store/preferences.ts';
import { useStation } from '../store/station.ts';
import { ConsoleCard } from './ConsoleCard.tsx';
import { useBooksWords } from './useBooksWords.ts';

export const bookScreens = [
  ['Shift+F5', 'records'],
  ['Shift+F6', 'trace'],
  ['Shift+F7', 'gate'],
  ['Shift+F8', 'inspection'],
  ['Shift+F9', 'shift'],
  ['Shift+F12', 'exits'],
] as const satisfies readonly (readonly [string, Screen])[];

type Card = 'phones' | 'copies';

/** What is not needed for every truck. */
export function MoreMenu(): React.JSX.Element {
  const words = useBooksWords();
  const { ui } = useWords();
  const copies = useCopiesWords();
  const [card, setCard] = useState<Card | null>(null);
  const screen = usePreferences((state) => state.screen);
  const [open, setOpen] = useState(false);
  const unexplained = useStation((state) => state.view?.unexplained ?? 0);
  const here = bookScreens.find(([, name]) => name === screen);
  const item = (label: string, choose: () => void, key = ''): React.JSX.Element => (
    <button
      type="button"
      role="menuitem"
      onClick={() => {
        setOpen(false);
        choose();
      }}
    >
      {key !== '' && <kbd>{key}</kbd>} {label}
    </button>
  );
  const close = (): void => {
    setCard(null);
  };
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-pressed={here !== undefined}
        onClick={() => {
          setCard(null);
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
          {item(ui.cameras, () => {
            showScreen('cameras');
          })}
          {item(copies.title, () => {
            setCard('copies');
          })}
          {item(ui.phones, () => {
            setCard('phones');
          })}
          {item(ui.language, switchLanguage, 'F9')}
          {item(ui.theme, switchTheme, 'F10')}
        </div>
      )}
      {card === 'phones' && <ConsoleCard close={close} />}
      {card === 'copies' && <CopiesCard close={close} />}
    </>
  );
}
