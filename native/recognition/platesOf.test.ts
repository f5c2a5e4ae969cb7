import { expect, it } from 'vitest';
import type { Box } from './picture.ts';
import { beginningsOf, rowsOf } from './plateShape.ts';
import type { Line } from './platesOf.ts';
import { platesOf } from './platesOf.ts';

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height, angle: 0 });
const line = (text: string, at: Box = box(200, 100, 160, 40), percent = 95): Line => ({
  box: at,
  characters: Array.from(text, (character) => ({ character, percent })),
});
const texts = (...lines: readonly Line[]): string[] => platesOf(lines).map(({ text }) => text);

it.each([
  ['a plate as it stands', ['晋C83N16'], ['晋C83N16']],
  ['letters O and I where plates have none', ['晋C83OI6'], ['晋C83016']],
  ['the last stroke of 川 read as a letter', ['川IA83N16'], ['川A83N16']],
  ['a new-energy plate before one that is a character shorter', ['晋C06618D'], ['晋C06618D']],
  ['no plate in a phone number on the door', ['03538886666'], []],
  ['no plate in six characters', ['晋C83N1'], []],
])('%s', (_name, read, expected) => {
  expect(texts(...read.map((text) => line(text)))).toEqual(expected);
});

it('two rows are one plate, in whichever order they were found', () => {
  const upper = line('晋C', box(200, 60, 90, 34));
  const lower = line('1234挂', box(200, 100, 170, 44));
  expect(texts(upper, lower)).toEqual(['晋C1234挂']);
  expect(texts(lower, upper)).toEqual(['晋C1234挂']);
});

it('rows far apart, or beside each other, belong to different things', () => {
  expect(texts(line('晋C', box(200, 20, 90, 34)), line('1234挂', box(200, 300, 170, 44)))).toEqual([]);
  expect(texts(line('晋C', box(900, 60, 90, 34)), line('1234挂', box(200, 100, 170, 44)))).toEqual([]);
});

it('one row in two pieces is one plate, a character at the seam counted once where they overlap', () => {
  expect(texts(line('晋C', box(100, 100, 50, 40)), line('83N16', box(190, 100, 120, 40)))).toEqual([
    '晋C83N16',
  ]);
  expect(texts(line('晋C', box(100, 100, 60, 40)), line('C06618D', box(180, 100, 150, 40)))).toEqual([
    '晋C06618D',
  ]);
});

it('the surest comes first, and a line is part of one plate only', () => {
  const doubtful = line('晋C83N16', box(200, 100, 160, 40), 60);
  const sure = line('晋C90B20', box(600, 100, 160, 40), 99);
  expect(texts(doubtful, sure)).toEqual(['晋C90B20', '晋C83N16']);
  const upper = line('晋C', box(200, 60, 90, 34));
  const lower = line('83N16', box(200, 100, 170, 44));
  const right = line('90B20', box(330, 60, 120, 34), 50);
  expect(texts(upper, lower, right)).toEqual(['晋C83N16']);
});

it('where only the end of a plate was found, its beginning is looked for to the left and above', () => {
  expect(beginningsOf(line('晋C83N16'))).toEqual([]);
  expect(beginningsOf(line('83N1'))).toEqual([]);
  const [left, above] = beginningsOf(line('83N16'));
  expect((left?.x ?? 0) - (left?.width ?? 0) / 2).toBeLessThan(100);
  expect(above?.y).toBeLessThan(80);
  expect(rowsOf(box(0, 0, 160, 40))).toEqual([]);
  expect(rowsOf(box(0, 0, 160, 80))).toHaveLength(2);
});
