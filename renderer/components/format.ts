/** `49 120`: thousands apart, read at a glance. */
export function kgDigits(kg: number): string {
  return `${kg < 0 ? '-' : ''}${String(Math.abs(kg)).replace(/\B(?=(\d{3})+$)/g, ' ')}`;
}

/** Tonnes with two decimals; what would round to nothing stays in kilograms: 5 kg over is over. */
export function tonnes(kg: number): string {
  if (kg !== 0 && Math.abs(kg) % 10 !== 0) return `${kgDigits(kg)} kg`;
  const hundredths = Math.trunc(Math.abs(kg) / 10);
  const whole = Math.trunc(hundredths / 100);
  return `${kg < 0 ? '-' : ''}${String(whole)}.${String(hundredths % 100).padStart(2, '0')} t`;
}

/** `a3f0 91c2 …`: how people compare digits. */
export function inFours(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}

const chinaOffsetMs = 8 * 3_600_000;

/** Chinese time, whatever zone the computer is in. */
export function dateTime(timeMs: number): string {
  return new Date(timeMs + chinaOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

export function clockTime(timeMs: number): string {
  return dateTime(timeMs).slice(11);
}
