const shortest = 100;
/** Some cameras append a few bytes of their own after the end marker. */
const mostAfterEnd = 64;
const end = Buffer.from([0xff, 0xd9]);

/** Whether the bytes begin and end as a JPEG does; cut or foreign ones are no evidence. */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  if (bytes.length < shortest || bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return false;
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-mostAfterEnd - end.length);
  return tail.includes(end);
}

/** Null when it is no whole JPEG in base64. */
export function jpegOfBase64(base64: string): Uint8Array | null {
  const bytes = Buffer.from(base64, 'base64');
  return isWholeJpeg(bytes) ? bytes : null;
}
