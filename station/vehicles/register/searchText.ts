import type { RegisterEntry } from './entries.ts';
import { registerFields } from './fields.ts';

/** What a search looks through: the listed texts of an entry, in capitals. */
export function searchText({ kind, entry }: RegisterEntry): string {
  const values: Readonly<Record<string, unknown>> = entry;
  return registerFields[kind]
    .filter((field) => field.listed === true && (field.form === 'text' || field.form === 'plate'))
    .map(({ name }) => values[name])
    .filter((value) => typeof value === 'string')
    .join(' ')
    .toUpperCase();
}
