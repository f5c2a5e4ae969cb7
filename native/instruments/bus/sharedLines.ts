import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../../station/assertNever.ts';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { IndicatorListeners } from '../indicator.ts';
import type { IndicatorConfig } from '../indicatorConfig.ts';
import type { TransportConfig } from '../transportConfig.ts';
import type { AttachProblem, BusIndicator, SharedLine, SharedLineDeps } from './sharedLine.ts';
import { openSharedLine, SharedLineConfig } from './sharedLine.ts';

/** The lines of a station: whoever names the same line shares it. */
export interface SharedLines {
  /** As `startIndicator`, but for an addressed, polled instrument; the last one to close releases the line. */
  readonly start: (
    config: IndicatorConfig,
    listeners: IndicatorListeners,
  ) => Result<BusIndicator, AttachProblem>;
}

interface Used {
  readonly transport: TransportConfig;
  readonly line: SharedLine;
  users: number;
}

export function createSharedLines(
  deps: SharedLineDeps,
  timing: Omit<Partial<SharedLineConfig>, 'transport'> = {},
): SharedLines {
  const lines = new Map<string, Used>();

  function release(name: string, used: Used): Promise<void> {
    used.users -= 1;
    if (used.users > 0) return Promise.resolve();
    if (lines.get(name) === used) lines.delete(name);
    return used.line.close();
  }

  return {
    start(config, listeners) {
      const { transport } = config;
      const name = lineName(transport);
      const known = lines.get(name);
      if (known !== undefined && !isDeepStrictEqual(known.transport, transport))
        return err({ code: 'line-differs', detail: name });
      const used = known ?? {
        transport,
        line: openSharedLine(SharedLineConfig.parse({ ...timing, transport }), deps),
        users: 0,
      };
      lines.set(name, used);
      used.users += 1;
      const attached = used.line.attach(config, listeners);
      if (!attached.ok) {
        void release(name, used);
        return attached;
      }
      const indicator = attached.value;
      let open = true;
      return ok({
        stats: indicator.stats,
        close: async () => {
          if (!open) return;
          open = false;
          await indicator.close();
          await release(name, used);
        },
      });
    },
  };
}

/** Two configurations with the same name mean the same piece of wire. */
function lineName(transport: TransportConfig): string {
  switch (transport.kind) {
    case 'serial': {
      const { usb, path } = transport;
      return `serial ${usb === undefined ? (path ?? '') : JSON.stringify([usb, path])}`;
    }
    case 'tcp':
      return `tcp ${transport.host}:${String(transport.port)}`;
    case 'tcp-server':
    case 'udp':
      return `${transport.kind} ${String(transport.port)}`;
    default:
      return assertNever(transport);
  }
}
