import * as z from 'zod';
import { BeamPlace, BeamState } from '../weighing/beams.ts';
import { FieldProblem } from './instrument.ts';
import { None } from './units.ts';

/** The beams' part of the settings as typed; wrong fields come back by name. */
export const BeamsInput = z.record(z.string(), z.unknown());

/** Why nothing is known of the inputs. */
export const BeamTrouble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), detail: z.string() }),
  z.object({ kind: z.literal('silent'), detail: z.string() }),
  /** It answers that it will not: a Modbus exception code. */
  z.object({ kind: z.literal('exception'), code: z.int() }),
]);
export type BeamTrouble = z.infer<typeof BeamTrouble>;

export const BeamsLive = z.object({
  /** `own`: the configured inputs guard the lane; `try`: others are being tried. */
  source: z.enum(['none', 'own', 'try']),
  state: z.enum(['connecting', 'ok', 'down']),
  trouble: BeamTrouble.nullable(),
  inputs: z.array(
    z.object({
      place: BeamPlace,
      /** What the input reads; null while nothing is heard. */
      on: z.boolean().nullable(),
      state: BeamState,
    }),
  ),
  asked: z.int(),
  answered: z.int(),
});
export type BeamsLive = z.infer<typeof BeamsLive>;

const Problems = z.object({ problems: z.array(FieldProblem) });

export const beamsCalls = {
  /** As configured; null when there are none. */
  'beams.get': { input: None, output: z.object({ beams: BeamsInput.nullable() }) },
  'beams.live': { input: None, output: BeamsLive },
  /** Reads these inputs for up to two minutes; the lane has no beams meanwhile. */
  'beams.try': { input: z.object({ beams: BeamsInput }), output: Problems },
  'beams.stop': { input: None, output: None },
  /** Writes the settings file and starts anew; null takes the beams away. Not while a vehicle stands on the scale. */
  'beams.save': { input: z.object({ beams: BeamsInput.nullable() }), output: Problems },
} as const;
