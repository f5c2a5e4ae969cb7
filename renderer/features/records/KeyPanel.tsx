import { useCallback, useEffect, useState } from 'react';
import type { CallError, CallInput, CallOutput, KeyView } from '../../../station/contract.ts';
import { useRecordsWords } from '../../components/useRecordsWords.ts';
import { useInspecting } from '../../store/inspecting.ts';
import { useWords } from '../../store/preferences.ts';
import { station, useStation } from '../../store/station.ts';
import { IntroduceForm } from './IntroduceForm.tsx';
import { KeyCard } from './KeyCard.tsx';
import { PublishKeys } from './PublishKeys.tsx';
import { RevokeForm } from './RevokeForm.tsx';

type Why = CallInput<'key.introduce'>['reason'];
type Form =
  { readonly kind: 'introduce'; readonly why: Why } | { readonly kind: 'revoke'; readonly key: KeyView };

/** 密钥: the key the station signs with, those before it, and what can be done about them. */
export function KeyPanel(): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const readOnly = useInspecting((state) => state.inspecting) !== 'no';
  const fault = useStation(
    ({ view }) => view?.faults.find(({ code }) => code === 'key-unusable')?.detail ?? null,
  );
  const [list, setList] = useState<CallOutput<'keys.list'> | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const load = useCallback(async () => {
    const got = await station.call('keys.list', {});
    setError(got.ok ? null : got.error);
    if (got.ok) setList(got.value);
  }, []);
  useEffect(() => {
    let current = true;
    void station.call('keys.list', {}).then((got) => {
      if (!current) return;
      setError(got.ok ? null : got.error);
      if (got.ok) setList(got.value);
    });
    return () => {
      current = false;
    };
  }, [fault]);
  const done = (what: string): void => {
    setForm(null);
    setSaid(what);
    void load();
  };
  const cancel = (): void => {
    setForm(null);
  };
  if (form?.kind === 'introduce') {
    return (
      <IntroduceForm
        why={form.why}
        done={() => {
          done(`${records.introduced} · ${records.publish}`);
        }}
        cancel={cancel}
      />
    );
  }
  if (form?.kind === 'revoke') {
    return (
      <RevokeForm
        view={form.key}
        done={() => {
          done(records.done);
        }}
        cancel={cancel}
      />
    );
  }
  const current = list?.keys.find((key) => key.current) ?? null;
  const earlier = (list?.keys.filter((key) => !key.current) ?? []).toReversed();
  // Only a key that can still sign vouches for the next one.
  const ways: readonly Why[] = list?.trouble === null ? ['rotation', 'lost'] : ['new-computer', 'lost'];
  return (
    <section className="panel" aria-label={records.tabs.keys}>
      {error !== null && (
        <p role="alert" className="error">{`${words.errors[error.code]} ${error.detail}`}</p>
      )}
      {said !== null && <p role="status">{said}</p>}
      {list !== null && (
        <div className="scroll">
          {list.trouble !== null && (
            <p role="alert" className="error">
              {records.troubles[list.trouble.kind]} <small>{list.trouble.detail}</small>
            </p>
          )}
          <h3>{records.currentKey}</h3>
          {current === null ? <p>{records.noKey}</p> : <KeyCard view={current} />}
          <p>
            {list.secret === null
              ? records.secretClosed
              : `${records.secret} ${records.secretPlaces[list.secret]}`}
          </p>
          {!readOnly && (
            <div className="filters">
              {ways.map((why) => (
                <button
                  key={why}
                  type="button"
                  onClick={() => {
                    setSaid(null);
                    setForm({ kind: 'introduce', why });
                  }}
                >
                  {records.introduce[why]}
                </button>
              ))}
            </div>
          )}
          {list.trouble === null && <PublishKeys />}
          {earlier.length > 0 && <h3>{records.earlierKeys}</h3>}
          {earlier.map((key) => (
            <KeyCard
              key={key.keyId}
              view={key}
              revoke={
                readOnly || key.revokedSinceMs !== null
                  ? null
                  : () => {
                      setSaid(null);
                      setForm({ kind: 'revoke', key });
                    }
              }
            />
          ))}
        </div>
      )}
    </section>
  );
}
