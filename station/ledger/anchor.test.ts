import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorLine, anchorSigner, readAnchor } from './anchor.ts';
import { forgeLink, genesisHash } from './chain.ts';
import type { Restore } from './epochs.ts';
import { compareHead, epochOf } from './epochs.ts';
import type { LedgerEvent } from './event.ts';
import { eventMessage, keyIdOf } from './signing.ts';
import type { SignedLink } from './verifyLedger.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const keyId = keyIdOf(spki);

function checkpointLink(): SignedLink {
  const event: LedgerEvent = {
    v: 1,
    station: 'YQ-7',
    mode: 'real',
    sequence: 7,
    timeMs: 1_790_000_000_000,
    bootId: 'boot',
    monotonicMs: 7,
    clockSource: 'ntp',
    driftMs: 0,
    type: 'checkpoint',
    body: { why: 'asked', operator: '张三', epoch: 0, number: 3 },
  };
  const link = forgeLink(genesisHash, event);
  const signature = sign(null, Buffer.from(eventMessage(link.hash)), privateKey).toString('base64');
  return { ...link, signed: { keyId, signature } };
}

describe('an anchor', () => {
  it('proves sequence, time, number and epoch from its own text', () => {
    const anchor = readAnchor(anchorLine(checkpointLink()));
    expect(anchor).toMatchObject({ station: 'YQ-7', sequence: 7, number: 3, epoch: 0 });
    expect(anchorSigner(anchor!, [{ keyId, publicKey: spki }])).toBe('ours');
    expect(anchorSigner(anchor!, [])).toBe('stranger');
  });

  it('with any member changed is none, or is signed by nobody', () => {
    const line = JSON.parse(anchorLine(checkpointLink())) as Record<string, unknown>;
    for (const name of Object.keys(line)) {
      const value = line[name];
      const changed = typeof value === 'number' ? value + 1 : `${String(value)}x`;
      expect(readAnchor(JSON.stringify({ ...line, [name]: changed })), name).toBeNull();
    }
    const other = sign(null, Buffer.from('another message'), privateKey).toString('base64');
    const forged = readAnchor(JSON.stringify({ ...line, signature: other }));
    expect(anchorSigner(forged!, [{ keyId, publicKey: spki }])).toBe('nobody');
  });

  it('is read from anything without harm', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readAnchor(text)).toBeNull();
      }),
    );
  });
});

describe('a head known outside', () => {
  const hash = (sequence: number, branch: string): string => `${branch}${String(sequence)}`;
  const cut: Restore = {
    epoch: 1,
    headSequence: 50,
    lostTo: { sequence: 80, hash: hash(80, 'old') },
    numbersUsedTo: 30,
  };
  const own = (restores: readonly Restore[], headSequence = 60) => ({
    restores,
    headSequence,
    hashAt: (sequence: number) => (sequence <= headSequence ? hash(sequence, 'own') : null),
  });
  const head = (epoch: number, sequence: number, branch: string) => ({
    epoch,
    sequence,
    hash: hash(sequence, branch),
    timeMs: 0,
    number: null,
  });

  it('agrees where the same event stands', () => {
    expect(compareHead(head(0, 60, 'own'), own([]))).toBe('agrees');
    expect(compareHead(head(0, 50, 'own'), own([cut]))).toBe('agrees');
    expect(compareHead(head(1, 60, 'own'), own([cut]))).toBe('agrees');
  });

  it('is ahead of a store that went back in silence, and unlike one that was written anew', () => {
    expect(compareHead(head(0, 61, 'own'), own([]))).toBe('ahead');
    expect(compareHead(head(0, 60, 'old'), own([]))).toBe('unlike');
    expect(compareHead(head(1, 40, 'old'), own([]))).toBe('ahead');
  });

  it('on the branch a restore gave up is lost as declared, beyond it is ahead, before it is unlike', () => {
    expect(compareHead(head(0, 80, 'old'), own([cut]))).toBe('lost');
    expect(compareHead(head(0, 55, 'old'), own([cut]))).toBe('lost');
    expect(compareHead(head(0, 81, 'old'), own([cut]))).toBe('ahead');
    expect(compareHead(head(0, 49, 'old'), own([cut]))).toBe('unlike');
    expect(compareHead(head(1, 55, 'old'), own([cut]))).toBe('unlike');
    expect(compareHead(head(2, 55, 'old'), own([cut]))).toBe('ahead');
  });

  it('of a restored branch that was itself lost is told from the one that took its place', () => {
    const again: Restore = {
      epoch: 2,
      headSequence: 40,
      lostTo: { sequence: 55, hash: 'x' },
      numbersUsedTo: 1,
    };
    expect(compareHead(head(1, 55, 'old'), own([again]))).toBe('lost');
    expect(compareHead(head(1, 56, 'old'), own([again]))).toBe('ahead');
    // The first branch went further than the second; the second gave it up.
    expect(compareHead(head(0, 80, 'old'), own([again]))).toBe('lost');
    expect(compareHead(head(2, 55, 'old'), own([again]))).toBe('unlike');
  });

  it('epochs only ever grow along a chain', () => {
    const again: Restore = { epoch: 3, headSequence: 70, lostTo: null, numbersUsedTo: null };
    expect([50, 51, 70, 71].map((each) => epochOf(each, [cut, again]))).toEqual([0, 1, 1, 3]);
  });
});
