import { SerialPort } from 'serialport';
import type { Output } from './output.ts';
import { mostUnreadBytes, replugMs } from './output.ts';

/**
 * Writes the frames to a tty, raw, 8N1. A tty that goes away is opened again when it is back.
 * Rejects when it cannot be opened the first time.
 */
export async function openTty(path: string, baudRate = 9600): Promise<Output> {
  let closed = false;
  let plugged = true;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  const openAgain = (): void => {
    clearTimeout(retry);
    if (closed || !plugged || port.isOpen || port.opening) return;
    port.open((problem) => {
      if (problem !== null) retry = setTimeout(openAgain, replugMs);
    });
  };
  await new Promise<void>((resolve, reject) => {
    port.open((problem) => {
      if (problem === null) resolve();
      else reject(problem);
    });
  });
  port.resume();
  port.on('error', () => {
    if (port.isOpen) port.close();
  });
  port.on('close', () => {
    if (!closed && plugged) retry = setTimeout(openAgain, replugMs);
  });
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      if (!port.isOpen) resolve();
      else {
        port.close(() => {
          resolve();
        });
      }
    });
  return {
    tcpPort: null,
    listening: () => port.isOpen,
    write: (bytes) => {
      if (port.isOpen && port.writableLength <= mostUnreadBytes) port.write(Buffer.from(bytes));
    },
    unplug: () => {
      plugged = false;
      void shut();
    },
    plug: () => {
      plugged = true;
      openAgain();
    },
    close: () => {
      closed = true;
      clearTimeout(retry);
      return shut();
    },
  };
}
