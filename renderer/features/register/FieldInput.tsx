import type { Field } from '../../../station/contract.ts';
import { readDay } from '../../components/DayInput.tsx';
import { labelOf } from './entryText.ts';
import { Names } from './Names.tsx';
import { PictureField } from './PictureField.tsx';
import { useChinese } from './useRegisterWords.ts';

export interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly problem: string | null;
  readonly autoFocus: boolean;
  readonly change: (value: unknown) => void;
}

/** One field of an entry, as its form in the field table asks for. */
export function FieldInput({ field, value, problem, autoFocus, change }: FieldProps): React.JSX.Element {
  const chinese = useChinese();
  const label = `${labelOf(field, chinese)}${field.required === true ? ' *' : ''}`;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const wrong = problem !== null;
  const digits = field.form === 'whole' || field.form === 'day';
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
          inputMode={digits ? 'numeric' : undefined}
          placeholder={field.form === 'day' ? '20271231' : undefined}
          onChange={(event) => {
            const now = event.target.value.trim();
            change(now === '' ? null : read(now));
          }}
          onBlur={(event) => {
            // Shows what was understood; what was not stays as it was typed.
            if (typeof value === 'string') event.target.value = value;
          }}
        />
      </label>
      {wrong && <em role="alert">{problem}</em>}
    </div>
  );
  switch (field.form) {
    case 'text':
      return typed((now) => now);
    case 'plate': {
      const trailers = field.name === 'trailerPlate';
      return (
        <>
          {typed(plateText, trailers ? 'trailer-plates' : undefined)}
          {trailers && <Names id="trailer-plates" kind="vehicle" typed={text === '' ? '挂' : text} />}
        </>
      );
    }
    case 'whole':
      return typed((now) => (/^\d{1,12}$/.test(now) ? Number(now) : now));
    case 'reference':
      return (
        <>
          {typed((now) => now, `names-${field.name}`)}
          <Names id={`names-${field.name}`} kind={field.to} typed={text} />
        </>
      );
    case 'day':
      return typed((now) => readDay(now) ?? now);
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
      return <PictureField label={label} sha256={text} change={change} />;
  }
}

function plateText(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s·.-]/g, '');
}
