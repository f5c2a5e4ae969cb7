import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageChecker } from './checker.ts';
import { signatureHolds } from '../station/ledger/signing.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const signed = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');

/** Every other spelling that decoders commonly take for the same bytes. */
function respelled(signature: string): string[] {
  const last = signature.at(-3) ?? '';
  const bitsNobodyReads = String.fromCharCode(last.charCodeAt(0) + 1);
  return [
    signature.replaceAll('+', '-').replaceAll('/', '_'),
    signature.replaceAll('=', ''),
    `${signature}=`,
    ` ${signature}`,
    `${signature.slice(0, 40)}\n${signature.slice(40)}`,
    `${signature.slice(0, -3)}${bitsNobodyReads}==`,
  ].filter((text) => text !== signature);
}

test.each([
  ['the station', signatureHolds],
  ['the page', pageChecker.signatureHolds],
])('%s takes a signature in its one spelling only', (_name, holds) => {
  for (let nth = 0; nth < 20; nth += 1) {
    const message = `message ${String(nth)}`;
    const signature = signed(message);
    expect(holds(spki, message, signature)).toBe(true);
    for (const other of respelled(signature)) expect(holds(spki, message, other)).toBe(false);
  }
});
