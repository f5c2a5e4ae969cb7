import { existsSync, readFileSync } from 'node:fs';
import type { KeySecret } from '../native/keys/keySecret.ts';
import { knownSecret } from '../native/keys/keySecret.ts';
import type { CommandIo } from './io.ts';
import { shown } from './arguments.ts';

const help = `Yuanheng 源衡: a weighbridge station
  yuanheng serve --data DIR [--config FILE] [--port N]   the station, its screens in the browser
  yuanheng sim …                                         a simulated yard (see yuanheng sim --help)
  yuanheng platform …                                    a reference city platform (see yuanheng platform --help)
  yuanheng profiles [--json]                             the indicators that can be connected
  yuanheng detect PORT|FILE [--json]                     which profile and line settings the bytes fit
  yuanheng capture PORT FILE                             what a line says, with its timing, into a file
  yuanheng replay FILE PORT                              a capture played into a tty or a TCP port
  yuanheng decode --profile ID [--options JSON] [--hex] [FILE|-]
                                                         one JSON line for each frame of a recorded stream
  yuanheng cameras find|read …                           ONVIF cameras nearby; what a camera sent, out of a file
  yuanheng limit --axles N --class CLASS … --gross KG    the legal decision on one vehicle, as JSON
  yuanheng rules keygen|export|sign|verify …             rule sets, signed for stations
  yuanheng redecide --data DIR [--rules FILE]            every stored decision made again
  yuanheng keys --data DIR [--out FILE]                  the station's published keys
  yuanheng verify slip TEXT|- --keys FILE                a paper's code checked
  yuanheng verifier --keys FILE --out verifier.html      the offline verifier for telephones
  yuanheng trace --data DIR --plate TEXT [--at TIME] …   from a truck found on the road to its passage
  yuanheng gate-ledger --data DIR --from DAY --to DAY --out FILE
                                                         the emission-gate ledger as .xlsx or .csv
  yuanheng evidence --data DIR (--number N | --from DAY --to DAY) --out FILE.zip
                                                         one passage or a period, for a stranger to check
  yuanheng verify bundle FILE [--keys FILE]              whether an evidence bundle holds
  yuanheng verify data DIR [--anchors FILE…]             whether a whole store holds
  yuanheng backup --data DIR --to PLACE                  a proven copy, while the station runs or not
  yuanheng restore --from PLACE --data DIR               a backup in the place of a lost store
  yuanheng --help | --version
A wrong argument gives one line on standard error and exit code 2.`;

const known = [
  'serve',
  'sim',
  'platform',
  'profiles',
  'detect',
  'capture',
  'replay',
  'decode',
  'cameras',
  'limit',
  'rules',
  'redecide',
  'keys',
  'verify',
  'verifier',
  'trace',
  'gate-ledger',
  'evidence',
  'backup',
  'restore',
];

/** Runs one command and returns its exit code. Each command loads only what it needs. */
export async function main(
  args: readonly string[],
  /** Of the station's key, where a desktop's secret store has it; otherwise it comes from the account. */
  storeSecret: KeySecret | null = null,
): Promise<number> {
  const secret = (): string | null => {
    if (storeSecret === null) return knownSecret();
    return storeSecret.kind === 'open' ? storeSecret.secret : null;
  };
  const [command, ...rest] = args;
  const io = terminalIo();
  switch (command) {
    case 'limit': {
      const { runLimit } = await import('./limit.ts');
      return runLimit(rest, io, Date.now());
    }
    case 'decode': {
      const { runDecode } = await import('./decode.ts');
      return runDecode(rest, io, process);
    }
    case 'profiles': {
      const { runProfiles } = await import('./profiles.ts');
      return runProfiles(rest, io);
    }
    case 'detect': {
      const { runDetect } = await import('./detect.ts');
      return runDetect(rest, untilStopped(io));
    }
    case 'cameras': {
      const { runCameras } = await import('./cameras.ts');
      return runCameras(rest, io);
    }
    case 'capture': {
      const { runCapture } = await import('./capture.ts');
      return runCapture(rest, untilStopped(io), Date.now);
    }
    case 'replay': {
      const { runReplay } = await import('./replay.ts');
      return runReplay(rest, untilStopped(io));
    }
    case 'rules': {
      const { runRules } = await import('./rules.ts');
      return runRules(rest, io);
    }
    case 'redecide': {
      const { runRedecide } = await import('./redecide.ts');
      return runRedecide(rest, io);
    }
    case 'keys': {
      const { runKeys } = await import('./keys.ts');
      return runKeys(rest, io, Date.now(), secret());
    }
    case 'verifier': {
      const { runVerifier } = await import('./verifier.ts');
      return runVerifier(rest, io);
    }
    case 'trace': {
      const { runTrace } = await import('./trace.ts');
      return runTrace(rest, io);
    }
    case 'gate-ledger': {
      const { runGateLedger } = await import('./gateLedger.ts');
      return runGateLedger(rest, io);
    }
    case 'evidence': {
      const { runEvidence } = await import('./evidence.ts');
      return runEvidence(rest, io, secret());
    }
    case 'verify': {
      const { runVerify } = await import('./verify.ts');
      return runVerify(rest, io, Date.now());
    }
    case 'backup': {
      const { runBackup } = await import('./backup.ts');
      return runBackup(rest, untilStopped(io), secret());
    }
    case 'restore': {
      const { runRestore } = await import('./restore.ts');
      return runRestore(rest, { ...io, env: process.env }, secret());
    }
    case 'serve': {
      const { runServe } = await import('./serve.ts');
      return runServe(rest, untilStopped(io), storeSecret);
    }
    case 'sim': {
      const { runSimulator } = await import('../simulator/main.ts');
      return runSimulator(rest, untilStopped(io));
    }
    case 'platform': {
      const { runPlatform } = await import('../platform/main.ts');
      return runPlatform(rest, untilStopped(io));
    }
    case '--help':
    case '-h':
    case 'help':
      io.out(help);
      return 0;
    case '--version':
    case '-V':
      io.out(version());
      return 0;
    case undefined:
      io.err('yuanheng: which command? yuanheng --help names them all');
      return 2;
    default:
      io.err(`yuanheng: unknown command ${shown(command)}; known are ${known.join(', ')}`);
      return 2;
  }
}

function version(): string {
  // From the sources it lies one folder up, from the bundle in dist/cli two.
  const file = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  if (file === undefined) return 'unknown';
  const text = readFileSync(file, 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : 'unknown';
}

function terminalIo(): Pick<CommandIo, 'out' | 'err'> {
  const line = (stream: NodeJS.WriteStream) => (text: string) => {
    stream.write(`${text}\n`);
  };
  // A reader that went away is no error of the command's.
  process.stdout.on('error', () => undefined);
  return { out: line(process.stdout), err: line(process.stderr) };
}

/** The first signal asks the command to end; a second one ends it as the system would. */
function untilStopped(io: Pick<CommandIo, 'out' | 'err'>): CommandIo {
  const controller = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        controller.abort();
        resolve();
      });
    }
  });
  return { ...io, error: io.err, env: process.env, signal: controller.signal, stopped };
}
