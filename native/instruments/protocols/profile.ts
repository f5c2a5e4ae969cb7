import * as z from 'zod';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';

export type LineFraming = '8N1' | '8E1' | '8O1' | '8N2' | '7E1' | '7O1' | '7N1';

/** What an installer tries first; the first of each list is the default. */
export interface LineDefaults {
  readonly baudRates: readonly number[];
  readonly framings: readonly LineFraming[];
}

/**
 * How well the bytes prove themselves: by a sum over them, by a form in which every place is known, or hardly.
 * Weak ones only yield what two frames in a row say.
 */
export type SelfFraming = 'checksum' | 'fixed-form' | 'weak';

export interface OptionProblem {
  /** Dotted, e.g. `sign.at`; empty for the options as a whole. */
  readonly field: string;
  readonly problem: string;
}

/** For a protocol that leaves nothing to choose. */
export const NoOptions = z.strictObject({});

/** One protocol with one maker's settings, its options not typed any more: they come from configuration. */
export interface ProtocolProfile {
  readonly labelZh: string;
  readonly labelEn: string;
  readonly makers: readonly string[];
  readonly line: LineDefaults;
  readonly mode: 'stream' | 'poll' | 'modbus';
  readonly selfFraming: SelfFraming;
  /** The bytes cannot tell which end of the number comes first: a person has to compare with the display. */
  readonly directionAmbiguous: boolean;
  readonly options: z.ZodType;
  readonly check: (options: unknown) => Result<unknown, readonly OptionProblem[]>;
  /** Throws on options that `check` refuses, as `pollRequest` and `readRaw` do. */
  readonly createDecoder: (options?: unknown) => FrameDecoder;
  /** The bytes that ask for one weight (of SIR: for a stream of them); null where the instrument just sends. */
  readonly pollRequest: (options?: unknown) => Uint8Array | null;
  /** One stored frame read again, without the second one that a weak protocol waited for. */
  readonly readRaw: (raw: string, options?: unknown) => DecodedFrame | null;
}

export interface ProfileSpec<S extends z.ZodType> {
  readonly labels: readonly [zh: string, en: string];
  readonly makers: readonly string[];
  readonly line?: LineDefaults;
  readonly mode: ProtocolProfile['mode'];
  readonly selfFraming: SelfFraming;
  readonly directionAmbiguous?: boolean;
  readonly options: S;
  readonly createDecoder: (options: z.output<S>) => FrameDecoder;
  readonly createReader?: (options: z.output<S>) => FrameDecoder;
  readonly pollRequest?: (options: z.output<S>) => Uint8Array | null;
}

const usualLine: LineDefaults = {
  baudRates: [9600, 4800, 2400, 1200, 19_200, 600, 38_400],
  framings: ['8N1'],
};

export function defineProfile<S extends z.ZodType>(spec: ProfileSpec<S>): ProtocolProfile {
  const { labels, options: schema, createDecoder, createReader = createDecoder, pollRequest } = spec;
  const parse = (options: unknown): z.output<S> => schema.parse(options ?? {});
  return {
    labelZh: labels[0],
    labelEn: labels[1],
    makers: spec.makers,
    line: spec.line ?? usualLine,
    mode: spec.mode,
    selfFraming: spec.selfFraming,
    directionAmbiguous: spec.directionAmbiguous ?? false,
    options: schema,
    check(options) {
      const checked = schema.safeParse(options ?? {});
      if (checked.success) return ok(checked.data);
      return err(
        checked.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message })),
      );
    },
    createDecoder: (options) => createDecoder(parse(options)),
    pollRequest: (options) => pollRequest?.(parse(options)) ?? null,
    readRaw(raw, options) {
      const reader = createReader(parse(options));
      const frames = [...reader.push(Buffer.from(raw, 'hex')), ...reader.end()];
      const [frame] = frames;
      return frames.length === 1 && frame !== undefined ? frame : null;
    },
  };
}
