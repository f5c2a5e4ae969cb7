import { afterEach, expect, it } from 'vitest';
import { redecide } from '../../native/rules/redecide.ts';
import type { StationView } from '../../station/contract.ts';
import { paperText, storedWeighing } from '../support/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

afterEach(async () => {
  // Whatever was decided in a test is decided the same way again.
  expect([...redecide(yard.dir, null)].filter(({ kind }) => kind !== 'same')).toEqual([]);
  await yard.close();
});

const truck = { plate: '晋C12345', kg: 48_200, facts: sixAxles, kind: 'gross' } as const;
const loads = [6_900, 8_600, 8_600, 8_100, 8_000, 8_000];

const state = ({ lane }: StationView, axleLoadsKg: number[] | null, measuredBy = '轴重仪 3 号') =>
  yard.screen.call('axles.state', { crossingId: lane.crossingId ?? '', axleLoadsKg, measuredBy });

it('a truck below 49 t that its axles may not carry is refused, and every paper and record says for which limit', async () => {
  yard = await openYard();
  const on = await driveOn(yard, truck);
  expect(on.lane.decision).toMatchObject({ outcome: 'allow', limitKg: 49_000 });
  expect(await state(on, loads)).toMatchObject({ ok: true });
  const weighed = await yard.screen.until('axles', ({ lane }) => lane.decision?.outcome === 'refuse');
  // 7,000 + a tandem and a tri-axle group of unstated spacing: 11,500 + 21,000.
  expect(weighed.lane).toMatchObject({
    truck: { axleLoads: { kg: loads, by: '轴重仪 3 号' } },
    decision: { limitKg: 39_500, overKg: 8_700, missing: ['axleSpacing'] },
  });
  expect(weighed.lane.decision?.limits).toEqual([
    { kind: 'legal', kg: 49_000, name: null, holds: false },
    { kind: 'axle-sum', kg: 39_500, name: null, holds: true },
  ]);
  const { number, paper } = await save(yard);
  expect(paper).toBe('refusal');
  expect(paperText(yard, '00000001-refusal')).toContain('轴荷限值之和');
  const body = storedWeighing(yard, number);
  expect(body.case).toMatchObject({ axleLoadsKg: loads, axleLoadsBy: '轴重仪 3 号' });
  expect(body.case?.sources).toMatchObject({ axleLoads: 'operator', axles: 'register' });
  expect(body.decision?.clauses.map(({ id }) => id)).toContain('gb1589-axle-loads');
  expect(await yard.screen.call('passages.detail', { number })).toMatchObject({
    value: { axleLoads: { kg: loads, by: '轴重仪 3 号' } },
  });
  const explained = await yard.screen.call('decision.explain', { number });
  expect(explained.ok && explained.value.facts.at(-1)).toEqual({
    name: 'axleLoads',
    value: loads.join(' '),
    source: 'operator',
  });
});

it('axle loads are of one visit: taken back, or at its next one, the truck is decided without them', async () => {
  yard = await openYard();
  const on = await driveOn(yard, truck);
  await state(on, loads);
  await yard.screen.until('refused', ({ lane }) => lane.decision?.outcome === 'refuse');
  expect(await state(on, null, '')).toMatchObject({ ok: true });
  await yard.screen.until('allowed', ({ lane }) => lane.decision?.outcome === 'allow');
  await state(on, loads);
  await save(yard);
  await driveOff(yard);
  const again = await driveOn(yard, truck);
  expect(again.lane).toMatchObject({ truck: { axleLoads: null }, decision: { outcome: 'allow' } });
  const { number } = await save(yard);
  expect(storedWeighing(yard, number).case).toMatchObject({ axleLoadsKg: null, axleLoadsBy: null });
});

it('the axle spacings of the register, once stated, say how much its groups may carry', async () => {
  yard = await openYard();
  const facts = { ...sixAxles, groupSpacingsMm: [null, 1350, 1310] };
  const on = await driveOn(yard, { ...truck, facts });
  await state(on, loads);
  const weighed = await yard.screen.until(
    'axles',
    ({ lane }) => (lane.truck?.axleLoads?.kg.length ?? 0) === 6,
  );
  // 7,000 + 18,000 + 24,000.
  expect(weighed.lane.decision).toMatchObject({ outcome: 'allow', limitKg: 49_000, missing: [] });
  expect(weighed.lane.decision?.limits).toEqual([
    { kind: 'legal', kg: 49_000, name: null, holds: true },
    { kind: 'axle-sum', kg: 49_000, name: null, holds: true },
  ]);
  const { number } = await save(yard);
  expect(storedWeighing(yard, number).case?.sources).toMatchObject({ axleSpacing: 'register' });
  const listed = await yard.screen.call('register.list', {
    kind: 'vehicle',
    search: '',
    afterKey: null,
    limit: 10,
  });
  expect(listed).toMatchObject({
    value: { entries: [{ entry: { entry: { groupSpacings: '0+1350+1310' } } }] },
  });
});

it('axle loads that cannot be of this truck are not taken, and why is said', async () => {
  yard = await openYard();
  const on = await driveOn(yard, truck);
  const refused = async (kg: number[], by?: string) => {
    const stated = await state(on, kg, by);
    return stated.ok ? 'taken' : stated.error.code;
  };
  expect(await refused(loads.slice(1))).toBe('axle-loads-count');
  expect(await refused([...loads.slice(1), 0])).toBe('axle-loads-value');
  expect(await refused(loads.map((kg) => kg / 2))).toBe('axle-loads-sum');
  expect(await refused(loads, ' ')).toBe('axle-loads-by');
  const view = await yard.screen.call('view.get', {});
  expect(view).toMatchObject({ value: { lane: { truck: { axleLoads: null } } } });
  await save(yard);
  expect(await refused(loads)).toBe('already-saved');
});
