import type { Field } from '../../../station/contract.ts';
import { kgDigits } from '../../components/format.ts';
import type { RegisterWords } from '../../words/registerZh.ts';

/** A field's value in the reader's words; empty where nothing is stated. */
export function fieldText(field: Field, value: unknown, words: RegisterWords, chinese: boolean): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number')
    return field.form === 'whole' && field.unit !== undefined
      ? `${kgDigits(value)} ${field.unit}`
      : String(value);
  if (typeof value !== 'string') return '';
  if (field.form === 'choice') {
    const choice = field.choices.find((each) => each.value === value);
    return choice === undefined ? value : chinese ? choice.zh : choice.en;
  }
  return field.form === 'picture' ? `▣ ${value.slice(0, 8)}` : value;
}

export function labelOf(field: Field, chinese: boolean): string {
  const unit = field.form === 'whole' && field.unit !== undefined ? ` ${field.unit}` : '';
  return `${chinese ? field.zh : field.en}${unit}`;
}

/** Amounts stand right, so that their digits stand under each other. */
export function isFigure(field: Field): boolean {
  return field.form === 'whole';
}

export interface FieldChange {
  readonly field: Field;
  readonly before: unknown;
  readonly now: unknown;
}

/** What of an entry changed; of a new one, what somebody stated. */
export function fieldChanges(
  fields: readonly Field[],
  before: object | null,
  now: object,
): readonly FieldChange[] {
  const then: Readonly<Record<string, unknown>> = { ...before };
  const since: Readonly<Record<string, unknown>> = { ...now };
  return fields
    .map((field) => ({ field, before: then[field.name] ?? null, now: since[field.name] ?? null }))
    .filter((each) =>
      before === null
        ? each.now !== null && each.now !== false && each.now !== 0
        : JSON.stringify(each.now) !== JSON.stringify(each.before),
    );
}

export type Expiry =
  { readonly kind: 'expired' } | { readonly kind: 'soon'; readonly days: number } | { readonly kind: 'fine' };

const soonDays = 30;
const dayMs = 86_400_000;

/** How a paper's last day stands to today in China; both YYYY-MM-DD. */
export function expiryOf(day: string, today: string): Expiry {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
  if (days < 0) return { kind: 'expired' };
  return days <= soonDays ? { kind: 'soon', days } : { kind: 'fine' };
}

/** Fields that name the last day of a paper, a contract or a listing. */
export function isExpiry(field: Field): boolean {
  return field.form === 'day' && (field.name.endsWith('Expires') || field.name === 'until');
}
