/** Reads hex text in pieces cut anywhere; white space may stand between any two digits. */
export interface HexReader {
  /** Null when a character is no hex digit. */
  readonly push: (text: Uint8Array) => Uint8Array | null;
  /** Whether every byte had both its digits. */
  readonly complete: () => boolean;
  /** The offending character of the last refusal and where it stands, from 1. */
  readonly problem: () => string;
}

export function createHexReader(): HexReader {
  let high = -1;
  let read = 0;
  let problem = '';
  return {
    push(text) {
      const bytes = Buffer.allocUnsafe((text.length + 1) >> 1);
      let length = 0;
      for (const code of text) {
        read += 1;
        const digit = digitOf(code);
        if (digit === white) continue;
        if (digit === wrong) {
          const name =
            code > 0x20 && code < 0x7f
              ? `'${String.fromCharCode(code)}'`
              : `byte ${code.toString(16).padStart(2, '0')}`;
          problem = `${name} at character ${String(read)} is no hex digit`;
          return null;
        }
        if (high < 0) {
          high = digit;
        } else {
          bytes[length] = (high << 4) | digit;
          length += 1;
          high = -1;
        }
      }
      return bytes.subarray(0, length);
    },
    complete: () => high < 0,
    problem: () => problem,
  };
}

const white = -1;
const wrong = -2;

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) ? white : wrong;
}
