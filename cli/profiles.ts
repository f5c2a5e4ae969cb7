import * as z from 'zod';
import { profiles } from '../native/instruments/protocols/profiles.ts';
import { readArguments } from './arguments.ts';
import type { CommandIo } from './io.ts';

/** Lists every profile an indicator can be connected with. Returns the exit code. */
export function runProfiles(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>): number {
  const read = readArguments(args, { values: [], flags: ['json', 'help'], maxPositionals: 0 });
  if (!read.ok) {
    io.err(`yuanheng profiles: ${read.error}`);
    return 2;
  }
  if (read.value.flags.has('help')) {
    io.out('usage: yuanheng profiles [--json]');
    return 0;
  }
  if (read.value.flags.has('json')) {
    io.out(JSON.stringify(profiles.map(described)));
    return 0;
  }
  const width = Math.max(...profiles.map(({ id }) => id.length));
  for (const { id, labelEn, labelZh } of profiles) io.out(`${id.padEnd(width)}  ${labelZh}  ${labelEn}`);
  return 0;
}

function described({ id, options, ...profile }: (typeof profiles)[number]): object {
  const { labelZh, labelEn, makers, mode, selfFraming, directionAmbiguous, line } = profile;
  return {
    id,
    labelZh,
    labelEn,
    makers,
    mode,
    selfFraming,
    directionAmbiguous,
    line,
    options: z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }),
  };
}
