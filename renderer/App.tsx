import { useEffect } from 'react';
import { PassagesScreen } from './features/passages/PassagesScreen.tsx';
import { SignIn } from './features/signIn/SignIn.tsx';
import { WeighingScreen } from './features/weighing/WeighingScreen.tsx';
import { FaultStrip } from './components/FaultStrip.tsx';
import { TopBar } from './components/TopBar.tsx';
import { showScreen, switchLanguage, switchTheme, usePreferences, useWords } from './store/preferences.ts';
import { useStation } from './store/station.ts';

const globalKeys: Readonly<Record<string, () => void>> = {
  F6: () => {
    showScreen(usePreferences.getState().screen === 'weighing' ? 'passages' : 'weighing');
  },
  F9: switchLanguage,
  F10: switchTheme,
};

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
      {screen === 'weighing' ? (
        <WeighingScreen view={view} down={connection.kind !== 'up'} />
      ) : (
        <PassagesScreen />
      )}
    </div>
  );
}
