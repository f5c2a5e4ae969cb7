import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VehicleFacts } from '../station/vehicles/facts.ts';
import { dayAtTheYard, pictureName, registerOfTheYard, visitByName, visits } from './trucks.ts';

const ordinary = /^晋C[A-HJ-NP-Z0-9]{5}$/;
const largeNewEnergy = /^晋C[0-9]{5}[A-HJK]$/;

describe('the trucks of the yard', () => {
  it('carry plates a camera could read off a real truck, each of the right colour', () => {
    for (const { vehicle } of visits) {
      expect(vehicle.plate).toMatch(vehicle.colour === 'yellow-green' ? largeNewEnergy : ordinary);
      expect(VehicleFacts.safeParse(vehicle.facts).success).toBe(true);
    }
  });

  it('are all in the register but the stranger', () => {
    const stranger = visitByName('unknown')?.vehicle.plate;
    const plates = registerOfTheYard.map(({ plate }) => plate);
    expect(plates).not.toContain(stranger);
    expect(new Set([...plates, stranger])).toEqual(new Set(visits.map(({ vehicle }) => vehicle.plate)));
    expect(new Set(plates).size).toBe(plates.length);
  });

  it('each have a small picture, and their day names only trucks there are', () => {
    for (const visit of visits) {
      const file = join(import.meta.dirname, 'pictures', pictureName(visit));
      expect(existsSync(file)).toBe(true);
      expect(statSync(file).size).toBeLessThan(40_000);
    }
    expect(dayAtTheYard.filter((name) => visitByName(name) === null)).toEqual([]);
  });
});
