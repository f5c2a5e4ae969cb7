import { LanePhase } from '../../../station/contract.ts';
import { useWords } from '../../store/preferences.ts';

const order = LanePhase.options;

export function PhaseSteps({ phase }: { readonly phase: LanePhase }): React.JSX.Element {
  const words = useWords();
  const at = order.indexOf(phase);
  return (
    <ol className="phases" aria-label="phase">
      {order.map((each, index) => (
        <li
          key={each}
          className={index < at ? 'past' : index === at ? 'now' : 'ahead'}
          aria-current={each === phase ? 'step' : undefined}
        >
          {words.phases[each]}
        </li>
      ))}
    </ol>
  );
}
