import { expect, it } from 'vitest';
import { readKept } from './keptOutside.ts';

const hash = '3f2a99c0'.repeat(8);
const inFours = (hash.match(/.{4}/g) ?? []).join('  ');

it('a digest typed from a shift report is read as it is printed, over several lines, and after a restore', () => {
  const head = { sequence: 812, hash, epoch: 0, timeMs: Infinity };
  expect(readKept(`812：${inFours.slice(0, 95)}\n${inFours.slice(95).toUpperCase()}`).heads).toEqual([head]);
  expect(readKept(`812:${hash}:2`).heads).toEqual([{ ...head, epoch: 2 }]);
  expect(readKept(`812:${hash}\n813:${hash}`).heads).toHaveLength(2);
});

it('an answer of the platform is read, and what is neither says nothing', () => {
  expect(readKept(`{"accepted":true,\n"sequence":42,"hash":"${hash}"}`).heads).toMatchObject([
    { sequence: 42 },
  ]);
  const head = `{"head":{"epoch":1,"sequence":7,"hash":"${hash}","timeMs":1795400000000}}`;
  expect(readKept(head).heads).toEqual([{ sequence: 7, hash, epoch: 1, timeMs: 1_795_400_000_000 }]);
  for (const none of [
    '',
    'null',
    '812:3f2a',
    `0:${hash}`,
    `-1:${hash}`,
    '{"head":null}',
    `{"hash":"${hash}"}`,
  ])
    expect(readKept(none)).toEqual({ anchors: [], heads: [] });
});
