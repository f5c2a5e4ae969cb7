import * as z from 'zod';
import type { DecodedFrame, FrameUnit, InvalidReason } from './protocol.ts';
import type { ShownNumber } from './weight.ts';
import { rejected, weightFrame } from './weight.ts';

/** Where an instrument keeps its weight: one block of registers, read at once, so that all belongs together. */
const maxBlock = 24;
const Offset = z
  .int()
  .min(0)
  .max(maxBlock - 1);

/** One bit of one register of the block. */
const Flag = z.strictObject({ at: Offset, bit: z.int().min(0).max(15), when: z.literal([0, 1]).default(1) });
type Flag = z.infer<typeof Flag>;
const OptionalFlag = Flag.nullable().default(null);

const types = ['int16', 'uint16', 'int32', 'uint32', 'float32'] as const;

export const RegisterMap = z
  .strictObject({
    functionCode: z.literal([3, 4]).default(3),
    /** As on the wire: register 40001 is address 0. */
    firstAddress: z.int().min(0).max(65_535).default(0),
    registers: z.int().min(1).max(maxBlock).default(2),
    weight: z
      .strictObject({
        at: Offset.default(0),
        type: z.enum(types).default('int32'),
        wordOrder: z.enum(['high-first', 'low-first']).default('high-first'),
      })
      .prefault({}),
    /** The sign, where it stands apart from the magnitude. */
    minus: OptionalFlag,
    /** A fixed number of decimals, or the first flag that is set tells it. */
    decimals: z
      .union([
        z.int().min(0).max(5),
        z
          .array(z.strictObject({ flag: Flag, places: z.int().min(0).max(5) }))
          .min(1)
          .max(8),
      ])
      .default(0),
    unit: z.enum(['kg', 't']).default('kg'),
    motion: OptionalFlag,
    net: OptionalFlag,
    over: OptionalFlag,
    under: OptionalFlag,
    /** Each of these makes the number none: the instrument's errors, hold and peak, high resolution. */
    refuse: z
      .array(z.strictObject({ flag: Flag, reason: z.enum(['indicator-error', 'hold', 'expanded', 'unit']) }))
      .max(16)
      .default([]),
  })
  .refine((map) => map.weight.at + registersOf(map.weight.type) <= map.registers, {
    message: 'the weight reaches beyond the block',
    path: ['weight', 'at'],
  })
  .refine((map) => map.firstAddress + map.registers <= 65_536, {
    message: 'the block reaches beyond the last register',
    path: ['registers'],
  })
  .refine((map) => flagsOf(map).every(({ at }) => at < map.registers), {
    message: 'a flag lies beyond the block',
    path: ['registers'],
  });
export type RegisterMap = z.infer<typeof RegisterMap>;

function registersOf(type: (typeof types)[number]): number {
  return type === 'int16' || type === 'uint16' ? 1 : 2;
}

interface FlagHolder {
  readonly minus: Flag | null;
  readonly motion: Flag | null;
  readonly net: Flag | null;
  readonly over: Flag | null;
  readonly under: Flag | null;
  readonly refuse: readonly { readonly flag: Flag }[];
  readonly decimals: number | readonly { readonly flag: Flag }[];
}

function flagsOf(map: FlagHolder): Flag[] {
  const single = [map.minus, map.motion, map.net, map.over, map.under].filter((flag) => flag !== null);
  const listed = [...map.refuse, ...(typeof map.decimals === 'number' ? [] : map.decimals)];
  return [...single, ...listed.map(({ flag }) => flag)];
}

/** What a block of registers says, by its map. `raw` is what the reading is kept with. */
export function readRegisters(map: RegisterMap, registers: readonly number[], raw: string): DecodedFrame {
  const isSet = (flag: Flag): boolean => (((registers[flag.at] ?? 0) >> flag.bit) & 1) === flag.when;
  const said = (flag: Flag | null): boolean | null => (flag === null ? null : isSet(flag));
  if (registers.length !== map.registers) return rejected('form', raw);
  const refusal = map.refuse.find(({ flag }) => isSet(flag));
  if (refusal !== undefined) return rejected(refusal.reason satisfies InvalidReason, raw);
  const decimals =
    typeof map.decimals === 'number' ? map.decimals : map.decimals.find(({ flag }) => isSet(flag))?.places;
  if (decimals === undefined) return rejected('form', raw);
  const number = numberOf(map, registers, decimals);
  // A sign beside the magnitude: a magnitude with its own sign means that the map is wrong.
  if (number === null || (map.minus !== null && number.negative)) return rejected('form', raw);
  const unit: FrameUnit = map.unit;
  return weightFrame(
    map.minus === null ? number : { ...number, negative: isSet(map.minus) },
    {
      unit: null,
      silentUnit: unit,
      motion: said(map.motion),
      overload: said(map.over) === true ? 'over' : said(map.under) === true ? 'under' : null,
      net: said(map.net),
    },
    raw,
  );
}

function numberOf(map: RegisterMap, registers: readonly number[], decimals: number): ShownNumber | null {
  const { at, type, wordOrder } = map.weight;
  const first = registers[at] ?? 0;
  const bytes = new DataView(new ArrayBuffer(4));
  if (registersOf(type) === 1) bytes.setUint16(0, first);
  else {
    const second = registers[at + 1] ?? 0;
    bytes.setUint16(0, wordOrder === 'high-first' ? first : second);
    bytes.setUint16(2, wordOrder === 'high-first' ? second : first);
  }
  switch (type) {
    case 'int16':
      return integer(bytes.getInt16(0), decimals);
    case 'uint16':
      return integer(bytes.getUint16(0), decimals);
    case 'int32':
      return integer(bytes.getInt32(0), decimals);
    case 'uint32':
      return integer(bytes.getUint32(0), decimals);
    case 'float32':
      return shownByFloat(bytes.getFloat32(0), decimals);
  }
}

function integer(value: number, decimals: number): ShownNumber {
  return { negative: value < 0, shown: Math.abs(value), decimals };
}

const maxFloatShown = 2 ** 24;

/**
 * The number of so many decimals that this float is the nearest to; none when it is finer than they can say
 * or too large for a float to hold every digit. Nothing is rounded to fit.
 */
function shownByFloat(value: number, decimals: number): ShownNumber | null {
  const shown = Math.round(Math.abs(value) * 10 ** decimals);
  if (!(shown <= maxFloatShown) || Math.fround(shown / 10 ** decimals) !== Math.abs(value)) return null;
  return { negative: value < 0, shown, decimals };
}
