import { expect, it } from 'vitest';
import * as z from 'zod';
import { profiles } from './instruments/protocols/profiles.ts';
import { Settings } from './settings.ts';

/** Every name a settings file may have, at any depth. */
function namesIn(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(schema);
  for (const [key, value] of entries) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) found.add(name);
    }
    namesIn(value, found);
  }
  return found;
}

const bending =
  /offset|factor|span|filter|smooth|averag|calibrat|adjust|correct|gain|multipl|percent|bias|scal(e|ing)(?!s?$)/i;

it('no setting of the whole file could bend a weight: its names are looked through, all of them', () => {
  const names = namesIn(z.toJSONSchema(Settings, { unrepresentable: 'any', io: 'input' }));
  expect(names).toContain('divisionKg');
  expect(names).toContain('lineNeighbours');
  expect([...names].filter((name) => bending.test(name))).toEqual([]);
});

it.each([
  ['instrument', 'offsetKg'],
  ['instrument', 'factor'],
  ['lane', 'filter'],
  ['station', 'span'],
])('a setting of another name is refused, not ignored: %s.%s', (part, name) => {
  const checked = Settings.safeParse({
    [part]: {
      ...(part === 'instrument'
        ? {
            profile: 'yaohua-continuous',
            transport: { kind: 'tcp', host: '127.0.0.1', port: 4001 },
            divisionKg: 20,
            maxKg: 100_000,
          }
        : part === 'station'
          ? { id: 'YQ-1', name: '磅站' }
          : {}),
      [name]: 1,
    },
  });
  expect(checked.success).toBe(false);
  expect(JSON.stringify(checked.error?.issues)).toContain(name);
});

/** Where a settings object takes keys of any name. */
function openObjects(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, additionalProperties } = schema as Record<string, unknown>;
  const isOpen =
    properties !== undefined ? additionalProperties !== false : additionalProperties !== undefined;
  const inside = Object.entries(schema).flatMap(([key, value]) => openObjects(value, `${at}/${key}`));
  return isOpen && additionalProperties !== false ? [at, ...inside] : inside;
}

it('no object of the file takes a key nobody knows, but those that a profile checks', () => {
  const open = openObjects(z.toJSONSchema(Settings, { unrepresentable: 'any', io: 'input' }));
  expect(open.map((path) => path.split('/properties/').at(-1))).toEqual(['options', 'instrument']);
});

it.each(profiles.map((profile) => [profile.id, profile] as const))(
  'nor do the options of %s, at any depth, nor name one that bends a weight',
  (_, profile) => {
    expect(profile.check({}).ok || profile.check({ unit: 'kg' }).ok || profile.id === 'custom').toBe(true);
    for (const name of ['offset', 'factor', 'span', 'filter', 'offsetKg'])
      expect(profile.check({ [name]: 1 })).toMatchObject({ ok: false });
    expect(profile.check({ map: { factor: 2 } })).toMatchObject({ ok: false });
    expect(profile.check({ map: { weight: { factor: 2 } } })).toMatchObject({ ok: false });
  },
);

it('how a lane weighs has no room for another name either', () => {
  const checked = Settings.safeParse({ lane: { weighing: { offsetKg: 20 } } });
  expect(JSON.stringify(checked.error?.issues)).toContain('offsetKg');
});
