import { useState } from 'react';

/** Eight digits are enough for a day: 20271231 is 2027-12-31. Null while it is none. */
export function readDay(typed: string): string | null {
  const digits = typed.replaceAll(/\D/g, '');
  const parts = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(typed.trim());
  const text =
    parts === null
      ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
      : `${parts[1] ?? ''}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`;
  if (parts === null && digits.length !== 8) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}

/** A day typed with gloves on: digits only, no calendar to hit. */
export function DayInput({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly change: (day: string | null) => void;
}): React.JSX.Element {
  const [text, setText] = useState(value ?? '');
  const wrong = text.trim() !== '' && readDay(text) === null;
  return (
    <label className="number">
      {label}
      <input
        inputMode="numeric"
        placeholder="20271231"
        maxLength={12}
        value={text}
        aria-invalid={wrong}
        onChange={(event) => {
          setText(event.target.value);
          change(readDay(event.target.value));
        }}
        onBlur={() => {
          const day = readDay(text);
          if (day !== null) setText(day);
        }}
      />
    </label>
  );
}
