/** `npm run bench`: every figure beside a baseline measured in the same run. */
import { benchCommit } from './commit.ts';
import { benchDesktop } from './desktop.ts';

await import('./decode.ts');
benchCommit();
await benchDesktop();
process.exit(0);
