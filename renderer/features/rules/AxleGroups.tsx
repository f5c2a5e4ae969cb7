import type { Explanation } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import { useRegisterWords } from '../register/useRegisterWords.ts';

/** Measured axle groups beside what each may carry: the sum decides, one above its own is a warning. */
export function AxleGroups({ groups }: { readonly groups: Explanation['axleGroups'] }): React.JSX.Element {
  const words = useRegisterWords();
  return (
    <>
      <h3>{words.axleGroups}</h3>
      <ul className="axle-groups">
        {groups.map(({ axles, spacingMm, measuredKg, limitKg }, at) => (
          <li key={at} className={measuredKg > limitKg ? 'above' : ''}>
            {`${words.axleGroup(at + 1, axles)}${spacingMm === null ? '' : ` ${String(spacingMm)} mm`}: `}
            <strong>{`${kgDigits(measuredKg)} / ${kgDigits(limitKg)} kg`}</strong>
            {measuredKg > limitKg && ` ▲ ${words.axleGroupAbove(kgDigits(measuredKg - limitKg))}`}
          </li>
        ))}
      </ul>
    </>
  );
}
