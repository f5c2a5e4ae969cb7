import * as z from 'zod';

/** Plate colours by name; 渐变绿 is `gradient-green`, 黄绿双拼 `yellow-green`. */
export const plateColours = [
  'blue',
  'yellow',
  'black',
  'white',
  'green',
  'gradient-green',
  'yellow-green',
  'other',
] as const;
export const PlateColour = z.enum(plateColours);
export type PlateColour = z.infer<typeof PlateColour>;

/** A trailer's plate is yellow, as GA 36 has it. */
export const trailerColour: PlateColour = 'yellow';
