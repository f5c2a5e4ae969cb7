import { useEffect } from 'react';
import type { Fault, StationView } from '../station/contract.ts';
import { assertNever } from '../station/assertNever.ts';
import { CamerasScreen } from './features/cameras/CamerasScreen.tsx';
import { ExitsScreen } from './features/exits/ExitsScreen.tsx';
import { GateScreen } from './features/gate/GateScreen.tsx';
import { InspectionScreen } from './features/inspection/InspectionScreen.tsx';
import { InspectorBar, inspectorScreen } from './features/inspection/InspectorBar.tsx';
import { InstallerScreen } from './features/installer/InstallerScreen.tsx';
import { PassagesScreen } from './features/passages/PassagesScreen.tsx';
import { RecordsScreen } from './features/records/RecordsScreen.tsx';
import { RegisterScreen } from './features/register/RegisterScreen.tsx';
import { RulesScreen } from './features/rules/RulesScreen.tsx';
import { ShiftScreen } from './features/shift/ShiftScreen.tsx';
import { SignIn } from './features/signIn/SignIn.tsx';
import { TraceScreen } from './features/trace/TraceScreen.tsx';
import { WeighingScreen } from './features/weighing/WeighingScreen.tsx';
import { FaultStrip } from './components/FaultStrip.tsx';
import { bookScreens } from './components/MoreMenu.tsx';
import { TopBar } from './components/TopBar.tsx';
import { useInspecting } from './store/inspecting.ts';
import type { Screen } from './store/preferences.ts';
import { showScreen, switchLanguage, switchTheme, usePreferences, useWords } from './store/preferences.ts';
import { useStation } from './store/station.ts';

function toggle(screen: Screen): void {
  showScreen(usePreferences.getState().screen === screen ? 'weighing' : screen);
}

const books: Readonly<Record<string, Screen>> = Object.fromEntries(bookScreens);

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
    case 'trace':
      return <TraceScreen />;
    case 'gate':
      return <GateScreen />;
    case 'inspection':
      return <InspectionScreen />;
    case 'shift':
      return <ShiftScreen />;
    case 'records':
      return <RecordsScreen />;
    case 'exits':
      return <ExitsScreen />;
    default:
      return assertNever(screen);
  }
}

/** A station without its platform is an everyday thing, said by one chip; pictures that wait for it are no alarm. */
function shownFaults({ faults, sync }: StationView): readonly Fault[] {
  return sync.state === 'offline' ? faults.filter(({ code }) => code !== 'pictures-not-delivered') : faults;
}

export function App(): React.JSX.Element {
  const { connection, view } = useStation();
  const screen = usePreferences((state) => state.screen);
  const words = useWords();
  const inspecting = useInspecting((state) => state.inspecting);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat) return;
      const book = event.shiftKey ? books[`Shift+${event.key}`] : undefined;
      const act = globalKeys[event.key];
      if (book === undefined && act === undefined) return;
      event.preventDefault();
      const isDesk = useInspecting.getState().inspecting === 'no';
      if (book !== undefined) toggle(book);
      // An inspector's page has its own tabs; language and theme are everybody's.
      else if (isDesk || event.key === 'F9' || event.key === 'F10') act?.();
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
      {inspecting === 'no' ? <TopBar view={view} /> : <InspectorBar view={view} />}
      {view.mode === 'drill' && (
        <div className="drill-tape" role="note">
          {`演练 DRILL · ${'演练 · '.repeat(24)}`}
        </div>
      )}
      <FaultStrip faults={shownFaults(view)} down={connection.kind !== 'up'} />
      <CurrentScreen
        screen={inspecting === 'no' ? screen : inspectorScreen(screen)}
        view={view}
        down={connection.kind !== 'up'}
      />
    </div>
  );
}
