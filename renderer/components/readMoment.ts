import { readDay } from './DayInput.tsx';

/** `202611231405`, `2026-11-23 14:05`, or a day alone: its noon. Chinese time; null while it is none of them. */
export function readMoment(typed: string): number | null {
  const text = typed.trim();
  const digits = text.replaceAll(/\D/g, '');
  const bare = /^\d+$/.test(text) ? /^(\d{8})(\d{2})(\d{2})$/.exec(digits) : null;
  const parts = bare ?? /^(\S+)[\sT]+(\d{1,2})[:：](\d{2})$/.exec(text);
  const [, date = text, hour = '12', minute = '00'] = parts ?? [];
  const day = readDay(date);
  if (day === null || Number(hour) > 23 || Number(minute) > 59) return null;
  return Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:00+08:00`);
}
