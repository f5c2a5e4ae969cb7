import { spawn } from 'node:child_process';

export interface VirtualDisplay {
  readonly name: string;
  readonly close: () => void;
}

/** The display there is, or an Xvfb of our own on a free number. */
export async function openVirtualDisplay(): Promise<VirtualDisplay> {
  const { DISPLAY } = process.env;
  if (DISPLAY !== undefined && DISPLAY !== '') return { name: DISPLAY, close: () => undefined };
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = child.stdio[3];
  const number = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error('Xvfb ended'));
    });
    pipe?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
  });
  return {
    name: `:${number}`,
    close: () => {
      child.kill();
    },
  };
}
