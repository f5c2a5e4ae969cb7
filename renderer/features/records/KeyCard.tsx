import type { KeyView } from '../../../station/contract.ts';
import { dateTime, inFours } from '../../components/format.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';

/** One key of the station's, as a person compares it with what is published. */
export function KeyCard({
  view,
  revoke = null,
}: {
  readonly view: KeyView;
  readonly revoke?: (() => void) | null;
}): React.JSX.Element {
  const records = useRecordsWords();
  const { keyId, fingerprint, fromMs, reason, current, revokedSinceMs } = view;
  const vouched = reason === 'first' ? null : reason === 'rotation' ? records.vouched : records.unvouched;
  return (
    <article className={`key-card ${current ? 'current' : ''} ${revokedSinceMs === null ? '' : 'revoked'}`}>
      <dl>
        <dt>{records.keyId}</dt>
        <dd>
          <code>{inFours(keyId)}</code>
        </dd>
        <dt>{records.fingerprint}</dt>
        <dd>
          <code>{inFours(fingerprint)}</code>
        </dd>
        <dt>{records.since}</dt>
        <dd>{dateTime(fromMs)}</dd>
        <dt>{records.why}</dt>
        <dd>{[records.keyReasons[reason], vouched].filter((part) => part !== null).join(' · ')}</dd>
      </dl>
      {revokedSinceMs !== null && (
        <p className="bad">
          <strong>{`${records.revoked}${dateTime(revokedSinceMs)}`}</strong>
        </p>
      )}
      {revoke !== null && (
        <button type="button" onClick={revoke}>
          {records.revoke}
        </button>
      )}
    </article>
  );
}
