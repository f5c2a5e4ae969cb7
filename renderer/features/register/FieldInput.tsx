import { useEffect, useState } from 'react';
import type { Field, RegisterKind } from '../../../station/contract.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { Picture } from '../../components/Picture.tsx';
import { readPicture } from '../../components/readPicture.ts';
import { station } from '../../store/station.ts';
import { labelOf } from './entryText.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

export interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly problem: string | null;
  readonly autoFocus: boolean;
  readonly change: (value: unknown) => void;
}

/** One field of an entry, as its form in the field table asks for. */
export function FieldInput({ field, value, problem, autoFocus, change }: FieldProps): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const label = `${labelOf(field, chinese)}${field.required === true ? ' *' : ''}`;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const wrong = problem !== null;
  const typed = (read: (text: string) => unknown, list?: string): React.JSX.Element => (
    <div className="field">
      <label>
        <span>{label}</span>
        <input
          defaultValue={text}
          list={list}
          autoFocus={autoFocus}
          spellCheck={false}
          aria-invalid={wrong}
          inputMode={field.form === 'whole' ? 'numeric' : undefined}
          onChange={(event) => {
            const now = event.target.value.trim();
            change(now === '' ? null : read(now));
          }}
        />
      </label>
      {wrong && <em role="alert">{problem}</em>}
    </div>
  );
  switch (field.form) {
    case 'text':
      return typed((now) => now);
    case 'plate':
      return typed((now) => now.toUpperCase().replaceAll(/[\s·.-]/g, ''));
    case 'whole':
      return typed((now) => (/^\d{1,12}$/.test(now) ? Number(now) : now));
    case 'reference':
      return (
        <>
          {typed((now) => now, `names-${field.to}`)}
          <Names kind={field.to} />
        </>
      );
    case 'day':
      return (
        <div className="field">
          <DayInput label={label} value={text === '' ? null : text} change={change} />
          {wrong && <em role="alert">{problem}</em>}
        </div>
      );
    case 'yes-no':
      return (
        <label className="check">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => {
              change(event.target.checked);
            }}
          />
          <span>{label}</span>
        </label>
      );
    case 'choice':
      return (
        <div className="field">
          <label>
            <span>{label}</span>
            <select
              value={text}
              aria-invalid={wrong}
              onChange={(event) => {
                change(event.target.value === '' ? null : event.target.value);
              }}
            >
              <option value="">—</option>
              {field.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {chinese ? choice.zh : choice.en}
                </option>
              ))}
            </select>
          </label>
          {wrong && <em role="alert">{problem}</em>}
        </div>
      );
    case 'picture':
      return <PictureField label={label} sha256={text} change={change} words={words} />;
  }
}

/** The names another list offers. */
function Names({ kind }: { readonly kind: RegisterKind }): React.JSX.Element {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const query = { kind, search: '', afterKey: null, limit: 200 } as const;
    void station.call('register.list', query).then((found) => {
      if (found.ok) setNames(found.value.entries.map(({ key }) => key));
    });
  }, [kind]);
  return (
    <datalist id={`names-${kind}`}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

function PictureField({
  label,
  sha256,
  change,
  words,
}: {
  readonly label: string;
  readonly sha256: string;
  readonly change: (value: unknown) => void;
  readonly words: ReturnType<typeof useRegisterWords>;
}): React.JSX.Element {
  const [failed, setFailed] = useState(false);
  const keep = async (file: File): Promise<void> => {
    const base64 = await readPicture(file);
    const kept = base64 === null ? null : await station.call('picture.keep', { base64 });
    setFailed(kept?.ok !== true);
    if (kept?.ok === true) change(kept.value.sha256);
  };
  return (
    <div className="field picture-field">
      <span>{label}</span>
      {sha256 !== '' && <Picture key={sha256} sha256={sha256} label={label} />}
      <FileButton
        label={`${label} ${words.choosePicture}`}
        accept="image/jpeg"
        choose={(file) => void keep(file)}
      />
      {sha256 !== '' && (
        <button
          type="button"
          onClick={() => {
            change(null);
          }}
        >
          {words.clear}
        </button>
      )}
      {failed && <em role="alert">{words.wrong}</em>}
    </div>
  );
}
