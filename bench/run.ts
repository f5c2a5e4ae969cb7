/**
 * `npm run bench`: every figure beside a baseline measured in the same run; `-- NAME…` for some of them; `-- --long` for
 * the longest ledger and the most passages.
 */
import { benchCameras } from './cameras.ts';
import { benchCommit } from './commit.ts';
import { benchCopies } from './copies.ts';
import { benchDecide } from './decide.ts';
import { benchDecode } from './decode.ts';
import { benchDesktop } from './desktop.ts';
import { benchEightCameras } from './eightCameras.ts';
import { benchInstruments } from './instruments.ts';
import { benchRecognition } from './recognition.ts';
import { benchPictures } from './pictures.ts';
import { benchRegister } from './register.ts';
import { benchSlipCode } from './slipCode.ts';
import { benchTrace } from './trace.ts';
import { benchBundle, benchVerify } from './verify.ts';

const long = process.argv.includes('--long');
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  decode: benchDecode,
  instruments: benchInstruments,
  cameras: benchCameras,
  'eight-cameras': benchEightCameras,
  commit: benchCommit,
  pictures: benchPictures,
  copies: benchCopies,
  decide: benchDecide,
  register: benchRegister,
  recognition: () => benchRecognition(6),
  trace: () => {
    benchTrace(long);
  },
  verify: () => benchVerify(long),
  bundle: benchBundle,
  'slip-code': benchSlipCode,
  desktop: benchDesktop,
};
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(' ')}; there are ${Object.keys(benches).join(' ')}`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : long ? ['trace', 'verify'] : Object.keys(benches);
for (const name of names) await benches[name]?.();
process.exit(0);
