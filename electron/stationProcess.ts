/** Entry of the station process in the desktop program: the same host as `yuanheng serve`, other transports. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleOf } from '../native/console/consoleOf.ts';
import { openDrillStation } from '../native/drill.ts';
import type { Station } from '../native/host.ts';
import { openStation } from '../native/host.ts';
import type { KeySecret } from '../native/keys/keySecret.ts';
import { keySecret } from '../native/keys/keySecret.ts';
import type { PaperPrinter, PrintFailure } from '../native/printers/printer.ts';
import { err, ok } from '../station/result.ts';
import { paintPage } from '../station/slips/paintSvg.ts';
import { registerOfTheYard } from '../simulator/trucks.ts';
import { startYard } from '../simulator/yard.ts';
import { ToStation } from './messages.ts';
import type { HandedSecret, ToMain } from './messages.ts';

const micronsPerMm = 1000;
const printAnswerMs = 60_000;
const { values } = parseArgs({
  options: { data: { type: 'string' }, config: { type: 'string' }, demo: { type: 'boolean' } },
  strict: false,
});
const dataDir = String(values.data);
const parent = process.parentPort;
const printing = new Map<string, (answer: { ok: boolean; error?: string | undefined }) => void>();

function say(message: ToMain): void {
  parent.postMessage(message);
}

const printer: PaperPrinter = (paper, name) =>
  new Promise((resolve) => {
    const id = randomUUID();
    // The papers after this one do not wait for a shell that never answers.
    const late = setTimeout(() => {
      printing.get(id)?.({ ok: false, error: '打印没有回音 No answer about the printing' });
    }, printAnswerMs);
    printing.set(id, ({ ok: done, error }) => {
      clearTimeout(late);
      printing.delete(id);
      const failure: PrintFailure = { code: 'refused', detail: error ?? '' };
      resolve(done ? ok({ detail: name ?? '' }) : err(failure));
    });
    say({
      kind: 'print',
      id,
      html: paintPage(paper),
      widthMicrons: Math.round(paper.widthMm * micronsPerMm),
      heightMicrons: Math.round(paper.heightMm * micronsPerMm),
      printer: name,
    });
  });

/** Resolved by the first message. */
let begin: (secret: HandedSecret) => void;
const handed = new Promise<HandedSecret>((resolve) => {
  begin = resolve;
});
const renewing: ((secret: HandedSecret) => void)[] = [];

function asSecret(secret: HandedSecret): KeySecret {
  if (secret.kind === 'own') return keySecret();
  return secret.kind === 'closed' ? secret : { kind: 'open', place: 'os-store', secret: secret.secret };
}

async function askNewSecret(): Promise<KeySecret> {
  const renewed = new Promise<HandedSecret>((resolve) => {
    renewing.push(resolve);
  });
  say({ kind: 'new-secret' });
  return asSecret(await renewed);
}

function open(secret: HandedSecret): Promise<Station> {
  const key = { keySecret: asSecret(secret), newKeySecret: askNewSecret };
  if (values.demo === true) {
    return openDrillStation({
      dataDir,
      printer,
      ...key,
      register: registerOfTheYard,
      startYard: () =>
        startYard({
          output: { tcpPort: 0 },
          cameraUrl: null,
          seed: 1,
          pace: 1,
          dwellMs: 300_000,
          picturesDir: join(import.meta.dirname, '..', 'pictures'),
          onEvent: () => undefined,
        }),
    });
  }
  const config = typeof values.config === 'string' ? { configFile: values.config } : {};
  return openStation({
    dataDir,
    printer,
    ...config,
    ...key,
    log: (line) => {
      console.error(line);
    },
    // The supervisor starts a process that ended; the new one reads the new settings.
    onRestart: () => {
      void opening
        .then((station) => station.close())
        .finally(() => {
          process.exit(0);
        });
    },
  });
}

/** Telephones and the office see the same screens, where the yard has set it up. */
async function serveToo(station: Station): Promise<void> {
  if (!station.settings.console.serve) return;
  try {
    await consoleOf(() => station, { screensDir: join(import.meta.dirname, '..', 'renderer') });
  } catch (problem) {
    console.error(`browser console: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

const opening = handed.then(open);
opening.then(
  (station) => {
    say({ kind: 'ready' });
    void serveToo(station);
  },
  (problem: unknown) => {
    const detail = problem instanceof Error ? problem.message : String(problem);
    console.error(detail);
    say({ kind: 'failed', detail: detail.slice(0, 2000) });
    setImmediate(() => {
      process.exit(1);
    });
  },
);

parent.on('message', ({ data, ports }) => {
  const message = ToStation.safeParse(data);
  if (!message.success) return;
  const said = message.data;
  if (said.kind === 'start') {
    begin(said.secret);
  } else if (said.kind === 'new-secret') {
    for (const resolve of renewing.splice(0)) resolve(said.secret);
  } else if (said.kind === 'printed') {
    printing.get(said.id)?.(said);
  } else if (said.kind === 'window-port') {
    const [port] = ports;
    if (port !== undefined)
      void opening.then((station) => {
        carry(station, port);
      });
  } else {
    void opening
      .then((station) => station.close())
      .finally(() => {
        process.exit(0);
      });
  }
});

function carry(station: Station, port: Electron.MessagePortMain): void {
  const connection = station.connect({
    post: (message) => {
      port.postMessage(message);
    },
  });
  port.on('message', ({ data }) => {
    connection.receive(data);
  });
  port.on('close', connection.close);
  port.start();
}
