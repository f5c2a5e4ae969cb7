import * as z from 'zod';
import { ExitFound, PictureView, Shot } from '../ledger/bodies/pictures.ts';
import { PlateColour } from '../vehicles/plateColour.ts';

export { ExitFound, PictureView, Shot };

/** One plate seen at the exit. */
export const ExitRow = z.object({
  sequence: z.int(),
  timeMs: z.int(),
  camera: z.string(),
  plate: z.string(),
  colour: PlateColour,
  found: ExitFound,
  suspicious: z.boolean(),
  number: z.int().nullable(),
  pictures: z.array(z.string()),
});
export type ExitRow = z.infer<typeof ExitRow>;

export const picturesCalls = {
  'exits.list': {
    input: z.object({
      beforeSequence: z.int().nullable(),
      limit: z.int().min(1).max(200),
      suspiciousOnly: z.boolean(),
    }),
    output: z.object({ rows: z.array(ExitRow), more: z.boolean() }),
  },
} as const;
