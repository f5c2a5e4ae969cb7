/** `npm run bench`: every figure beside a baseline measured in the same run. */
import { benchCameras } from './cameras.ts';
import { benchCommit } from './commit.ts';
import { benchDecide } from './decide.ts';
import { benchDecode } from './decode.ts';
import { benchDesktop } from './desktop.ts';
import { benchInstruments } from './instruments.ts';
import { benchRegister } from './register.ts';
import { benchTrace } from './trace.ts';

await benchDecode();
await benchInstruments();
await benchCameras();
benchCommit();
benchDecide();
await benchRegister();
benchTrace();
await benchDesktop();
process.exit(0);
