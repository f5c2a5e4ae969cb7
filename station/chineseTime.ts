/** China keeps one time zone and no daylight saving: UTC+8 everywhere. */
const offsetMs = 8 * 3_600_000;

/** The Chinese calendar day of a UTC instant, YYYY-MM-DD: rule sets and certificates change at its midnight. */
export function chineseDate(timeMs: number): string {
  return new Date(timeMs + offsetMs).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD hh:mm:ss` in Chinese time, for papers. */
export function chineseDateTime(timeMs: number): string {
  return new Date(timeMs + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}
