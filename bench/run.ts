/** `npm run bench`: every figure beside a baseline measured in the same run. */
import { benchCommit } from './commit.ts';
import { benchCopies } from './copies.ts';
import { benchDecide } from './decide.ts';
import { benchDecode } from './decode.ts';
import { benchDesktop } from './desktop.ts';
import { benchInstruments } from './instruments.ts';
import { benchRegister } from './register.ts';

await benchDecode();
await benchInstruments();
benchCommit();
await benchCopies();
benchDecide();
await benchRegister();
await benchDesktop();
process.exit(0);
