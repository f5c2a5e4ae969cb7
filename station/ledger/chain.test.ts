import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue } from './canonical.ts';
import { canonicalJson } from './canonical.ts';
import type { ChainLink } from './chain.ts';
import { checkChain, forgeLink, genesisHash, openLink } from './chain.ts';
import type { LedgerEvent } from './event.ts';

function event(sequence: number, name = '张三'): LedgerEvent {
  return {
    v: 1,
    station: 'YQ-1',
    mode: 'real',
    sequence,
    timeMs: 1_790_000_000_000 + sequence,
    bootId: 'boot',
    monotonicMs: sequence,
    clockSource: 'system',
    driftMs: 0,
    type: 'operator-signed-in',
    body: { name },
  };
}

function chainOf(length: number): ChainLink[] {
  const links: ChainLink[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    links.push(forgeLink(links.at(-1)?.hash ?? genesisHash, event(sequence)));
  }
  return links;
}

const values: fc.Arbitrary<CanonicalValue> = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 5 }),
  ),
})).value;

describe('canonical bytes', () => {
  it('are those of an independent RFC 8785 implementation', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('do not depend on the order of names', () => {
    expect(canonicalJson({ b: 1, a: [true, null, '晋'] })).toBe('{"a":[true,null,"晋"],"b":1}');
  });

  it.each([[0.5], [Number.NaN], [2 ** 53], ['\ud800']])('do not exist for %s', (value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

describe('the chain', () => {
  it('holds when nothing was touched, whole and from any link on', () => {
    const links = chainOf(20);
    expect(checkChain(links, null)).toBeNull();
    expect(checkChain(links.slice(7), links[6]!)).toBeNull();
  });

  it('is what anyone computes with plain SHA-256', () => {
    const [first, second] = chainOf(2);
    const hash = createHash('sha256')
      .update(Buffer.concat([Buffer.from(first!.hash, 'hex'), Buffer.from(second!.text, 'utf8')]))
      .digest('hex');
    expect(second!.hash).toBe(hash);
  });

  it('names the link in which any one character was changed', () => {
    const links = chainOf(6);
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), (index, position) => {
        const link = links[index]!;
        const at = position % link.text.length;
        const text = link.text.slice(0, at) + (link.text[at] === '7' ? '8' : '7') + link.text.slice(at + 1);
        const touched = links.map((each, i) => (i === index ? { ...link, text } : each));
        expect(checkChain(touched, null)).toMatchObject({ sequence: link.sequence });
      }),
    );
  });

  it('names the place where a link was taken out, doubled, or swapped', () => {
    const links = chainOf(6);
    expect(checkChain(links.toSpliced(2, 1), null)).toMatchObject({ kind: 'sequence', sequence: 3 });
    expect(checkChain(links.toSpliced(2, 0, links[2]!), null)).toMatchObject({
      kind: 'sequence',
      sequence: 4,
    });
    expect(checkChain([...links.slice(0, 2), links[3]!, links[2]!], null)).not.toBeNull();
  });

  it('shows a link forged anew when the next one is kept', () => {
    const links = chainOf(4);
    const forged = forgeLink(links[0]!.hash, event(2, '李四'));
    expect(checkChain([links[0]!, forged, links[2]!], null)).toMatchObject({ kind: 'previous', sequence: 3 });
  });

  it('refuses a link whose text is not an event, even with a right hash', () => {
    const link = forgeLink(genesisHash, event(1));
    const text = '{"hello":1}';
    const hash = createHash('sha256').update(Buffer.from(genesisHash, 'hex')).update(text).digest('hex');
    expect(openLink({ ...link, text, hash })).toMatchObject({ ok: false, error: { kind: 'form' } });
  });
});
