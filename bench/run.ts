/** `npm run bench`: every figure beside a baseline measured in the same run; `-- --long` for the longest ledger. */
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
import { benchTrace } from './trace.ts';
import { benchBundle, benchVerify } from './verify.ts';

if (process.argv.includes('--long')) {
  await benchVerify(true);
  process.exit(0);
}
await benchDecode();
await benchInstruments();
await benchCameras();
await benchEightCameras();
benchCommit();
await benchPictures();
await benchCopies();
benchDecide();
await benchRegister();
await benchRecognition(6);
benchTrace();
await benchVerify();
await benchBundle();
await benchDesktop();
process.exit(0);
