import { afterEach, expect, it } from 'vitest';
import { runningClock } from '../support/runningClock.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const minuteMs = 60_000;
let yard: TestYard;

afterEach(async () => {
  await yard.close();
});

function codes(): string[] {
  return (yard.screen.view?.faults ?? []).map(({ code }) => code);
}

function last(type: LedgerEvent['type']): LedgerEvent | null {
  const link = yard.station.desk.deps.stores.ledger.lastOfType(type);
  const opened = link === null ? null : openLink(link);
  return opened?.ok === true ? opened.value : null;
}

it('a clock set back is written down at once, and refuses over restarts until a person confirms it', async () => {
  const clock = runningClock();
  yard = await openYard(() => undefined, clock);
  // An hour in which nothing was written.
  clock.pass(60 * minuteMs);
  clock.set(-30 * minuteMs);
  await yard.screen.until('behind', () => codes().includes('clock-backwards'));
  expect(last('clock-stepped')).toMatchObject({ body: { byMs: -30 * minuteMs }, driftMs: -30 * minuteMs });
  await yard.restart();
  await yard.screen.until('still behind', () => codes().includes('clock-backwards'));
  const truck = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
  expect(truck.lane.decision).toMatchObject({
    outcome: 'cannot-decide',
    reasons: [{ code: 'clock-backwards' }],
  });
  await yard.screen.call('clock.confirm', {});
  await yard.screen.until('decided', (view) => view.lane.decision?.outcome === 'allow');
  expect((await save(yard)).outcome).toBe('allow');
  await driveOff(yard);
  await yard.restart();
  expect(codes()).toEqual([]);
});

it('a clock set ahead is written down, hinders nobody, and set right again asks a person', async () => {
  const clock = runningClock();
  yard = await openYard(() => undefined, clock);
  clock.set(24 * 60 * minuteMs);
  await expect
    .poll(() => last('clock-stepped'), { timeout: 30_000 })
    .toMatchObject({ body: { byMs: 24 * 60 * minuteMs } });
  expect(codes()).toEqual([]);
  clock.set(-24 * 60 * minuteMs);
  await yard.screen.until('behind', () => codes().includes('clock-backwards'));
});

it('a clock set back while the program was off is known by what was written before', async () => {
  const clock = runningClock();
  yard = await openYard(() => undefined, clock);
  yard.screen.close();
  await yard.station.close();
  clock.set(-10 * minuteMs);
  await yard.reopen();
  expect(codes()).toContain('clock-backwards');
});

it('every record says who keeps the clock, and the screen shows it with its drift', async () => {
  const clock = runningClock();
  yard = await openYard(() => undefined, clock);
  clock.keptBy('ntp');
  clock.set(400);
  await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
  await save(yard);
  expect(last('weighing')).toMatchObject({ clockSource: 'ntp', driftMs: 400 });
  const shown = yard.screen.view?.devices.find(({ kind }) => kind === 'clock');
  expect(shown).toMatchObject({ state: 'ok', label: 'ntp', detail: 'ntp, +400 ms' });
});
