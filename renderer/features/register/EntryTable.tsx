import { useState } from 'react';
import type { Field, RegisterKind } from '../../../station/contract.ts';
import { registerFields, registerTitles } from '../../../station/contract.ts';
import { dateTime } from '../../components/format.ts';
import type { RegisterWords } from '../../words/registerZh.ts';
import { expiryOf, fieldText, isExpiry, isFigure, labelOf } from './entryText.ts';
import type { ListedEntry } from './useEntries.ts';
import { useChinese, useRegisterWords } from './useRegisterWords.ts';

/** One list with its listed fields; a paper near or past its last day says so in words. */
export function EntryTable({
  kind,
  rows,
  open,
}: {
  readonly kind: RegisterKind;
  readonly rows: readonly ListedEntry[];
  readonly open: (row: ListedEntry) => void;
}): React.JSX.Element {
  const words = useRegisterWords();
  const chinese = useChinese();
  // The day this list was opened on: a shift does not outlast it.
  const [today] = useState(() => dateTime(Date.now()).slice(0, 10));
  const fields: readonly Field[] = registerFields[kind].filter(({ listed }) => listed === true);
  return (
    <table className="entries" aria-label={chinese ? registerTitles[kind].zh : registerTitles[kind].en}>
      <thead>
        <tr>
          {fields.map((field) => (
            <th key={field.name} scope="col" className={isFigure(field) ? 'figure' : ''}>
              {labelOf(field, chinese)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={fields.length}>{words.none}</td>
          </tr>
        )}
        {rows.map((row) => {
          const values: Readonly<Record<string, unknown>> = row.entry.entry;
          return (
            <tr
              key={row.key}
              tabIndex={0}
              onClick={() => {
                open(row);
              }}
              onKeyDown={(event) => {
                const { previousElementSibling, nextElementSibling } = event.currentTarget;
                const neighbour = { ArrowUp: previousElementSibling, ArrowDown: nextElementSibling };
                if (event.key === 'Enter') {
                  // Otherwise the same key press would send the form that opens.
                  event.preventDefault();
                  open(row);
                }
                if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
                event.preventDefault();
                const to = neighbour[event.key];
                if (to instanceof HTMLElement) to.focus();
              }}
            >
              {fields.map((field) => (
                <td key={field.name} className={classOf(field)}>
                  {fieldText(field, values[field.name], words, chinese)}
                  {isExpiry(field) && <ExpiryMark day={values[field.name]} today={today} words={words} />}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function classOf(field: Field): string {
  if (field.form === 'plate') return 'strong';
  return isFigure(field) ? 'figure' : '';
}

function ExpiryMark({
  day,
  today,
  words,
}: {
  readonly day: unknown;
  readonly today: string;
  readonly words: RegisterWords;
}): React.JSX.Element | null {
  if (typeof day !== 'string') return null;
  const expiry = expiryOf(day, today);
  if (expiry.kind === 'fine') return null;
  return (
    <em className={expiry.kind}>
      {expiry.kind === 'expired' ? ` ✖ ${words.expired}` : ` ⚠ ${words.expires(expiry.days)}`}
    </em>
  );
}
