import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's own Python has Debian's pymodbus. */
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('./modbusSlave.py', import.meta.url));

export interface ModbusSlave {
  /** Of a slave on TCP; 0 on a serial line. */
  readonly port: number;
  /** Resolves when whoever asks from now on reads these. */
  readonly set: (
    unit: number,
    address: number,
    values: readonly number[],
    table?: 'h' | 'i' | 'c' | 'd',
  ) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startModbusSlave(
  place: { readonly path: string } | { readonly port: number },
): Promise<ModbusSlave> {
  const where = 'path' in place ? ['rtu', place.path] : ['tcp', String(place.port)];
  const slave = spawn(python, [script, ...where], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(slave, 'exit');
  slave.stdin.on('error', () => undefined);
  let complaint = '';
  slave.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  const lines = createInterface({ input: slave.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the Modbus slave ended: ${complaint}`);
    return value;
  };
  const ready = await answer();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    port: Number(ready.split(' ')[1] ?? 0),
    set(unit, address, values, table = 'h') {
      const done = turn.then(async () => {
        slave.stdin.write(`${JSON.stringify({ unit, table, address, values })}\n`);
        await answer();
      });
      turn = done.catch(() => undefined);
      return done;
    },
    stop: async () => {
      slave.kill('SIGKILL');
      await ended;
    },
  };
}
