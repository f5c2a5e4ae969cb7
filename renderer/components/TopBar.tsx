import { useEffect, useState } from 'react';
import type { DeviceView, StationView } from '../../station/contract.ts';
import { showScreen, usePreferences, useWords } from '../store/preferences.ts';
import { station } from '../store/station.ts';
import { clockWord, useCopiesWords } from '../features/copies/useCopiesWords.ts';
import type { Words } from '../words/words.ts';
import { dateTime } from './format.ts';
import { MoreMenu } from './MoreMenu.tsx';

const marks: Readonly<Record<DeviceView['state'], string>> = { ok: '●', waiting: '◐', down: '✕', off: '○' };

const screens = [
  ['F6', 'passages'],
  ['F7', 'register'],
  ['F8', 'rules'],
] as const;

export function TopBar({ view }: { readonly view: StationView }): React.JSX.Element {
  const words = useWords();
  const screen = usePreferences((state) => state.screen);
  return (
    <header className="top">
      <strong className="station" title={view.station.name}>{`源衡 · ${view.station.name}`}</strong>
      <ul className="devices" aria-label={words.devices.indicator}>
        {shownDevices(
          view.devices.filter(({ kind }) => kind !== 'clock'),
          words.devices.camera,
        ).map((device) => {
          const broken = device.kind === 'beams' && device.state === 'ok' ? brokenBeams(view, words) : '';
          const state = broken === '' ? device.state : 'waiting';
          return (
            <li
              key={device.id}
              className={`chip ${state}`}
              title={`${words.deviceStates[device.state]} ${device.detail}`.trim()}
            >
              {device.kind === 'indicator' && (
                <button
                  type="button"
                  className="gear"
                  aria-label={words.ui.installer}
                  title={words.ui.installer}
                  onClick={() => {
                    showScreen('installer');
                  }}
                >
                  ⚙
                </button>
              )}
              {`${marks[state]} ${device.label !== '' && device.kind === 'camera' ? device.label : ''}${words.devices[device.kind]}`}
              {/* The mark says it is in order, or not set up; what should work and does not says so in words. */}
              {(device.state === 'down' || device.state === 'waiting') &&
                ` ${words.deviceStates[device.state]}`}
              {broken}
            </li>
          );
        })}
        <li className={`chip sync-${view.sync.state}`} title={view.sync.lastError ?? ''}>
          {`${words.devices.platform} ${words.sync[view.sync.state]}`}
          {view.sync.waiting > 0 && view.sync.state !== 'off' && ` · ${words.waiting(view.sync.waiting)}`}
          {view.sync.setAside > 0 && ` · ${words.rowSync['set-aside']} ${String(view.sync.setAside)}`}
        </li>
      </ul>
      <Operator name={view.operator} />
      <Clock kept={view.devices.find(({ kind }) => kind === 'clock') ?? null} />
      <nav>
        {screens.map(([key, name]) => (
          <button
            key={name}
            type="button"
            aria-pressed={screen === name}
            onClick={() => {
              showScreen(screen === name ? 'weighing' : name);
            }}
          >
            {`${key} ${words.ui[screen === name ? 'weighing' : name]}`}
          </button>
        ))}
        <MoreMenu />
      </nav>
    </header>
  );
}

/** Which beams are broken now, behind the chip's own name. */
function brokenBeams({ lane }: StationView, words: Words): string {
  const broken = lane.beams.filter(({ state }) => state === 'broken');
  if (broken.length === 0) return '';
  return ` ${broken.map(({ place }) => words.beamPlaces[place]).join(' ')} ${words.beamStates.broken}`;
}

const byUrgency: readonly DeviceView['state'][] = ['down', 'waiting', 'off', 'ok'];

/** The indicator stands first, whichever came up first. Several cameras are one chip, in the state of the worst of them: the bar has no room for eight. */
function shownDevices(devices: readonly DeviceView[], word: string): readonly DeviceView[] {
  const cameras = devices.filter(({ kind }) => kind === 'camera');
  const indicators = devices.filter(({ kind }) => kind === 'indicator');
  const others = devices.filter(({ kind }) => kind !== 'camera' && kind !== 'indicator');
  if (cameras.length < 2) return [...indicators, ...cameras, ...others];
  const state = byUrgency.find((each) => cameras.some((camera) => camera.state === each)) ?? 'ok';
  const fine = cameras.filter((camera) => camera.state === 'ok').length;
  const detail = cameras
    .filter((camera) => camera.state !== 'ok')
    .map((camera) => `${camera.label || camera.id}: ${camera.detail || camera.state}`)
    .join('; ');
  const one: DeviceView = {
    id: word,
    kind: 'camera',
    state,
    detail,
    label: `${String(fine)}/${String(cameras.length)} `,
    retryInMs: null,
  };
  return [...indicators, one, ...others];
}

function Operator({ name }: { readonly name: string | null }): React.JSX.Element {
  const words = useWords();
  const [editing, setEditing] = useState(false);
  if (!editing) {
    return (
      <button
        type="button"
        className="operator"
        onClick={() => {
          setEditing(true);
        }}
      >
        {`${words.ui.operator} ${name ?? '—'}`}
      </button>
    );
  }
  return (
    <form
      className="operator"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('name');
        setEditing(false);
        if (typeof typed === 'string' && typed.trim() !== '')
          void station.call('operator.sign-in', { name: typed.trim() });
      }}
    >
      <input
        name="name"
        aria-label={words.ui.signInOperator}
        maxLength={40}
        defaultValue={name ?? ''}
        autoFocus
      />
    </form>
  );
}

/** The time of day, marked with whether a time service keeps it. */
function Clock({ kept }: { readonly kept: DeviceView | null }): React.JSX.Element {
  const copies = useCopiesWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const said = kept === null ? '' : `${copies.clock[clockWord(kept.label)]} (${kept.detail})`;
  return (
    <time className={`clock ${kept?.label ?? ''}`} title={`${dateTime(now)} ${said}`.trim()}>
      {`${kept === null ? '' : `${marks[kept.state]} `}${dateTime(now).slice(5)}`}
    </time>
  );
}
