import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import type { CallName } from '../../station/contract.ts';
import { calls } from '../../station/contract.ts';
import { verifyData } from '../../native/verify/verifyData.ts';
import { checkLedger } from '../../station/ledger/verifyLedger.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.releases = { enabled: true };
  });
});
afterEach(async () => {
  await yard.close();
});

const hostile = [
  `'; DROP TABLE ledger; --`,
  `"; DELETE FROM outbox; --`,
  `x' OR '1'='1`,
  `%' UNION SELECT text FROM ledger --`,
  `_%*?[a-z]`,
  `1); UPDATE ledger SET text=''; --`,
  `'||(SELECT hex(zeroblob(1000000)))||'`,
  `$.x"; ATTACH 'evil.db' AS e; --`,
  `\u0000'; DROP TABLE meta; --`,
  `晋C1'2"3\\4`,
  '${process.exit(1)}',
  '../../../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '\u202E\uFEFF\u2028',
  '',
];

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** Inputs that fit a call's own schema as far as they can, with hostile text wherever text goes. */
function inputOf(schema: Schema, crossingId: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((each) => inputOf(each, crossingId)));
  switch (schema.type) {
    case 'string':
      return textOf(schema, crossingId);
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, 0),
        max: Math.min(schema.maximum ?? 100_000, 100_000),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return schema.items === undefined || schema.items === false
        ? fc.constant([])
        : fc.array(inputOf(schema.items, crossingId), { maxLength: Math.min(schema.maxItems ?? 2, 2) });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, each]) => [
            name,
            name === 'crossingId' ? fc.constantFrom(crossingId, ...hostile) : inputOf(each, crossingId),
          ]),
        ),
      );
    case undefined:
    default:
      return fc.constantFrom(...hostile, null, {});
  }
}

function textOf({ pattern, maxLength = 1000 }: Schema, crossingId: string): fc.Arbitrary<string> {
  const attack = fc.constantFrom(...hostile, crossingId).map((text) => text.slice(0, maxLength));
  if (pattern === undefined) return attack;
  const fitting = pattern.includes('9a-f') ? '0'.repeat(64) : '2030-01-01';
  return fc.oneof(attack, fc.constant(fitting));
}

function schemaOf(name: CallName): Schema {
  return z.toJSONSchema(calls[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
}

interface Books {
  readonly schema: readonly unknown[];
  readonly meta: readonly unknown[];
  readonly counts: Readonly<Record<string, number>>;
}

function books(): Books {
  const { db } = yard.station.desk.deps.stores;
  const count = (table: string): number => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  return {
    schema: db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all(),
    meta: db.prepare('SELECT * FROM meta ORDER BY key').all(),
    counts: Object.fromEntries(
      ['ledger', 'outbox', 'passages', 'papers', 'curves', 'station_keys', 'crossings'].map((table) => [
        table,
        count(table),
      ]),
    ),
  };
}

// Detection and trying open lines and end what is being weighed with; saving writes the settings file.
const leftOut = new Set<CallName>(['instrument.save', 'instrument.detect', 'instrument.try']);

it('no text in any call changes the store’s shape, its rows or its chain', { timeout: 240_000 }, async () => {
  await driveOn(yard, { plate: '晋C00001', kg: 52_000, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
  const on = await driveOn(yard, { plate: '晋C00002', kg: 40_000, facts: sixAxles, kind: 'gross' });
  const crossingId = on.lane.crossingId ?? '';
  const before = books();
  const names = (Object.keys(calls) as CallName[]).filter((name) => !leftOut.has(name));
  let understood = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(...names.map((name) => fc.tuple(fc.constant(name), inputOf(schemaOf(name), crossingId)))),
      async ([name, input]) => {
        const reply = await yard.screen.raw(name, input);
        if (reply.ok || reply.error.code !== 'bad-request') understood += 1;
        // A statement that text broke would end as an error of the program.
        if (!reply.ok)
          expect(reply.error, JSON.stringify({ name, input })).not.toMatchObject({ code: 'internal' });
        if (!reply.ok)
          expect(reply.error.detail).not.toMatch(/syntax error|no such (table|column)|unrecognized token/);
      },
    ),
    { numRuns: 1500 },
  );
  const after = books();
  expect(understood).toBeGreaterThan(500);
  expect(after.schema).toEqual(before.schema);
  expect(after.meta).toEqual(before.meta);
  for (const [table, count] of Object.entries(before.counts))
    expect(after.counts[table], table).toBeGreaterThanOrEqual(count);
  expect(after.counts.outbox).toBe(after.counts.ledger);
  const { stores } = yard.station.desk.deps;
  expect(stores.ledger.head.sequence).toBe(after.counts.ledger);
  expect(checkLedger(stores.ledger.links(), { every: true })).toMatchObject({
    summary: { events: after.counts.ledger, weighings: after.counts.passages },
  });
  expect(stores.db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  // Every list that the texts went into still follows from the ledger, word for word.
  const none = { every: true, all: true, anchors: [], published: null, onProgress: () => undefined };
  expect((await verifyData({ dir: yard.dir, ...none })).faults).toEqual([]);
});
