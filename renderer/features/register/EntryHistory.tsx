import { useEffect, useState } from 'react';
import type { CallOutput, Field, RegisterKind } from '../../../station/contract.ts';
import { registerFields } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import { station } from '../../store/station.ts';
import { fieldText, labelOf } from './entryText.ts';
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
  const chinese = useChinese();
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
  const told = (change: Change, before: Change | undefined): string => {
    if (change.now === null) return `${words.removed} ${change.reason}`;
    const now: Readonly<Record<string, unknown>> = change.now.entry;
    const then: Readonly<Record<string, unknown>> = before?.now?.entry ?? {};
    const fields: readonly Field[] = registerFields[kind];
    return fields
      .filter(({ name }) => JSON.stringify(now[name] ?? null) !== JSON.stringify(then[name] ?? null))
      .map(
        (field) => `${labelOf(field, chinese)} ${fieldText(field, now[field.name], words, chinese) || '—'}`,
      )
      .join(' · ');
  };
  return (
    <section aria-label={words.history}>
      <h3>{words.history}</h3>
      <ol>
        {changes.map((change, index) => (
          <li key={`${String(change.timeMs)} ${String(index)}`}>
            <small>
              {`${dateTime(change.timeMs)} ${change.operator ?? words.nobody}${change.imported ? ` · ${words.imported}` : ''}`}
            </small>
            <p>{told(change, changes[index + 1])}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
