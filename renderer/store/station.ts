import { create } from 'zustand';
import type { LoadingView, StationView, WeightView } from '../../station/contract.ts';
import { StationClient } from '../transport/client.ts';
import type { Connection } from '../transport/connect.ts';
import { connect } from '../transport/connect.ts';

interface StationState {
  readonly connection: Connection;
  readonly view: StationView | null;
}

export const useStation = create<StationState>(() => ({ connection: { kind: 'connecting' }, view: null }));

/** Kept apart: it changes with every frame, and only the big number follows it. */
export const useWeight = create<{ readonly weight: WeightView | null }>(() => ({ weight: null }));

/** What loaders see. */
export const useLoading = create<{ readonly loading: LoadingView | null }>(() => ({ loading: null }));

export const station = new StationClient((event) => {
  if (event.event === 'weight') useWeight.setState({ weight: event.weight });
  else if (event.event === 'view') useStation.setState({ view: event.view });
  else useLoading.setState({ loading: event.loading });
});

export function openStationLine(): void {
  connect(station, (connection) => {
    // Without the station there is no weight: an old number must not stand on the screen.
    if (connection.kind !== 'up') useWeight.setState({ weight: null });
    useStation.setState({ connection });
  });
}
