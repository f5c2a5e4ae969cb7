import { useEffect, useState } from 'react';
import type { LoadingTruck, LoadingView } from '../../../station/contract.ts';
import { kgDigits, tonnes } from '../../components/format.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { switchLanguage, useWords } from '../../store/preferences.ts';
import { useLoading, useStation, useWeight } from '../../store/station.ts';
import type { LoadingWords } from '../../words/loadingZh.ts';
import { SignIn } from '../signIn/SignIn.tsx';
import './loader.css';
import { scaleSays, scaleText } from './scaleSays.ts';
import { useLoadingWords } from './useLoadingWords.ts';

/** The loader's telephone: what stands on the scale, and what every truck in the yard may still take. */
export function LoaderPage(): React.JSX.Element {
  const words = useLoadingWords();
  const connection = useStation((state) => state.connection);
  const loading = useLoading((state) => state.loading);
  if (connection.kind === 'sign-in') return <SignIn />;
  if (loading === null) {
    return (
      <main className="lonely" role="status">
        {connection.kind === 'down' ? words.down : words.connecting}
      </main>
    );
  }
  return (
    <main className="loader">
      <header>
        <strong>{loading.station.name}</strong>
        <button type="button" onClick={switchLanguage}>
          {words.language}
        </button>
      </header>
      {loading.mode === 'drill' && (
        <p className="drill-mark">{`${words.drill} · 演练 DRILL · ${words.drill}`}</p>
      )}
      {connection.kind !== 'up' && (
        <p className="down" role="alert">
          {words.down}
        </p>
      )}
      <OnScale scale={loading.scale} />
      <Trucks trucks={loading.trucks.filter((truck) => !isOnScale(loading.scale, truck))} />
    </main>
  );
}

function OnScale({ scale }: { readonly scale: LoadingView['scale'] }): React.JSX.Element {
  const words = useLoadingWords();
  const { reasons } = useWords();
  const weight = useWeight((state) => state.weight);
  const says = scaleSays(scale, weight);
  const plate = scale?.plate ?? null;
  return (
    <section className={`on-scale ${says.tone}`} aria-label={words.onScale}>
      <p className="who">
        <span>{words.onScale}</span>
        {plate !== null && scale !== null && <PlateMark plate={plate} colour={scale.colour} />}
      </p>
      <p className="amount" role="status">
        {scaleText(words, says)}
      </p>
      {(says.word === 'barred' || says.word === 'refused') &&
        scale?.barredBy.map((code) => (
          <p key={code} className="barred">
            {reasons[code]}
          </p>
        ))}
      <p className="now">{says.kg === null ? '— — —' : `${kgDigits(says.kg)} kg`}</p>
    </section>
  );
}

/** Shown once: what stands on the scale is no longer what its last record says. */
function isOnScale(scale: LoadingView['scale'], { plate, colour }: LoadingTruck): boolean {
  return scale !== null && scale.plate === plate && scale.colour === colour;
}

function Trucks({ trucks }: { readonly trucks: readonly LoadingTruck[] }): React.JSX.Element {
  const words = useLoadingWords();
  const { reasons } = useWords();
  const nowMs = useMinute();
  return (
    <section aria-label={words.trucks}>
      <h2>{`${words.trucks} ${String(trucks.length)}`}</h2>
      {trucks.length === 0 && <p className="none">{words.noTrucks}</p>}
      <ul className="trucks">
        {trucks.map((truck) => (
          <li
            key={`${truck.plate} ${truck.colour}`}
            className={truck.barredBy.length > 0 ? 'barred' : truck.state}
          >
            <p className="who">
              <PlateMark plate={truck.plate} colour={truck.colour} />
              <small>{words.ago(Math.max(0, Math.trunc((nowMs - truck.sinceMs) / 60_000)))}</small>
            </p>
            <p className={amountClass(truck)}>{truckAmount(words, truck)}</p>
            {truck.barredBy.map((code) => (
              <p key={code} className="barred">
                {reasons[code]}
              </p>
            ))}
            {truck.state === 'loading' && truck.adviceKg !== null && truck.adviceKg !== truck.roomKg && (
              <p className="advice">{`${words.advice} ${tonnes(truck.adviceKg)}`}</p>
            )}
            <p className="facts">
              {truckFacts(words, truck).map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function amountClass({ state, limitKg, barredBy }: LoadingTruck): string {
  const unknown = limitKg === null && state === 'loading' && barredBy.length === 0;
  return unknown ? 'amount unknown' : 'amount';
}

function truckAmount(words: LoadingWords, truck: LoadingTruck): string {
  if (truck.barredBy.length > 0) return `✖ ${words.barred}`;
  if (truck.state === 'unload') {
    return truck.unloadKg > 0 ? `${words.unload} ${tonnes(truck.unloadKg)}` : words.unloadAny;
  }
  return truck.roomKg === null ? words.noLimit : `${words.room} ${tonnes(truck.roomKg)}`;
}

function truckFacts(words: LoadingWords, truck: LoadingTruck): readonly string[] {
  const { usualNetKg, goods } = truck;
  return [
    ...(goods === null ? [] : [goods]),
    ...(usualNetKg === null ? [] : [`${words.usual} ${tonnes(usualNetKg)}`]),
    ...(truck.tareKg === null ? [] : [`${words.tare} ${tonnes(truck.tareKg)}`]),
    ...(truck.limitKg === null ? [] : [`${words.limit} ${tonnes(truck.limitKg)}`]),
  ];
}

/** The time, good enough for minutes. */
function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 15_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return nowMs;
}
