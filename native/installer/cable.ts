import type { Clock } from '../clock.ts';
import type { ConfiguredNeighbour } from '../instruments/bus/lineNeighbour.ts';
import type { BusDeviceStats, BusIndicator } from '../instruments/bus/sharedLine.ts';
import type { SharedLines } from '../instruments/bus/sharedLines.ts';
import { createSharedLines } from '../instruments/bus/sharedLines.ts';
import type { Indicator, IndicatorListeners } from '../instruments/indicator.ts';
import { startIndicator } from '../instruments/indicator.ts';
import type { IndicatorConfig } from '../instruments/indicatorConfig.ts';
import type { TransportState } from '../instruments/transport.ts';

export interface NeighbourView {
  readonly name: string;
  readonly address: string;
  readonly state: TransportState;
  /** What it shows now; null while it shows nothing. Never this lane's weight. */
  readonly kg: number | null;
  readonly stats: BusDeviceStats;
}

export interface Cable {
  readonly own: Indicator;
  readonly neighbours: () => readonly NeighbourView[];
  readonly close: () => Promise<void>;
}

/** A neighbour's weight older than this is none. */
const staleMs = 3000;

/**
 * The lane's own instrument on its line. With neighbours on the cable one poller asks all of them in turn; without, the
 * line is the instrument's alone.
 */
export function openCable(
  own: IndicatorConfig,
  neighbours: readonly ConfiguredNeighbour[],
  listeners: IndicatorListeners,
  clock: Clock,
  onNeighbour: (name: string, state: TransportState) => void,
): Cable {
  if (neighbours.length === 0) {
    const indicator = startIndicator(own, listeners, { clock });
    return { own: indicator, neighbours: () => [], close: () => indicator.close() };
  }
  const lines = createSharedLines({ clock });
  const first = attach(lines, own, listeners);
  const others = neighbours.map(({ name, config }) => {
    let shows: { readonly kg: number; readonly atMs: number } | null = null;
    const indicator = attach(lines, config, {
      onReading: ({ kg, atMs }) => {
        shows = { kg, atMs };
      },
      onState: (state) => {
        if (state.kind !== 'open') shows = null;
        onNeighbour(name, state);
      },
      onFault: () => undefined,
      onRange: () => {
        shows = null;
      },
    });
    const kg = (): number | null =>
      shows !== null && clock.monotonicMs() - shows.atMs <= staleMs ? shows.kg : null;
    return { name, indicator, kg };
  });
  return {
    own: first,
    neighbours: () =>
      others.map(({ name, indicator, kg }) => {
        const stats = indicator.stats();
        return { name, address: stats.address, state: stats.state, kg: kg(), stats };
      }),
    close: async () => {
      await Promise.all([first, ...others.map(({ indicator }) => indicator)].map((each) => each.close()));
    },
  };
}

/** The settings were checked for all that could be wrong here: what is left is a bug. */
function attach(lines: SharedLines, config: IndicatorConfig, listeners: IndicatorListeners): BusIndicator {
  const started = lines.start(config, listeners);
  if (!started.ok) throw new Error(`${started.error.code} ${started.error.detail}`);
  return started.value;
}
