import qrcode from 'qrcode-generator';

/** The modules of a code, a row a line: `1` is dark. No quiet zone around it. */
export type Modules = readonly string[];

/**
 * The smallest QR code of error correction level M (15 % of it may be unreadable). What is before the last bar goes in
 * as UTF-8; the signature behind it in the alphabet for which a code needs least room.
 */
export function qrModules(text: string): Modules {
  const bar = text.lastIndexOf('|') + 1;
  const code = qrcode(0, 'M');
  code.addData(utf8AsLatin1(text.slice(0, bar)), 'Byte');
  if (bar < text.length) code.addData(text.slice(bar), 'Alphanumeric');
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => (code.isDark(row, column) ? '1' : '0')).join(''),
  );
}

/** The library takes one byte a character. */
function utf8AsLatin1(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
