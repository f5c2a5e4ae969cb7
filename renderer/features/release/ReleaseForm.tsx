import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../../station/contract.ts';
import { Choose } from '../../components/Choose.tsx';
import { DayInput } from '../../components/DayInput.tsx';
import { useWords } from '../../store/preferences.ts';
import { station } from '../../store/station.ts';
import { EnrolForm } from './EnrolForm.tsx';
import { SignerFields, nobody } from './SignerFields.tsx';
import { readPicture } from '../../components/readPicture.ts';
import { wholeOrNull } from '../weighing/wholeOrNull.ts';
import './release.css';
import { useReleaseError, useReleaseWords } from './useReleaseWords.ts';

type Kind = CallInput<'release.grant'>['kind'];
const kinds: readonly Kind[] = ['oversize-permit', 'emergency-order'];

/** Grants a controlled release for one refused weighing; the station checks everything again. */
export function ReleaseForm({
  number,
  done,
}: {
  readonly number: number;
  /** The form is over: granted, or given up. */
  readonly done: () => void;
}): React.JSX.Element {
  const words = useReleaseWords();
  const errorWords = useWords().errors;
  const errorText = useReleaseError();
  const [people, setPeople] = useState<CallOutput<'people.list'>['people'] | null>(null);
  const [enrolling, setEnrolling] = useState(false);
  const [kind, setKind] = useState<Kind>('oversize-permit');
  const [document, setDocument] = useState('');
  const [validUntil, setValidUntil] = useState<string | null>(null);
  const [permittedKg, setPermittedKg] = useState<number | null>(null);
  const [permitPlate, setPermitPlate] = useState('');
  const [authority, setAuthority] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [requestedBy, setRequestedBy] = useState(nobody);
  const [approvedBy, setApprovedBy] = useState(nobody);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const loadPeople = useCallback(async () => {
    const got = await station.call('people.list', {});
    if (got.ok) setPeople(got.value.people);
  }, []);
  useEffect(() => {
    let current = true;
    void station.call('people.list', {}).then((got) => {
      if (current && got.ok) setPeople(got.value.people);
    });
    return () => {
      current = false;
    };
  }, []);

  const keepPicture = async (file: File | undefined): Promise<void> => {
    setPicture(null);
    setProblem(null);
    if (file === undefined) return;
    const base64 = await readPicture(file);
    const kept = base64 === null ? null : await station.call('picture.keep', { base64 });
    if (kept?.ok === true) setPicture(kept.value.sha256);
    else setProblem(kept === null ? errorWords['picture-missing'] : errorText(kept.error));
  };
  const grant = async (): Promise<void> => {
    const ofKind =
      kind === 'oversize-permit'
        ? permittedKg !== null && permitPlate.trim() !== ''
        : authority.trim() !== '';
    const signed = [requestedBy, approvedBy].every(({ name, pin }) => name !== '' && pin.length >= 4);
    if (
      document.trim() === '' ||
      reason.trim() === '' ||
      validUntil === null ||
      picture === null ||
      !ofKind ||
      !signed
    ) {
      setProblem(words.incomplete);
      return;
    }
    setBusy(true);
    setProblem(words.working);
    const granted = await station.call('release.grant', {
      number,
      kind,
      document,
      validUntil,
      picture,
      permittedKg: kind === 'oversize-permit' ? permittedKg : null,
      permitPlate: kind === 'oversize-permit' ? permitPlate : null,
      authority: kind === 'emergency-order' ? authority : null,
      reason,
      requestedBy,
      approvedBy,
    });
    setBusy(false);
    if (granted.ok) done();
    else setProblem(errorText(granted.error));
  };

  if (people === null) return <p className="release">{words.working}</p>;
  if (enrolling || people.length < 2) {
    return (
      <EnrolForm
        key={people.length}
        people={people}
        done={() => {
          setEnrolling(false);
          void loadPeople();
        }}
        cancel={() => {
          if (enrolling && people.length >= 2) setEnrolling(false);
          else done();
        }}
      />
    );
  }
  const text = (label: string, value: string, set: (text: string) => void, longest: number) => (
    <label>
      {label}
      <input
        maxLength={longest}
        value={value}
        onChange={(event) => {
          set(event.target.value);
        }}
      />
    </label>
  );
  return (
    <form
      className="release"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void grant();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        done();
      }}
    >
      <h2>{words.title}</h2>
      <p className="warning">{words.warning}</p>
      <label>
        {words.kind}
        <Choose options={kinds} words={words.kinds} value={kind} change={setKind} />
      </label>
      {text(words.document, document, setDocument, 80)}
      {kind === 'oversize-permit' ? (
        <>
          {text(words.permitPlate, permitPlate, setPermitPlate, 20)}
          <label>
            {words.permittedKg}
            <input
              inputMode="numeric"
              maxLength={7}
              value={permittedKg ?? ''}
              onChange={(event) => {
                setPermittedKg(wholeOrNull(event.target.value));
              }}
            />
          </label>
        </>
      ) : (
        text(words.authority, authority, setAuthority, 80)
      )}
      <DayInput label={words.validUntil} value={validUntil} change={setValidUntil} />
      <label>
        {words.picture}
        <input
          type="file"
          accept="image/jpeg"
          onChange={(event) => void keepPicture(event.target.files?.[0])}
        />
      </label>
      {text(words.reason, reason, setReason, 200)}
      <SignerFields label={words.requestedBy} people={people} signer={requestedBy} change={setRequestedBy} />
      <SignerFields
        label={words.approvedBy}
        people={people.filter(({ role, name }) => role === 'manager' && name !== requestedBy.name)}
        signer={approvedBy}
        change={setApprovedBy}
      />
      {problem !== null && (
        <p role="alert" className="error">
          {problem}
        </p>
      )}
      <div className="buttons">
        <button type="submit" className="primary danger" disabled={busy}>
          {words.grant}
        </button>
        <button
          type="button"
          onClick={() => {
            setEnrolling(true);
          }}
        >
          {words.enrol}
        </button>
        <button type="button" onClick={done}>{`Esc · ${words.cancel}`}</button>
      </div>
    </form>
  );
}
