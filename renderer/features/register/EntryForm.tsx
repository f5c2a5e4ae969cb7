import { useEffect, useRef, useState } from 'react';
import type { CallError, Field, RegisterEntry, RegisterKind } from '../../../station/contract.ts';
import { entrySchemas, registerFields, registerTitles } from '../../../station/contract.ts';
import { PlateMark } from '../../components/PlateMark.tsx';
import { SheetFoot } from '../../components/SheetFoot.tsx';
import { station } from '../../store/station.ts';
import type { RegisterWords } from '../../words/registerZh.ts';
import { Combination, tractorIn } from './Combination.tsx';
import { EntryHistory } from './EntryHistory.tsx';
import { FieldInput } from './FieldInput.tsx';
import { RemoveEntry } from './RemoveEntry.tsx';
import { TareHistory } from './TareHistory.tsx';
import type { ListedEntry } from './useEntries.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

const fresh: Readonly<Partial<Record<RegisterKind, Record<string, unknown>>>> = {
  vehicle: { plate: '晋C', colour: 'yellow', unit: 'whole' },
  goods: { category: 'coal' },
  listing: { plate: '晋C', colour: 'yellow', list: 'black' },
};

/** One entry of any list: its fields from the field table, checked by its schema before it is sent. */
export function EntryForm({
  kind,
  listed,
  done,
}: {
  readonly kind: RegisterKind;
  readonly listed: ListedEntry | null;
  readonly done: (changed: boolean) => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() => ({
    ...(listed?.entry.entry ?? fresh[kind] ?? {}),
  }));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<CallError | null>(null);
  const [saving, setSaving] = useState(false);
  const fields: readonly Field[] = registerFields[kind].filter(({ byStation }) => byStation !== true);
  const tractor = kind === 'vehicle' ? tractorIn(values) : null;
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  const save = async (): Promise<void> => {
    if (saving) return;
    const stated = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const parsed = entrySchemas[kind].safeParse(stated);
    if (!parsed.success) {
      const names = parsed.error.issues.map(({ path }) => String(path[0] ?? ''));
      const wrong = fields.filter(({ name }) => names.includes(name));
      setProblems(
        Object.fromEntries(wrong.map((field) => [field.name, problemOf(field, values[field.name], words)])),
      );
      return;
    }
    setProblems({});
    setSaving(true);
    const each = { kind, entry: parsed.data } as RegisterEntry;
    const put = await station.call('register.put', { each, formerKey: listed?.key ?? null });
    setSaving(false);
    if (put.ok) done(true);
    else setError(put.error);
  };
  return (
    <div className="entry">
      <form
        ref={form}
        className="sheet entry-form"
        aria-label={chinese ? registerTitles[kind].zh : registerTitles[kind].en}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Title kind={kind} listed={listed} />
        <div className="fields">
          {fields.map((field, index) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name]}
              problem={problems[field.name] ?? null}
              autoFocus={index === 0}
              change={(value) => {
                setValues((before) => ({ ...before, [field.name]: value }));
              }}
            />
          ))}
        </div>
        <SheetFoot
          error={error}
          cancel={() => {
            done(false);
          }}
        />
      </form>
      {(listed !== null || tractor !== null) && (
        <aside className="entry-side">
          {tractor !== null && <Combination tractor={tractor} />}
          {listed?.entry.kind === 'vehicle' && (
            <TareHistory plate={listed.entry.entry.plate} colour={listed.entry.entry.colour} />
          )}
          {listed !== null && <EntryHistory kind={kind} entryKey={listed.key} />}
          {listed !== null && <RemoveEntry kind={kind} entryKey={listed.key} done={done} />}
        </aside>
      )}
    </div>
  );
}

function Title({
  kind,
  listed,
}: {
  readonly kind: RegisterKind;
  readonly listed: ListedEntry | null;
}): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const title = chinese ? registerTitles[kind].zh : registerTitles[kind].en;
  if (listed === null) return <h2>{`${words.add} · ${title}`}</h2>;
  const each = listed.entry;
  return (
    <h2>
      {`${title} `}
      {each.kind === 'vehicle' || each.kind === 'listing' ? (
        <PlateMark plate={each.entry.plate} colour={each.entry.colour} />
      ) : (
        listed.key
      )}
    </h2>
  );
}

function problemOf(field: Field, value: unknown, words: RegisterWords): string {
  if (field.required === true && (value === null || value === undefined)) return words.required;
  if (field.form === 'plate') return words.plateWrong;
  if (field.form === 'day') return words.dayWrong;
  return field.form === 'whole' ? words.numberWrong : words.wrong;
}
