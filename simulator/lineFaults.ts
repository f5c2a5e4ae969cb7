import { assertNever } from '../station/assertNever.ts';

/** What can be wrong with the line between an indicator and the station. */
export const lineFaults = [
  'none',
  'noise',
  'half-frames',
  'wrong-checksums',
  'silence',
  'unplugged',
] as const;
export type LineFault = (typeof lineFaults)[number];

/** What arrives at the far end of the line when `frame` was sent. `chance` gives 0..1. */
export function disturb(frame: Uint8Array, fault: LineFault, chance: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(chance() * limit);
  switch (fault) {
    case 'none':
      return frame;
    case 'silence':
    case 'unplugged':
      return new Uint8Array();
    case 'half-frames': {
      const cut = 1 + below(frame.length - 1);
      return chance() < 0.5 ? frame.slice(0, cut) : frame.slice(cut);
    }
    case 'wrong-checksums': {
      const wrong = Uint8Array.from(frame);
      const digit = 2 + below(6);
      // One flipped bit keeps a digit a digit and always changes the XOR.
      wrong[digit] = (wrong[digit] ?? 0x30) ^ 0x01;
      return wrong;
    }
    case 'noise': {
      const burst = Uint8Array.from({ length: below(9) }, () => below(256));
      if (chance() < 0.3) return Uint8Array.of(...burst, ...frame);
      const at = below(frame.length);
      return Uint8Array.of(...frame.slice(0, at), ...burst, ...frame.slice(at + below(3)));
    }
    default:
      return assertNever(fault);
  }
}
