import { useState } from 'react';
import type { CallError, CallInput } from '../../../station/contract.ts';
import { saveBlob } from '../../components/saveFile.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';

type What = CallInput<'keys.publish'>['what'];
const types: Readonly<Record<What, string>> = { list: 'application/json', page: 'text/html' };

/** 公布: what those need who check papers on the road. */
export function PublishKeys(): React.JSX.Element {
  const words = useWords();
  const { publishing } = useRecordsWords();
  const [error, setError] = useState<CallError | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const publish = async (what: What): Promise<void> => {
    setSaid(null);
    const made = await station.call('keys.publish', { what });
    setError(made.ok ? null : made.error);
    if (!made.ok) return;
    const { fileName, text, voided } = made.value;
    saveBlob(fileName, new Blob([text], { type: types[what] }));
    setSaid(`${publishing.made} ${String(voided)}`);
  };
  return (
    <>
      <h3>{publishing.title}</h3>
      <p>{publishing.means}</p>
      <div className="filters">
        {(['list', 'page'] as const).map((what) => (
          <button key={what} type="button" onClick={() => void publish(what)}>
            {publishing[what]}
          </button>
        ))}
      </div>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      {said !== null && <p role="status">{said}</p>}
    </>
  );
}
