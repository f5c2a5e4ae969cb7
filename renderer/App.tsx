import { useEffect } from 'react';
import type { StationView } from '../station/contract.ts';
import { assertNever } from '../station/assertNever.ts';
import { CamerasScreen } from './features/cameras/CamerasScreen.tsx';
import { InstallerScreen } from './features/installer/InstallerScreen.tsx';
import { PassagesScreen } from './features/passages/PassagesScreen.tsx';
import { RegisterScreen } from './features/register/RegisterScreen.tsx';
import { RulesScreen } from './features/rules/RulesScreen.tsx';
import { SignIn } from './features/signIn/SignIn.tsx';
import { WeighingScreen } from './features/weighing/WeighingScreen.tsx';
import { FaultStrip } from './components/FaultStrip.tsx';
import { TopBar } from './components/TopBar.tsx';
import type { Screen } from './store/preferences.ts';
import { showScreen, switchLanguage, switchTheme, usePreferences, useWords } from './store/preferences.ts';
import { useStation } from './store/station.ts';

function toggle(screen: Screen): void {
  showScreen(usePreferences.getState().screen === screen ? 'weighing' : screen);
}

const globalKeys: Readonly<Record<string, () => void>> = {
  F6: () => {
    toggle('passages');
  },
  F7: () => {
    toggle('register');
  },
  F8: () => {
    toggle('rules');
  },
  F9: switchLanguage,
  F10: switchTheme,
};

function CurrentScreen({
  screen,
  view,
  down,
}: {
  readonly screen: Screen;
  readonly view: StationView;
  readonly down: boolean;
}): React.JSX.Element {
  switch (screen) {
    case 'weighing':
      return <WeighingScreen view={view} down={down} />;
    case 'passages':
      return <PassagesScreen />;
    case 'register':
      return <RegisterScreen />;
    case 'rules':
      return <RulesScreen />;
    case 'cameras':
      return <CamerasScreen />;
    case 'installer':
      return <InstallerScreen />;
    default:
      return assertNever(screen);
  }
}

export function App(): React.JSX.Element {
  const { connection, view } = useStation();
  const screen = usePreferences((state) => state.screen);
  const words = useWords();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const act = globalKeys[event.key];
      if (act === undefined || event.repeat) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);

  if (connection.kind === 'sign-in') return <SignIn />;
  if (view === null) {
    return (
      <main className="lonely" role="status">
        {connection.kind === 'down' ? words.ui.connectionDown : words.ui.connecting}
        {connection.kind === 'down' && connection.detail !== '' && <small>{connection.detail}</small>}
      </main>
    );
  }
  return (
    <div className={`app ${view.mode}`}>
      <TopBar view={view} />
      {view.mode === 'drill' && (
        <div className="drill-tape" role="note">
          {`演练 DRILL · ${'演练 · '.repeat(24)}`}
        </div>
      )}
      <FaultStrip faults={view.faults} down={connection.kind !== 'up'} />
      <CurrentScreen screen={screen} view={view} down={connection.kind !== 'up'} />
    </div>
  );
}
