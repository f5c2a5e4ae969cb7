import { useState } from 'react';
import type { CallOutput } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { station } from '../../store/station.ts';
import { SignerFields, nobody } from './SignerFields.tsx';
import { useReleaseError, useReleaseWords } from './useReleaseWords.ts';

type People = CallOutput<'people.list'>['people'];

const roles = ['operator', 'manager'] as const;

/** Enrols who may sign. The first is a manager; a manager signs for every later one. */
export function EnrolForm({
  people,
  done,
  cancel,
}: {
  readonly people: People;
  readonly done: () => void;
  readonly cancel: () => void;
}): React.JSX.Element {
  const words = useReleaseWords();
  const errorText = useReleaseError();
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('operator');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [by, setBy] = useState(nobody);
  const [problem, setProblem] = useState<string | null>(null);
  const first = people.length === 0;

  const enrol = async (): Promise<void> => {
    if (pin !== again) {
      setProblem(words.pinsDiffer);
      return;
    }
    if (name.trim() === '' || pin.length < 4 || (!first && (by.name === '' || by.pin === ''))) {
      setProblem(words.incomplete);
      return;
    }
    const enrolled = await station.call('people.enrol', { name, role, pin, by: first ? null : by });
    if (enrolled.ok) done();
    else setProblem(errorText(enrolled.error));
  };
  const field = (label: string, value: string, set: (text: string) => void, secret: boolean) => (
    <label>
      {label}
      <input
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        maxLength={secret ? 32 : 40}
        value={value}
        onChange={(event) => {
          set(event.target.value);
        }}
      />
    </label>
  );
  return (
    <form
      className="release enrol"
      aria-label={words.enrol}
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        cancel();
      }}
    >
      <h2>{words.enrol}</h2>
      {first && <p>{words.enrolFirst}</p>}
      {field(words.name, name, setName, false)}
      {!first && (
        <label>
          {words.role}
          <Choose options={roles} words={words.roles} value={role} change={setRole} />
        </label>
      )}
      {field(words.newPin, pin, setPin, true)}
      {field(words.newPinAgain, again, setAgain, true)}
      {!first && (
        <SignerFields
          label={words.signedBy}
          people={people.filter((person) => person.role === 'manager')}
          signer={by}
          change={setBy}
        />
      )}
      {problem !== null && (
        <p role="alert" className="error">
          {problem}
        </p>
      )}
      <div className="buttons">
        <button type="submit" className="primary">
          {words.enrol}
        </button>
        <button type="button" onClick={cancel}>{`Esc · ${words.cancel}`}</button>
      </div>
    </form>
  );
}
