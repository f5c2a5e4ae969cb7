/** Parts of the settings file as the forms of the installer type them; numbers stay text until they are sent. */
export type Loose = Readonly<Record<string, unknown>>;

const parities = { N: 'none', E: 'even', O: 'odd' } as const;

export function asRecord(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function without(all: Loose, names: readonly string[]): Loose {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

export function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

/** `8N1` and the like, as a serial line takes it. */
export function framingSettings(framing: string): Loose {
  return {
    dataBits: Number(framing.charAt(0)),
    parity: parities[framing.charAt(1) as keyof typeof parities],
    stopBits: Number(framing.charAt(2)),
  };
}

export function framingText(line: Loose): string {
  const parity = line.parity === 'even' ? 'E' : line.parity === 'odd' ? 'O' : 'N';
  return `${textOf(line.dataBits, '8')}${parity}${textOf(line.stopBits, '1')}`;
}
