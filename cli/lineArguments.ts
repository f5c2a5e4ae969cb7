import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { TransportConfig } from '../native/instruments/transportConfig.ts';
import { shown, wholeNumber } from './arguments.ts';

export const lineUsage = 'PORT is /dev/ttyUSB0, COM3, tcp:HOST:PORT or udp:PORT:SENDER';

/** A line named on the command line; `baud` and `framing` are for serial ones. */
export function readLine(
  port: string,
  baud: string | undefined,
  framing: string | undefined,
): Result<TransportConfig, string> {
  const rate = wholeNumber('baud', baud ?? '9600', 300, 460_800);
  if (!rate.ok) return rate;
  const parts = /^([78])([NEO])([12])$/.exec(framing ?? '8N1');
  if (parts === null) return err(`--framing must be such as 8N1 or 7E1, not ${shown(framing ?? '')}`);
  const [kind, ...rest] = port.split(':');
  const raw =
    kind === 'tcp'
      ? { kind, host: rest.slice(0, -1).join(':'), port: Number(rest.at(-1)) }
      : kind === 'udp'
        ? { kind, port: Number(rest[0]), allowFrom: rest.slice(1) }
        : {
            kind: 'serial',
            path: port,
            baudRate: rate.value,
            dataBits: Number(parts[1]),
            parity: parts[2] === 'E' ? 'even' : parts[2] === 'O' ? 'odd' : 'none',
            stopBits: Number(parts[3]),
          };
  const parsed = TransportConfig.safeParse(raw);
  return parsed.success ? ok(parsed.data) : err(`${shown(port)} names no line; ${lineUsage}`);
}
