import type { SerialPort } from 'serialport';
import type { Line, LineEvents } from './line.ts';
import { messageOf } from './line.ts';
import type { SerialConfig } from './transportConfig.ts';

/** A serial port as the operating system lists it. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
}

export function openSerialLine(config: SerialConfig, events: LineEvents): Line {
  let closed = false;
  const opening = openPort(config, events, () => closed).catch((problem: unknown) => {
    events.onDown(messageOf(problem));
    return null;
  });
  let open: SerialPort | null = null;
  void opening.then((port) => {
    open = port;
  });
  return {
    send: (bytes) => {
      if (open?.isOpen === true) open.write(Buffer.from(bytes));
    },
    close: async () => {
      closed = true;
      const port = await opening;
      if (port !== null) await release(port);
    },
  };
}

/** Resolves to the open port; to null when it was no longer wanted. */
async function openPort(
  config: SerialConfig,
  events: LineEvents,
  unwanted: () => boolean,
): Promise<SerialPort | null> {
  // Loaded here so that a native module that does not load is a line that is down, not a crash.
  const { SerialPort: Serial } = await import('serialport');
  const path = config.usb === undefined ? config.path : portOfIdentity(await Serial.list(), config);
  if (path === undefined) throw new Error('no serial port is named');
  if (unwanted()) return null;
  const { baudRate, dataBits, parity, stopBits } = config;
  const port = new Serial({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  port.on('error', (problem) => {
    events.onDown(messageOf(problem));
  });
  port.on('close', (problem: unknown) => {
    events.onDown(problem === null || problem === undefined ? 'closed' : messageOf(problem));
  });
  await new Promise<void>((resolve, reject) => {
    port.open((problem) => {
      if (problem === null) resolve();
      else reject(problem);
    });
  });
  try {
    await setModemLines(port, config);
    await dropOldBytes(port);
  } catch (problem) {
    await release(port);
    throw problem;
  }
  if (!unwanted()) {
    port.on('data', (chunk: Uint8Array) => {
      events.onBytes(chunk);
    });
    events.onOpen(
      `${path} ${String(baudRate)} ${String(dataBits)}${parity.charAt(0).toUpperCase()}${String(stopBits)}`,
    );
  }
  return port;
}

/** Throws when the identity fits no port, or several: a weight from another scale's adapter is no weight. */
export function portOfIdentity(
  ports: readonly ListedPort[],
  config: Pick<SerialConfig, 'path' | 'usb'>,
): string {
  const { usb, path } = config;
  if (usb === undefined) throw new Error('no USB identity is configured');
  const same = (seen: string | undefined, wanted: string | undefined): boolean =>
    wanted === undefined || seen?.toLowerCase() === wanted.toLowerCase();
  const fitting = ports.filter(
    (port) =>
      same(port.vendorId, usb.vendorId) &&
      same(port.productId, usb.productId) &&
      same(port.serialNumber, usb.serialNumber),
  );
  const chosen = fitting.length > 1 ? fitting.find((port) => port.path === path) : fitting[0];
  if (chosen !== undefined) return chosen.path;
  const name = [usb.vendorId, usb.productId, usb.serialNumber].filter((part) => part !== undefined).join(':');
  throw new Error(
    fitting.length > 1 ? `several adapters are USB ${name}: state the serial number` : `no USB ${name}`,
  );
}

function setModemLines(port: SerialPort, config: SerialConfig): Promise<void> {
  const { rts, dtr } = config;
  if (rts === undefined && dtr === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    port.set({ ...(rts === undefined ? {} : { rts }), ...(dtr === undefined ? {} : { dtr }) }, (problem) => {
      if (problem === null) resolve();
      else reject(problem);
    });
  });
}

/** What waited in the driver from before the opening is no weight of now. */
function dropOldBytes(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    // A driver that cannot do it is no reason to have no scale.
    port.flush(() => {
      resolve();
    });
  });
}

function release(port: SerialPort): Promise<void> {
  port.removeAllListeners('data');
  return new Promise((resolve) => {
    if (!port.isOpen) {
      resolve();
      return;
    }
    // A port that vanished may report its error here or through its events: it is released either way.
    port.close(() => {
      resolve();
    });
  });
}
