let table: ReadonlyMap<string, readonly [number, number]> | null = null;

/** What older firmware writes. Node only decodes GBK: the way back is that table turned around. */
export function gbk(text: string): Buffer<ArrayBuffer> {
  table ??= turnedAround();
  const bytes: number[] = [];
  for (const character of text) {
    const pair = table.get(character);
    if (pair !== undefined) bytes.push(...pair);
    else bytes.push(character.charCodeAt(0) < 0x80 ? character.charCodeAt(0) : 0x3f);
  }
  return Buffer.from(bytes);
}

function turnedAround(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const map = new Map<string, readonly [number, number]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\uFFFD') map.set(character, [high, low]);
    }
  }
  return map;
}
