import type { StationView } from '../../../station/contract.ts';
import { useBooksWords } from '../../components/useBooksWords.ts';
import type { Screen } from '../../store/preferences.ts';
import {
  showScreen,
  switchLanguage,
  switchTheme,
  usePreferences,
  useWords,
} from '../../store/preferences.ts';
import { inspect, useInspecting } from '../../store/inspecting.ts';

const tabs = [
  'inspection',
  'trace',
  'gate',
  'records',
  'passages',
  'rules',
] as const satisfies readonly Screen[];

/** An inspector's page shows these and nothing that writes. */
export function inspectorScreen(screen: Screen): Screen {
  return tabs.find((tab) => tab === screen) ?? 'inspection';
}

export function InspectorBar({ view }: { readonly view: StationView }): React.JSX.Element {
  const words = useWords();
  const books = useBooksWords();
  const inspecting = useInspecting((state) => state.inspecting);
  const screen = inspectorScreen(usePreferences((state) => state.screen));
  return (
    <header className="top inspecting">
      <strong className="station">{`${words.ui.appName} · ${view.station.name}`}</strong>
      <nav className="tabs">
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-pressed={screen === tab}
            onClick={() => {
              showScreen(tab);
            }}
          >
            {tab === 'passages' || tab === 'rules' ? words.ui[tab] : books.screens[tab]}
          </button>
        ))}
      </nav>
      <nav>
        {inspecting === 'chosen' ? (
          <button type="button" onClick={() => void inspect(false)}>
            {books.leave}
          </button>
        ) : (
          <em>{books.always}</em>
        )}
        <button type="button" onClick={switchLanguage}>{`F9 ${words.ui.language}`}</button>
        <button type="button" onClick={switchTheme}>{`F10 ${words.ui.theme}`}</button>
      </nav>
    </header>
  );
}
