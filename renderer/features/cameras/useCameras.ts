import { useEffect, useState } from 'react';
import type { CallError, CallOutput } from '../../../station/contract.ts';
import { station } from '../../store/station.ts';

const everyMs = 2000;

/** The cameras as they stand, looked at every two seconds while the screen is open. */
export function useCameras(): {
  readonly listed: CallOutput<'cameras.list'> | null;
  readonly error: CallError | null;
} {
  const [listed, setListed] = useState<CallOutput<'cameras.list'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => {
    let current = true;
    const look = async (): Promise<void> => {
      const got = await station.call('cameras.list', {});
      if (!current) return;
      if (got.ok) setListed(got.value);
      setError(got.ok ? null : got.error);
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, []);
  return { listed, error };
}
