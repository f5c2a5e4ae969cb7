import type { CallInput } from '../../../station/contract.ts';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { station } from '../../store/station.ts';

/** A new key signs from now on; what that means is said before. */
export function IntroduceForm({
  why,
  done,
  cancel,
}: {
  readonly why: CallInput<'key.introduce'>['reason'];
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const records = useRecordsWords();
  return (
    <Statement
      title={records.introduce[why]}
      means={records.introduceMeans[why]}
      action={records.introduce[why]}
      summary={records.introduce[why]}
      danger={why !== 'rotation'}
      withReason={false}
      send={({ by }) => station.call('key.introduce', { reason: why, by })}
      done={done}
      cancel={cancel}
    />
  );
}
