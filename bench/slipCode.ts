import { generateKeyPairSync, sign } from 'node:crypto';
import { toBase32 } from '../station/slips/base32.ts';
import { qrModules } from '../station/slips/qr.ts';
import type { SlipCode } from '../station/slips/slipCode.ts';
import { signSlip } from '../station/slips/slipCode.ts';
import { report } from './figures.ts';

const signatureBytes = 64;

/** How large the code on a paper is, in modules a side, against a code of a bare signature: what the fields cost. */
export function benchSlipCode(): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');
  const usual: SlipCode = {
    ...{ drill: false, station: 'YQ-7', number: 128, plate: '晋C12345', colour: 'yellow', axles: 6 },
    ...{ grossKg: 46_650, limitKg: 49_000, tareKg: 15_320, netKg: 31_330, goods: '原煤' },
    ...{ timeMs: Date.UTC(2026, 10, 30, 8, 30, 5), validHours: 12, decision: 'allow', copy: 1 },
    pictures: 'K5XW2M3RNBSQO',
  };
  const least: SlipCode = {
    ...usual,
    ...{ axles: null, limitKg: null, tareKg: null, netKg: null, goods: null, pictures: null },
  };
  const longest: SlipCode = {
    ...usual,
    ...{
      station: 'SX-YQ-JIAOQU-0007',
      number: 99_999_999,
      colour: 'yellow-green',
      validHours: 168,
      copy: 99,
    },
    goods: '洗精煤（低硫主焦煤一级）',
  };
  const bare = qrModules(toBase32(new Uint8Array(signatureBytes).fill(0x5a))).length;
  for (const [name, code] of [
    ['a refusal that knows least', least],
    ['a usual slip', usual],
    ['the longest names', longest],
  ] as const) {
    const text = signSlip(code, signer);
    const modules = qrModules(text).length;
    report(
      `code of ${name}, ${String(text.length)} letters`,
      `${String(modules)} modules`,
      `${String(bare)} modules`,
      modules / bare,
    );
  }
}
