import * as z from 'zod';

/** An earlier weighing of the same vehicle that was refused, and which try this is: 2 for the first one after it. */
export const Attempt = z
  .object({ try: z.int().min(2), previousNumber: z.int(), previousOverKg: z.int() })
  .readonly();
export type Attempt = z.infer<typeof Attempt>;
