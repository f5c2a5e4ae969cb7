import { useState } from 'react';
import type { CallError, RegisterKind } from '../../../station/contract.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { useRegisterWords } from './useRegisterWords.ts';

/** Takes an entry out, with a reason that stays in the ledger. */
export function RemoveEntry({
  kind,
  entryKey,
  done,
}: {
  readonly kind: RegisterKind;
  readonly entryKey: string;
  readonly done: (changed: boolean) => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const { errors } = useWords();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<CallError | null>(null);
  const remove = async (): Promise<void> => {
    const removed = await station.call('register.remove', { kind, key: entryKey, reason: reason.trim() });
    if (removed.ok) done(true);
    else setError(removed.error);
  };
  return (
    <details>
      <summary>{words.confirmRemove}</summary>
      <label>
        {words.reason}
        <input
          value={reason}
          maxLength={120}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      <button type="button" disabled={reason.trim() === ''} onClick={() => void remove()}>
        {words.remove}
      </button>
      {error !== null && <p role="alert" className="error">{`${errors[error.code]} ${error.detail}`}</p>}
    </details>
  );
}
