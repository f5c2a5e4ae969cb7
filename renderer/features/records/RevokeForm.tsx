import { useState } from 'react';
import type { KeyView } from '../../../station/contract.ts';
import { dateTime, inFours } from '../../components/format.ts';
import { readMoment } from '../../components/readMoment.ts';
import { Statement } from '../../components/Statement.tsx';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { station } from '../../store/station.ts';

/** Nothing that a key signed from a time on is believed any more. */
export function RevokeForm({
  view: { keyId },
  done,
  cancel,
}: {
  readonly view: KeyView;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const records = useRecordsWords();
  const [since, setSince] = useState(() => dateTime(Date.now()).slice(0, 16));
  const sinceMs = readMoment(since);
  return (
    <Statement
      title={`${records.revoke} ${inFours(keyId)}`}
      means={records.revokeMeans}
      action={records.revoke}
      summary={
        sinceMs === null
          ? null
          : `${records.revoke} ${inFours(keyId)} · ${records.revokeSince} ${dateTime(sinceMs)}`
      }
      danger
      send={(said) => station.call('key.revoke', { keyId, sinceMs: sinceMs ?? 0, ...said })}
      done={done}
      cancel={cancel}
    >
      <label>
        {records.revokeSince}
        <input
          value={since}
          maxLength={20}
          placeholder={records.revokeNow}
          aria-invalid={sinceMs === null}
          autoFocus
          onChange={(event) => {
            setSince(event.target.value);
          }}
        />
      </label>
    </Statement>
  );
}
