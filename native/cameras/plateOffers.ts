import type { PlateOffer } from '../../station/weighing/visit.ts';
import type { PlateEvent, SeenPlate } from './plateEvent.ts';

/** What one event offers to the vehicle on the scale: a plate for each end that was read. Time monotonic ms. */
export function plateOffers(
  { plate, rearPlate, axles }: PlateEvent,
  { end, pictures, atMs, late = false }: Pick<PlateOffer, 'end' | 'pictures' | 'atMs' | 'late'>,
): readonly PlateOffer[] {
  const offer = (seen: SeenPlate, of: PlateOffer['end']): PlateOffer => ({
    plate: seen.text,
    colour: seen.colour,
    wellFormed: seen.wellFormed,
    characterPercents: percentsOf(seen),
    pictures,
    atMs,
    late,
    end: of,
    axles,
  });
  return [
    ...(plate === null ? [] : [offer(plate, end)]),
    ...(rearPlate === null ? [] : [offer(rearPlate, 'rear')]),
  ];
}

/** A camera that tells only how sure it is of the whole is as sure of each character. */
export function percentsOf({ text, characterPercents, confidencePercent }: SeenPlate): readonly number[] {
  if (characterPercents.length > 0 || confidencePercent === null) return characterPercents;
  return Array.from(text, () => confidencePercent);
}
