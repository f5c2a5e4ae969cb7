import type { PlateColour } from '../../station/contract.ts';

/** A plate drawn in its own colour. */
export function PlateMark({
  plate,
  colour,
}: {
  readonly plate: string;
  readonly colour: PlateColour;
}): React.JSX.Element {
  return (
    <span className={`plate plate-${colour}`}>
      {plate.slice(0, 2)}
      <i aria-hidden="true">·</i>
      {plate.slice(2)}
    </span>
  );
}
