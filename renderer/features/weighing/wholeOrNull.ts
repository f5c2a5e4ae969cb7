export function wholeOrNull(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isInteger(value) || value < 0 ? null : value;
}
