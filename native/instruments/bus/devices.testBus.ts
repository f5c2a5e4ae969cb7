/** Addressed indicators as their manuals draw their bytes, built here apart from the program's own code. */
export interface BusKind {
  readonly profile: 'yaohua-command' | 'keli-k9r-command' | 'dini-argeo-command' | 'modbus-rtu';
  readonly options: Readonly<Record<string, unknown>>;
  readonly request: Buffer;
  readonly answer: (kg: number) => Buffer;
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function withXor(body: string): Buffer {
  const xor = latin(body).reduce((all, byte) => all ^ byte, 0);
  return latin(`\x02${body}${xor.toString(16).toUpperCase().padStart(2, '0')}\x03`);
}

function withCrc(bytes: readonly number[]): Buffer {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return Buffer.from([...bytes, crc & 0xff, crc >> 8]);
}

export function yaohuaDevice(address: string): BusKind {
  return {
    profile: 'yaohua-command',
    options: { address },
    request: withXor(`${address}B`),
    answer: (kg) => withXor(`${address}B${kg < 0 ? '-' : '+'}${String(Math.abs(kg)).padStart(6, '0')}0`),
  };
}

export function keliDevice(address: string): BusKind {
  return {
    ...yaohuaDevice(address),
    profile: 'keli-k9r-command',
    answer: (kg) => withXor(`${address}B${kg < 0 ? '-' : '+'}${String(Math.abs(kg)).padStart(6, '0')}.`),
  };
}

export function diniDevice(address: string): BusKind {
  return {
    profile: 'dini-argeo-command',
    options: { address },
    request: latin(`${address}READ\r\n`),
    answer: (kg) => latin(`${address}ST,GS,${String(kg).padStart(8)},kg\r\n`),
  };
}

export function modbusDevice(unitId: number): BusKind {
  return {
    profile: 'modbus-rtu',
    options: { unitId },
    request: withCrc([unitId, 3, 0, 0, 0, 2]),
    answer: (kg) => {
      const word = Buffer.alloc(4);
      word.writeInt32BE(kg);
      return withCrc([unitId, 3, 4, ...word]);
    },
  };
}
