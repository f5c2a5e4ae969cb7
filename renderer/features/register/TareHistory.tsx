import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../station/contract.ts';
import { dateTime, kgDigits } from '../../components/format.ts';
import { station } from '../../store/station.ts';
import { useRegisterWords } from './useRegisterWords.ts';

/** The tares weighed of a vehicle with each trailer, and how far the newest lies from the usual one. */
export function TareHistory({
  plate,
  colour,
}: {
  readonly plate: string;
  readonly colour: string;
}): React.JSX.Element | null {
  const words = useRegisterWords();
  const [found, setFound] = useState<CallOutput<'register.tares'> | null>(null);
  useEffect(() => {
    let current = true;
    void station.call('register.tares', { plate, colour }).then((tares) => {
      if (current && tares.ok) setFound(tares.value);
    });
    return () => {
      current = false;
    };
  }, [plate, colour]);
  if (found === null || found.combinations.length === 0) return null;
  return (
    <section aria-label={words.tares}>
      <h3>{words.tares}</h3>
      {found.combinations.map((each) => (
        <Tares key={each.trailerPlate ?? ''} {...each} />
      ))}
    </section>
  );
}

function Tares({
  trailerPlate,
  tares,
  usualKg,
  driftKg,
}: CallOutput<'register.tares'>['combinations'][number]): React.JSX.Element {
  const words = useRegisterWords();
  return (
    <>
      {trailerPlate !== null && <h4>{`+ ${trailerPlate}`}</h4>}
      {usualKg !== null && <p>{`${words.usual} ${kgDigits(usualKg)} kg`}</p>}
      {driftKg !== null && <p className="alarm">{`⚠ ${words.drift} ${kgDigits(driftKg)} kg`}</p>}
      <ul>
        {tares.map(({ number, kg, weighedAtMs }) => (
          <li key={number}>{`${dateTime(weighedAtMs)} · ${kgDigits(kg)} kg · #${String(number)}`}</li>
        ))}
      </ul>
    </>
  );
}
