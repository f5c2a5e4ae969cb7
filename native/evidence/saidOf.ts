import type { WeighingBody } from '../../station/ledger/event.ts';
import type { RegisterKind } from '../../station/vehicles/register/entries.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import { plateColours } from '../../station/vehicles/plateColour.ts';
import type { EvidenceSource } from './source.ts';

/**
 * The events before a weighing by which people last said what its decision rests on: of the vehicle and its trailer, in
 * the register or at the scale, of what it carries, where to, for whom, who drives it, and the lists it is on.
 */
export function saidOf(
  source: EvidenceSource,
  sequence: number,
  { plate, colour, trailerPlate, case: each }: WeighingBody,
): readonly (number | null)[] {
  const changed = (kind: RegisterKind, key: string | undefined): number | null =>
    key === undefined ? null : source.changedBefore(kind, key, sequence);
  // A trailer is known by its plate alone, and a list holds for a plate of whatever colour.
  const ofAnyColour = (kind: RegisterKind, of: string | null): readonly (number | null)[] =>
    of === null ? [] : plateColours.map((each) => changed(kind, plateKey(of, each)));
  const isListed = (each?.listed ?? null) !== null;
  return [
    source.statedBefore(plate, sequence),
    changed('vehicle', plateKey(plate, colour)),
    ...(trailerPlate === null ? [] : [source.statedTrailerBefore(trailerPlate, sequence)]),
    ...ofAnyColour('vehicle', trailerPlate),
    ...(isListed ? [...ofAnyColour('listing', plate), ...ofAnyColour('listing', trailerPlate)] : []),
    changed('goods', each?.goods?.name),
    changed('destination', each?.destination?.name),
    changed('contract', each?.contract?.number),
    changed('driver', each?.driver?.name),
  ];
}
