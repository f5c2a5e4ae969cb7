import * as z from 'zod';
import { PlateColour } from '../../vehicles/plateColour.ts';
import { Operator, Sha256, Text, TimeMs } from './form.ts';

/** What a camera looks at; a `plate` is the crop a plate camera makes itself. */
export const PictureView = z.enum(['front', 'rear', 'side', 'top', 'scale-house', 'plate']);
export type PictureView = z.infer<typeof PictureView>;

/** One camera's picture of the moment a weight was saved, or why there is none. */
export const Shot = z
  .object({
    camera: Text,
    view: PictureView,
    /** Of the original bytes; null when it was missed. */
    sha256: Sha256.nullable(),
    missed: Text.nullable(),
    /** How long after the record was written it was here; 0 for one that was here before. */
    afterMs: z.int().min(0),
    /** `plate-event`: the full picture the camera brought with its own plate of this crossing, where it cannot be asked. */
    origin: z.enum(['asked', 'plate-event']).default('asked'),
    /** When a plate event's picture came; null for one that was asked for. */
    seenMs: TimeMs.nullable().default(null),
  })
  .readonly();
export type Shot = z.infer<typeof Shot>;

/** Why there is no picture, where it is not the camera that says so. */
export const missedReasons = {
  noAddress: 'no picture address',
  stopped: 'the station stopped before it was written down',
} as const;

/**
 * What a vehicle seen at the exit belongs to. `slip` and `released` may leave, `empty` went straight out after its tare,
 * `listed` is on the register's white list, `ignored` is of a colour the yard's own trucks do not carry; everything
 * else stands out.
 */
export const ExitFound = z.enum([
  'slip',
  'released',
  'empty',
  'listed',
  'ignored',
  /** Weighed empty, long enough ago to have been loaded, and not weighed again. */
  'only-tared',
  'refused',
  'no-decision',
  'voided',
  'slip-expired',
  'not-weighed',
  /** No plate could be read, or none that a vehicle can have. */
  'unreadable',
]);
export type ExitFound = z.infer<typeof ExitFound>;

/** What a person says a sighting at the exit was. */
export const ExitExplanation = z.enum([
  'turned-back',
  'own-vehicle',
  'misread',
  'weighed-otherwise',
  'no-truck',
  'other',
]);
export type ExitExplanation = z.infer<typeof ExitExplanation>;

export const pictureBodies = [
  z.object({
    type: z.literal('cameras-changed'),
    /** The cameras' settings as JSON text, before and from now on; no password is ever in them. */
    body: z
      .object({ before: z.string().max(20_000), now: z.string().max(20_000), operator: Operator })
      .readonly(),
  }),
  /** Follows its weighing: a record never waits for a camera. */
  z.object({
    type: z.literal('pictures-taken'),
    body: z
      .object({ number: z.int().min(1), crossingId: Text, shots: z.array(Shot).max(16).readonly() })
      .readonly(),
  }),
  /** The same of a weight that was typed by hand: what stood there while it was. */
  z.object({
    type: z.literal('manual-pictures-taken'),
    body: z.object({ manualNumber: z.int().min(1), shots: z.array(Shot).max(16).readonly() }).readonly(),
  }),
  z.object({
    type: z.literal('pictures-removed'),
    body: z
      .object({
        why: z.enum(['age', 'quota']),
        /** Of which class they were; null in earlier records, which do not say. */
        kind: z.enum(['weighing', 'exit', 'document']).nullable().default(null),
        /** All of them were kept before this time. */
        beforeMs: TimeMs,
        pictures: z.int(),
        bytes: z.int(),
        /** SHA-256 over their hashes in order, a line each. */
        listSha256: Sha256,
      })
      .readonly(),
  }),
  /**
   * What a camera said of a vehicle whose weighing stood written already: kept back during a break, or told late. The
   * record stays what it was; whoever reads it sees whether the camera read another plate.
   */
  z.object({
    type: z.literal('plate-told-late'),
    body: z
      .object({
        /** The weighing it is of. */
        number: z.int().min(1),
        camera: Text,
        end: z.enum(['front', 'rear']),
        /** The camera's own name of the event, by which the same told again is known. */
        eventKey: Text,
        /** As it was read; null when nothing was. */
        plate: Text.nullable(),
        colour: PlateColour,
        /** Of the whole plate; null where the camera gives none. */
        percent: z.int().min(0).max(100).nullable(),
        /** Of the other end, from a device that sees both. */
        rearPlate: Text.nullable(),
        /** When it was seen by the camera's own clock; null where it told no time. */
        deviceMs: TimeMs.nullable(),
        /** The same by the station's clock, as far as it can be told. */
        seenMs: TimeMs,
        receivedMs: TimeMs,
        lateMs: z.int().min(0),
        pictures: z.array(Sha256).max(8).readonly(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('exit-seen'),
    body: z
      .object({
        camera: Text,
        /** As it was read; null when nothing was. */
        plate: Text.nullable(),
        colour: PlateColour,
        /** Of the other end, from a device that sees both. */
        rearPlate: Text.nullable().default(null),
        found: ExitFound,
        /** The weighing it was matched to. */
        number: z.int().nullable(),
        /** It was read with characters cameras take for one another, or in another colour. */
        probably: z.boolean().default(false),
        /** When it stood there: for one the camera kept back, its own clock put right. Null in earlier records: then. */
        seenMs: TimeMs.nullable().default(null),
        /** The camera kept it back during a break. */
        late: z.boolean().default(false),
        /** The event that told of this truck standing there first. */
        again: z.int().nullable().default(null),
        /** The sighting without a plate, a moment before, that this reading gives a name to. */
        settles: z.int().nullable().default(null),
        /** A sighting before that was taken for this truck, which turns up only now: it was another one. */
        doubts: z.int().nullable().default(null),
        pictures: z.array(Sha256).max(8).readonly(),
      })
      .readonly(),
  }),
  /** Said by a person of a sighting that stands out; the sighting stays what it was. */
  z.object({
    type: z.literal('exit-explained'),
    body: z
      .object({
        /** Of the `exit-seen`. */
        sequence: z.int().min(1),
        as: ExitExplanation,
        note: Text.min(1),
        operator: Operator,
      })
      .readonly(),
  }),
] as const;
