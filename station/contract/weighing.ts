import * as z from 'zod';
import { VehicleFacts } from '../vehicles/facts.ts';
import { Load } from '../vehicles/load.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { StatedPapers } from '../vehicles/register/entries.ts';
import { WeighingKind } from './kinds.ts';
import { SavedView, TareView } from './lane.ts';
import { None } from './units.ts';

const PlateInput = z.object({ plate: z.string().min(1).max(20), colour: PlateColour });

export const weighingCalls = {
  'plate.enter': { input: z.object({ crossingId: z.string(), ...PlateInput.shape }), output: None },
  /** States that the vehicle on the scale carries no plate. */
  'plate.none': { input: z.object({ crossingId: z.string() }), output: None },
  /** The trailer behind the tractor on the scale; empty takes it away. */
  'trailer.enter': { input: z.object({ crossingId: z.string(), plate: z.string().max(20) }), output: None },
  /** The plate at its rear, as a person sees it; empty takes that back. */
  'rear.enter': { input: z.object({ crossingId: z.string(), plate: z.string().max(20) }), output: None },
  /** What its axles were weighed at, kg, front to rear, and with what or by whom; null takes that back. */
  'axles.state': {
    input: z.object({
      crossingId: z.string(),
      axleLoadsKg: z.array(z.number()).max(20).nullable(),
      measuredBy: z.string().trim().max(60),
    }),
    output: None,
  },
  /** What it carries and for whom, stated or confirmed at this visit; remembered for its next visit. */
  'load.state': { input: z.object({ crossingId: z.string(), load: Load }), output: None },
  /**
   * States the facts of a vehicle; remembered in the register under its plate. Those of a tractor are of the combination
   * it makes with its trailer, and are remembered of both.
   */
  'vehicle.state': {
    input: z.object({
      ...PlateInput.shape,
      facts: VehicleFacts,
      papers: StatedPapers,
      trailer: z
        .object({ plate: z.string().min(1).max(20), papers: StatedPapers })
        .nullable()
        .optional(),
    }),
    output: None,
  },
  'vehicle.get': {
    input: PlateInput,
    output: z.object({ facts: VehicleFacts.nullable(), tare: TareView.nullable() }),
  },
  'kind.choose': { input: z.object({ crossingId: z.string(), kind: WeighingKind }), output: None },
  /** The one key: store the weighing, read it back, print what the stored decision permits. */
  'weighing.save': { input: z.object({ crossingId: z.string() }), output: SavedView },
} as const;
