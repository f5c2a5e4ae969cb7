import { describe, expect, it } from 'vitest';
import { seededChance } from './chance.ts';
import { Deck } from './scale.ts';
import type { ScriptOptions } from './script.ts';
import { Script } from './script.ts';
import type { Visit } from './trucks.ts';
import { dayAtTheYard, visitByName } from './trucks.ts';

function visit(name: string): Visit {
  const found = visitByName(name);
  if (found === null) throw new Error(name);
  return found;
}

/** Plays a script on a clock of its own, 100 ms a tick. */
function play(change: Partial<ScriptOptions>): {
  readonly script: Script;
  readonly deck: Deck;
  readonly happened: string[];
  readonly run: (forMs: number, watched?: boolean) => void;
  readonly shown: () => number;
} {
  const chance = seededChance(1);
  const deck = new Deck(chance);
  const script = new Script({ deck, chance, pace: 1, dwellMs: null, cycle: [], ...change });
  const happened: string[] = [];
  let nowMs = 0;
  return {
    script,
    deck,
    happened,
    run: (forMs, watched = true) => {
      for (const end = nowMs + forMs; nowMs < end; nowMs += 100) {
        for (const { kind, visit: of } of script.tick(nowMs, watched)) happened.push(`${kind} ${of.name}`);
      }
    },
    shown: () => deck.shownKg(nowMs),
  };
}

describe('the simulated yard', () => {
  it('has its first truck rolling within two seconds', () => {
    const yard = play({ cycle: [visit('legal')] });
    yard.run(2000);
    expect(yard.happened).toEqual(['arriving legal']);
  });

  it('sends no truck before anybody watches the scale at rest', () => {
    const yard = play({ cycle: [visit('legal')] });
    yard.run(60_000, false);
    expect(yard.happened).toEqual([]);
    yard.run(1000);
    expect(yard.happened).toEqual([]);
    yard.run(1000);
    expect(yard.happened).toEqual(['arriving legal']);
  });

  it('keeps a truck on the scale until its driver is released', () => {
    const yard = play({});
    yard.script.send(visit('exact'));
    yard.run(600_000);
    expect(yard.happened).toEqual(['arriving exact', 'standing exact']);
    expect(yard.shown()).toBe(49_000);
    yard.script.release();
    yard.run(10_000);
    expect(yard.happened.slice(2)).toEqual(['leaving exact', 'gone exact']);
    expect(Math.abs(yard.shown())).toBeLessThanOrEqual(20);
    expect(yard.script.idle()).toBe(true);
  });

  it('lets a driver go after the dwell time, and sooner at a quicker pace', () => {
    const slow = play({ cycle: [visit('legal')], dwellMs: 20_000 });
    const quick = play({ cycle: [visit('legal')], dwellMs: 20_000, pace: 10 });
    slow.run(20_000);
    quick.run(20_000);
    expect(slow.happened).not.toContain('gone legal');
    expect(quick.happened).toContain('gone legal');
  });

  it('stops half on the deck, then drives on to the full weight', () => {
    const yard = play({ cycle: [visit('half')] });
    yard.run(8000);
    expect(yard.happened.at(-1)).toBe('half-on-deck half');
    expect(yard.shown()).toBeLessThan(30_000);
    yard.run(20_000);
    expect(yard.happened.at(-1)).toBe('standing half');
    expect(yard.shown()).toBe(47_880);
  });

  it('lets a truck that was sent for go before the others, and plays the whole day over and over', () => {
    const yard = play({ cycle: dayAtTheYard.map(visit), dwellMs: 1000, pace: 10 });
    yard.script.send(visit('exact'));
    yard.run(400_000);
    const arrived = yard.happened.filter((line) => line.startsWith('arriving')).map((line) => line.slice(9));
    expect(arrived.slice(0, 13)).toEqual(['exact', ...dayAtTheYard, 'empty']);
  });
});
