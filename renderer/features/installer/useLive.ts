import { useEffect, useState } from 'react';
import type { CallOutput, InstrumentLive } from '../../../station/contract.ts';
import { station } from '../../store/station.ts';

const everyMs = 500;

export type Found = CallOutput<'instrument.found'>;

/** What the line says and what detection has found, looked at twice a second while the screen is open. */
export function useLive(): { readonly live: InstrumentLive | null; readonly found: Found | null } {
  const [live, setLive] = useState<InstrumentLive | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let open = true;
    const look = async (): Promise<void> => {
      const [seen, searched] = await Promise.all([
        station.call('instrument.live', {}),
        station.call('instrument.found', {}),
      ]);
      if (!open) return;
      if (seen.ok) setLive(seen.value);
      if (searched.ok) setFound(searched.value);
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, []);
  return { live, found };
}
