import type { CallError, CallInput } from '../../station/contract.ts';
import { noPapers } from '../../station/contract.ts';
import { documentsOf } from '../../station/ledger/picturesOf.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import { trailerColour } from '../../station/vehicles/plateColour.ts';
import type { StatedTrailer } from '../../station/vehicles/register/entries.ts';
import { statedProblem } from '../../station/vehicles/statedProblem.ts';
import type { Desk } from './desk.ts';

type Input = CallInput<'vehicle.state'>;

/** Writes down what a person states of a vehicle and the trailer behind it, and tells the lane. */
export function stateVehicle(desk: Desk, input: Input): Result<Record<string, never>, CallError> {
  const { colour, facts, papers } = input;
  const read = readPlate(input.plate);
  if (read?.wellFormed !== true) return err({ code: 'plate-malformed', detail: input.plate });
  const plate = read.text;
  const { register } = desk.deps.stores;
  const known = register.vehicle(plate, colour);
  const unit = known?.unit ?? 'whole';
  const standing = desk.lane.view().truck;
  const coupled =
    standing?.plate === plate && standing.colour === colour ? standing.trailerPlate : known?.trailerPlate;
  const named = trailerOf(desk, input.trailer, unit === 'tractor' ? (coupled ?? null) : null);
  if (!named.ok) return named;
  const trailer = named.value;
  const ofCombination = facts.axles !== null || facts.layout !== null || facts.vehicleClass !== null;
  if (unit === 'tractor' && trailer === null && ofCombination)
    return err({ code: 'trailer-missing', detail: plate });
  const problem = statedProblem(unit, facts, [papers, trailer?.papers ?? noPapers]);
  if (problem !== null) return err({ code: problem, detail: '' });
  const unkept = [papers, trailer?.papers ?? noPapers]
    .flatMap(documentsOf)
    .find((sha256) => desk.deps.stores.pictures.read(sha256) === null);
  if (unkept !== undefined) return err({ code: 'picture-missing', detail: unkept });
  const written = desk.append({
    type: 'vehicle-stated',
    body: { plate, colour, unit, facts, papers, trailer, operator: desk.operator },
  });
  if (!written.ok) return written;
  desk.lane.registerChanged({ plate, colour, trailerPlate: trailer?.plate ?? null });
  desk.changed();
  return ok({});
}

/** The trailer as it was stated, or the one a tractor is coupled to, of which nothing new was said. */
function trailerOf(
  desk: Desk,
  stated: Input['trailer'],
  coupled: string | null,
): Result<StatedTrailer | null, CallError> {
  const typed = stated?.plate ?? coupled;
  if (typed === null) return ok(null);
  const read = readPlate(typed);
  if (read?.wellFormed !== true) return err({ code: 'plate-malformed', detail: typed });
  const colour = desk.deps.stores.register.trailer(read.text)?.colour ?? trailerColour;
  return ok({ plate: read.text, colour, papers: stated?.papers ?? noPapers });
}
