import { create } from 'zustand';
import { showScreen } from './preferences.ts';
import { station } from './station.ts';

/** `always`: an inspector's login; `chosen`: this desk was made an inspector's, by the station, for a while. */
export type Inspecting = 'no' | 'chosen' | 'always';

export const useInspecting = create<{ readonly inspecting: Inspecting }>(() => ({ inspecting: 'no' }));

export async function inspect(on: boolean): Promise<boolean> {
  const made = await station.call('inspection.mode', { on });
  if (!made.ok) return false;
  useInspecting.setState({ inspecting: on ? 'chosen' : 'no' });
  showScreen(on ? 'inspection' : 'weighing');
  return true;
}

/** A line that was lost begins as a desk's again: what was chosen is asked for anew. */
export function lineCameUp(inspector: boolean): void {
  const { inspecting } = useInspecting.getState();
  if (inspector) {
    useInspecting.setState({ inspecting: 'always' });
    if (inspecting === 'no') showScreen('inspection');
  } else if (inspecting === 'chosen') {
    void station.call('inspection.mode', { on: true });
  }
}
