import { shown } from './arguments.ts';
import type { CommandIo } from './io.ts';
import { runVerifySlip, verifySlipUsage } from './verifySlip.ts';

/** Checks what a station gave out. Returns the exit code. */
export function runVerify(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
  nowMs: number,
): number {
  const [what, ...rest] = args;
  switch (what) {
    case 'slip':
      return runVerifySlip(rest, io, nowMs);
    case '--help':
      io.out(`usage: ${verifySlipUsage}`);
      return 0;
    case undefined:
    default:
      io.err(`yuanheng verify: slip, not ${shown(what ?? 'nothing')}`);
      return 2;
  }
}
