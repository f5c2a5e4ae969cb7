import { useEffect, useState } from 'react';
import type { RegisterEntry } from '../../../station/contract.ts';
import { entrySchemas, factsOf } from '../../../station/contract.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useRegisterWords } from './useRegisterWords.ts';

type VehicleEntry = Extract<RegisterEntry, { kind: 'vehicle' }>['entry'];

/** 牵引车 and 挂车 as the one combination they make on the scale, while either is being edited. */
export function Combination({ tractor }: { readonly tractor: VehicleEntry }): React.JSX.Element {
  const words = useRegisterWords();
  const general = useWords();
  const { trailerPlate } = tractor;
  const [found, setFound] = useState<{
    readonly plate: string;
    readonly trailer: VehicleEntry | null;
  } | null>(null);
  useEffect(() => {
    let current = true;
    if (trailerPlate !== null) {
      void trailerOf(trailerPlate).then((trailer) => {
        if (current) setFound({ plate: trailerPlate, trailer });
      });
    }
    return () => {
      current = false;
    };
  }, [trailerPlate]);
  const told = (): string => {
    if (trailerPlate === null) return words.noTrailerPlate;
    if (found?.plate !== trailerPlate) return '…';
    if (found.trailer === null) return words.noTrailerEntry(trailerPlate);
    const facts = factsOf(tractor, found.trailer);
    if (facts.axles === null) return words.combinationUnknown;
    return [
      general.axles(facts.axles),
      facts.vehicleClass === null ? null : general.classes[facts.vehicleClass],
      facts.layout ?? words.combinationUnknown,
      facts.driveAxles === null ? null : words.drive(facts.driveAxles),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  };
  return (
    <section className="combination" aria-label={words.combination}>
      <h3>{words.combination}</h3>
      <p>{`${tractor.plate} + ${trailerPlate ?? '—'}`}</p>
      <p role="status">{told()}</p>
    </section>
  );
}

/** A trailer's plate is yellow, as GA 36 has it; the station looks it up so, too. */
async function trailerOf(plate: string): Promise<VehicleEntry | null> {
  const query = { kind: 'vehicle', search: plate, afterKey: null, limit: 20 } as const;
  const page = await station.call('register.list', query);
  if (!page.ok) return null;
  for (const { entry } of page.value.entries) {
    if (entry.kind !== 'vehicle') continue;
    if (entry.entry.plate === plate && entry.entry.colour === 'yellow') return entry.entry;
  }
  return null;
}

/** The vehicle being edited, where it is a tractor whose fields can be understood. */
export function tractorIn(values: Readonly<Record<string, unknown>>): VehicleEntry | null {
  if (values.unit !== 'tractor') return null;
  const stated = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const parsed = entrySchemas.vehicle.safeParse(stated);
  return parsed.success ? parsed.data : null;
}
