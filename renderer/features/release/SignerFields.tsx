import type { CallOutput } from '../../../station/contract.ts';
import { useReleaseWords } from './useReleaseWords.ts';

type People = CallOutput<'people.list'>['people'];
export interface SignerTyped {
  readonly name: string;
  readonly pin: string;
}
export const nobody: SignerTyped = { name: '', pin: '' };

/** One signature: who, and the PIN only they know. */
export function SignerFields({
  label,
  people,
  signer,
  change,
}: {
  readonly label: string;
  readonly people: People;
  readonly signer: SignerTyped;
  readonly change: (signer: SignerTyped) => void;
}): React.JSX.Element {
  const words = useReleaseWords();
  return (
    <fieldset className="signer">
      <legend>{label}</legend>
      <select
        aria-label={label}
        value={signer.name}
        onChange={(event) => {
          change({ ...signer, name: event.target.value });
        }}
      >
        <option value="">{words.choose}</option>
        {people.map(({ name, role }) => (
          <option key={name} value={name}>{`${name} · ${words.roles[role]}`}</option>
        ))}
      </select>
      <input
        type="password"
        aria-label={`${label} ${words.pin}`}
        placeholder={words.pin}
        autoComplete="off"
        maxLength={32}
        value={signer.pin}
        onChange={(event) => {
          change({ ...signer, pin: event.target.value });
        }}
      />
    </fieldset>
  );
}
