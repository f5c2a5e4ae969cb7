import { readFileSync } from 'node:fs';
import type { Heard } from '../native/cameras/heard.ts';
import type { CameraKind } from '../native/cameras/cameraSettings.ts';
import { cameraKinds } from '../native/cameras/cameraSettings.ts';
import { discover } from '../native/cameras/onvif/discovery.ts';
import { readCapture } from '../native/cameras/readCapture.ts';
import { oneOf, readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

const usage =
  'usage: yuanheng cameras find [--seconds N] [--address HOST] [--port N]\n' +
  '       yuanheng cameras read KIND FILE';
const readable = cameraKinds.filter(
  (kind): kind is Exclude<CameraKind, 'onvif' | 'picture'> => kind !== 'onvif' && kind !== 'picture',
);

/** Looks for ONVIF cameras on the network, and reads what a camera sent out of a file. Returns the exit code. */
export async function runCameras(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  const read = readArguments(args, {
    values: ['seconds', 'address', 'port'],
    flags: ['help'],
    maxPositionals: 3,
  });
  const refuse = (message: string): number => {
    io.err(`yuanheng cameras: ${message}`);
    return 2;
  };
  if (!read.ok) return refuse(read.error);
  const { values, flags, positionals } = read.value;
  if (flags.has('help')) {
    io.out(usage);
    return 0;
  }
  const [what, kind = '', file = ''] = positionals;
  if (what === 'read') {
    const known = oneOf('KIND', kind, readable);
    if (!known.ok) return refuse(known.error.replace('--KIND', 'KIND'));
    return readFile(known.value, file, io);
  }
  if (what !== 'find' || positionals.length > 1) {
    return refuse('say find, or read KIND FILE; yuanheng cameras --help');
  }
  const seconds = wholeNumber('seconds', values.seconds ?? '4', 1, 60);
  if (!seconds.ok) return refuse(seconds.error);
  const port = wholeNumber('port', values.port ?? '3702', 1, 65_535);
  if (!port.ok) return refuse(port.error);
  try {
    const found = await discover({
      waitMs: seconds.value * 1000,
      port: port.value,
      ...(values.address === undefined ? {} : { host: values.address }),
    });
    for (const camera of found) io.out(JSON.stringify(camera));
    if (found.length > 0) return 0;
    io.err(
      'yuanheng cameras: no ONVIF camera answered; many have ONVIF switched off until it is allowed there',
    );
    return 1;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem));
  }
}

function readFile(
  kind: Exclude<CameraKind, 'onvif' | 'picture'>,
  file: string,
  io: Pick<CommandIo, 'out' | 'err'>,
): number {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (problem) {
    io.err(`yuanheng cameras: ${shown(problem instanceof Error ? problem.message : String(problem))}`);
    return 2;
  }
  const heard = readCapture(kind, bytes);
  for (const each of heard) io.out(JSON.stringify(told(each)));
  return heard.some((each) => each.kind === 'plate') ? 0 : 1;
}

/** Without the bytes of the pictures. */
function told(heard: Heard): object {
  if (heard.kind !== 'plate') return heard;
  const { pictures, ...event } = heard.event;
  return {
    ...event,
    pictures: pictures.map(({ role, bytes }) => ({ role, bytes: bytes.length })),
    flaws: heard.flaws,
  };
}
