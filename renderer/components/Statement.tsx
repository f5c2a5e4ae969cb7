import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallError } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { useWords } from '../store/preferences.ts';
import { useStation } from '../store/station.ts';
import './statement.css';
import { useRecordsWords } from './useRecordsWords.ts';

export interface Said {
  readonly reason: string;
  readonly by: string;
}

/**
 * Something a person says that goes into the ledger for good: what it means, what is said, why and who; then once more
 * what will be written, and only then the key that writes it.
 */
export function Statement({
  title,
  means,
  action,
  summary,
  danger = false,
  withReason = true,
  children,
  send,
  done,
  cancel,
}: {
  readonly title: string;
  readonly means: readonly string[];
  /** The word on the key that writes it. */
  readonly action: string;
  /** What will be written; null while the fields are not complete. */
  readonly summary: string | null;
  readonly danger?: boolean;
  readonly withReason?: boolean;
  readonly children?: ReactNode;
  readonly send: (said: Said) => Promise<Result<unknown, CallError>>;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const words = useWords();
  const records = useRecordsWords();
  const operator = useStation((state) => state.view?.operator ?? '');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(operator);
  const [step, setStep] = useState<'say' | 'confirm' | 'writing'>('say');
  const [problem, setProblem] = useState<string | null>(null);
  const said: Said = { reason: reason.trim(), by: by.trim() };
  const complete = summary !== null && said.by !== '' && (!withReason || said.reason.length >= 2);

  const write = async (): Promise<void> => {
    setStep('writing');
    const written = await send(said);
    if (written.ok) {
      done();
      return;
    }
    setProblem(`${words.errors[written.error.code]} ${written.error.detail}`);
    setStep('say');
  };
  return (
    <form
      className={`statement ${danger ? 'dangerous' : ''}`}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(complete ? null : records.incomplete);
        if (complete) setStep('confirm');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (step === 'say') cancel();
        else if (step === 'confirm') setStep('say');
      }}
    >
      <h2>{title}</h2>
      <ul>
        {means.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {step === 'say' ? (
        <>
          {children}
          {withReason && (
            <label>
              {records.reason}
              <input
                value={reason}
                maxLength={500}
                onChange={(event) => {
                  setReason(event.target.value);
                }}
              />
            </label>
          )}
          <label>
            {records.by}
            <input
              value={by}
              maxLength={40}
              onChange={(event) => {
                setBy(event.target.value);
              }}
            />
          </label>
          {problem !== null && (
            <p role="alert" className="error">
              {problem}
            </p>
          )}
          <div className="buttons">
            <button type="submit" className="primary">{`回车 Enter · ${records.goOn}`}</button>
            <button type="button" onClick={cancel}>{`Esc · ${records.cancel}`}</button>
          </div>
        </>
      ) : (
        <>
          <p className="summary" role="status">
            {[summary, withReason ? `${records.reason} ${said.reason}` : null, `${records.by} ${said.by}`]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
          <div className="buttons">
            <button
              type="button"
              className="primary"
              disabled={step === 'writing'}
              onClick={() => void write()}
            >
              {records.confirm(action)}
            </button>
            {/* It has the focus: a second Enter of the same hand must not write. */}
            <button
              type="button"
              autoFocus
              onClick={() => {
                setStep('say');
              }}
            >{`Esc · ${records.change}`}</button>
          </div>
        </>
      )}
    </form>
  );
}
