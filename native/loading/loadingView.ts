import type { LoadingView } from '../../station/contract.ts';
import type { Desk } from '../desk/desk.ts';

/** What loaders see: the vehicle on the scale, and every truck in the yard with what it may still take. */
export function loadingView(desk: Desk): LoadingView {
  const { settings, mode } = desk.deps;
  return { station: settings.station, mode, scale: null, trucks: [] };
}
