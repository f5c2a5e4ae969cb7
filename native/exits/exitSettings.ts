import * as z from 'zod';
import { PlateColour } from '../../station/vehicles/plateColour.ts';

/** What a plate at the exit is matched with. */
export const ExitSettings = z.strictObject({
  /** A truck may be in the yard this long after it was weighed. */
  yardHours: z.int().min(1).max(168).default(24),
  /** A truck that is seen leaving later than this after its tare, and was not weighed again, may carry a load. */
  onlyTaredMinutes: z.int().min(1).max(1440).default(10),
  /** Seen again within this time it is the same truck, still waiting at the gate. */
  sameTruckMinutes: z.int().min(1).max(240).default(15),
  /** Of these colours nobody is missed on the scale who is not in the register and was not weighed: 蓝牌 and 小型新能源. */
  ignoreColours: z.array(PlateColour).max(8).default(['blue', 'gradient-green']),
});
export type ExitSettings = z.infer<typeof ExitSettings>;
