import qrcode from 'qrcode-generator';

/** The modules of a code, a row a line: `1` is dark. No quiet zone around it. */
export type Modules = readonly string[];

/**
 * The smallest QR code of error correction level M (15 % of it may be unreadable). The text is of the letters that a
 * code packs into five and a half bits each. Throws for any other: a bug.
 */
export function qrModules(text: string): Modules {
  const code = qrcode(0, 'M');
  code.addData(text, 'Alphanumeric');
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => (code.isDark(row, column) ? '1' : '0')).join(''),
  );
}
