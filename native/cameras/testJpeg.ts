/** For tests: bytes that begin and end as a JPEG does, with boundaries and braces where they could hurt. */
export function testJpeg(size = 400): Buffer {
  const body = Buffer.alloc(size, 0x2d);
  body.write('\r\n--bound {"data={ \r\n\r\n', 40, 'latin1');
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), body, Buffer.from([0xff, 0xd9])]);
}

/** Cuts bytes at the given places, in any order and as often as they like. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const inside = places.map((place) => place % (bytes.length + 1));
  const edges = [0, ...inside.sort((one, other) => one - other), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}
