import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameKey, tidyName } from './nameKey.ts';

it('spaces, width and letter case make no other name', () => {
  for (const same of ['桥东 电厂', ' 桥东电厂 ', '桥东\u3000电厂', '桥东\u200b电厂'])
    expect(nameKey(same)).toBe(nameKey('桥东电厂'));
  expect(nameKey('ＨＴ－９９')).toBe(nameKey('ht-99'));
  expect(nameKey('桥东电厂')).not.toBe(nameKey('桥西电厂'));
});

it('a tidied name is the same name, and stays as it is when tidied again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const tidy = tidyName(name);
      expect(nameKey(tidy)).toBe(nameKey(name));
      expect(tidyName(tidy)).toBe(tidy);
    }),
  );
});
