/**
 * A camera's bytes as text: UTF-8 where they are that, else GB 18030, which older mainland firmware writes
 * whatever its headers say. Null when they are neither.
 */
export function decodeText(bytes: Uint8Array): string | null {
  for (const charset of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return null;
}

/** What a camera wrote, fit for one line of a log or a screen. */
export function oneLine(text: string, most = 120): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, most);
}
