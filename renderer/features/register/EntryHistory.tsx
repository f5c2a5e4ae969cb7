import { useEffect, useState } from 'react';
import type { CallOutput, Field, RegisterKind } from '../../../station/contract.ts';
import { registerFields } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { station } from '../../store/station.ts';
import type { FieldChange } from './entryText.ts';
import { fieldChanges, fieldText, labelOf } from './entryText.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

type Change = CallOutput<'register.history'>['changes'][number];

/** Who changed an entry, when, and which fields; from the ledger, so nothing of it can be taken back. */
export function EntryHistory({
  kind,
  entryKey,
}: {
  readonly kind: RegisterKind;
  readonly entryKey: string;
}): React.JSX.Element | null {
  const words = useRegisterWords();
  const [changes, setChanges] = useState<readonly Change[]>([]);
  useEffect(() => {
    let current = true;
    void station.call('register.history', { kind, key: entryKey }).then((history) => {
      if (current && history.ok) setChanges(history.value.changes);
    });
    return () => {
      current = false;
    };
  }, [kind, entryKey]);
  if (changes.length === 0) return null;
  const fields: readonly Field[] = registerFields[kind];
  return (
    <section aria-label={words.history}>
      <h3>{words.history}</h3>
      <ol className="history">
        {changes.map((change, index) => {
          // The list is newest first: what stood before is the next one.
          const before = changes[index + 1]?.now?.entry ?? null;
          return (
            <li key={`${String(change.timeMs)} ${String(index)}`}>
              <p className="who">
                {`${dateTime(change.timeMs)} · ${change.operator ?? words.nobody}${change.imported ? ` · ${words.imported}` : ''}${change.stated ? ` · ${words.stated}` : ''}`}
              </p>
              {change.now === null ? (
                <p>{`${words.removed}: ${change.reason}`}</p>
              ) : (
                <Changes changes={fieldChanges(fields, before, change.now.entry)} isNew={before === null} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Changes({
  changes,
  isNew,
}: {
  readonly changes: readonly FieldChange[];
  readonly isNew: boolean;
}): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  const text = (field: Field, value: unknown): string => fieldText(field, value, words, chinese) || '—';
  return (
    <dl>
      {changes.map(({ field, before, now }) => (
        <div key={field.name}>
          <dt>{labelOf(field, chinese)}</dt>
          <dd>{isNew ? text(field, now) : `${text(field, before)} → ${text(field, now)}`}</dd>
        </div>
      ))}
    </dl>
  );
}
