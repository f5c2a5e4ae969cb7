import * as z from 'zod';
import type { BeamPlace } from '../../../station/contract.ts';
import { beamPlaces } from '../../../station/contract.ts';
import { SerialConfig, TcpConfig } from '../../instruments/transportConfig.ts';

/** The module answers one read; its inputs lie within this many of each other. */
const mostInputs = 128;

const BeamInput = z
  .strictObject({
    /** As on the wire: the first input (10001) or coil (00001) is address 0. */
    address: z.int().min(0).max(65_535),
    /** What a broken beam reads. Wired so that a clear beam closes the input, a cut cable reads as broken. */
    brokenWhen: z.literal([0, 1]).default(0),
  })
  .readonly();
export type BeamInput = z.infer<typeof BeamInput>;

/** Light barriers (光栅) on the digital inputs of a Modbus I/O module that is read, and never written to. */
export const BeamsConfig = z
  .strictObject({
    protocol: z.enum(['modbus-rtu', 'modbus-tcp']),
    transport: z.discriminatedUnion('kind', [SerialConfig, TcpConfig]),
    /** Relay boards of one device on a line often listen to 255, too. */
    unitId: z.int().min(0).max(255).default(1),
    /** 2 reads discrete inputs, 1 coils. */
    functionCode: z.literal([1, 2]).default(2),
    entry: BeamInput,
    exit: BeamInput,
    middle: BeamInput.nullable().default(null),
    pollMs: z.int().min(50).max(2000).default(100),
    /** How long a whole answer may take. */
    answerMs: z.int().min(20).max(2000).default(300),
    /** Nothing is decided while an edge is broken or out of reach; without it that is only flagged and recorded. */
    refuse: z.boolean().default(true),
  })
  .superRefine((config, context) => {
    const issue = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    const addresses = inputsOf(config).map(([, { address }]) => address);
    if (new Set(addresses).size < addresses.length) issue('exit', 'two beams on one input');
    if (Math.max(...addresses) - Math.min(...addresses) >= mostInputs)
      issue('exit', `the inputs must lie within ${String(mostInputs)} of each other`);
    if (config.protocol === 'modbus-rtu' && config.unitId === 0)
      issue('unitId', '1 to 255: 0 is a broadcast, and nobody answers it');
  })
  .readonly();
export type BeamsConfig = z.infer<typeof BeamsConfig>;

/** Which input is which beam. */
export function inputsOf(
  config: Readonly<Record<BeamPlace, BeamInput | null>>,
): readonly (readonly [BeamPlace, BeamInput])[] {
  return beamPlaces.flatMap((place) => {
    const input = config[place];
    return input === null ? [] : [[place, input] as const];
  });
}
