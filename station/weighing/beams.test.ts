import { describe, expect, it } from 'vitest';
import type { BeamState } from './beams.ts';
import { Beams } from './beams.ts';

const edges = (entry: BeamState, exit: BeamState) =>
  [
    { place: 'entry', state: entry },
    { place: 'exit', state: exit },
  ] as const;

/** Both edges known to be free since 0. */
function free(): Beams {
  const beams = new Beams({ places: ['entry', 'exit', 'middle'], refuse: true });
  beams.see([...edges('clear', 'clear'), { place: 'middle', state: 'clear' }], 0);
  return beams;
}

describe('beams at the edges of a deck', () => {
  it('say nothing where there are none', () => {
    const none = new Beams(null);
    expect([none.seenAtMs, none.obstacles(), none.flags(40_000, 0)]).toEqual([null, [], []]);
    expect(none.see(edges('broken', 'broken'), 0)).toEqual([]);
  });

  it('are no clear beams before they were heard, nor when their module falls silent', () => {
    const beams = new Beams({ places: ['entry', 'exit'], refuse: true });
    expect(beams.obstacles()).toEqual([{ code: 'beam-unknown', detail: 'entry exit' }]);
    beams.see(edges('clear', 'clear'), 0);
    expect(beams.obstacles()).toEqual([]);
    beams.see(edges('unknown', 'unknown'), 100);
    expect(beams.obstacles()).toEqual([{ code: 'beam-unknown', detail: 'entry exit' }]);
    expect(beams.flags(40_000, 12.4)).toEqual([{ code: 'beam-unknown', afterMs: 12, kg: 40_000 }]);
  });

  it('keep a truck that stands in one, whatever the middle one sees; only flag it where set so', () => {
    const beams = free();
    beams.see([{ place: 'middle', state: 'broken' }], 1);
    expect(beams.obstacles()).toEqual([]);
    beams.see([{ place: 'exit', state: 'broken' }], 2);
    expect(beams.obstacles()).toEqual([{ code: 'beam-broken', detail: 'exit' }]);
    const lenient = new Beams({ places: ['entry', 'exit'], refuse: false });
    lenient.see(edges('broken', 'clear'), 0);
    expect(lenient.obstacles()).toEqual([]);
    expect(lenient.flags(1, 0).map(({ code }) => code)).toEqual(['beam-broken']);
  });

  it('know a truck that drives on behind another without a gap', () => {
    const beams = free();
    beams.see(edges('broken', 'clear'), 1000);
    beams.begin(1500);
    beams.see(edges('clear', 'clear'), 5000);
    beams.see(edges('broken', 'clear'), 60_000);
    beams.end(61_000);
    beams.begin(62_000);
    expect(beams.seenAtMs).toBe(61_000);
  });

  it('never saw one that no beam was broken for in half a minute', () => {
    const beams = free();
    beams.see(edges('broken', 'clear'), 40_000);
    beams.see(edges('clear', 'clear'), 41_000);
    beams.begin(80_000);
    expect(beams.seenAtMs).toBe(Infinity);
  });

  it('cannot say so when they were out of reach meanwhile', () => {
    const beams = free();
    beams.see(edges('unknown', 'unknown'), 50_000);
    beams.see(edges('clear', 'clear'), 60_000);
    beams.begin(80_000);
    expect(beams.seenAtMs).toBeNull();
    beams.end(90_000);
    beams.begin(150_000);
    expect(beams.seenAtMs).toBe(Infinity);
  });
});
