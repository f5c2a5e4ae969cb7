/**
 * Draws the pictures of the simulated camera again: `node simulator/pictures/render.ts CHROMIUM`.
 * Needs a Chromium and a Chinese font; the results are kept in the repository.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { pictureName, visits } from '../trucks.ts';
import { drawTruck } from './draw.ts';
import { drawView, sideViews, viewName } from './drawViews.ts';

const cabs = ['#b8352d', '#2d62a3', '#d8d5cc', '#d98a1f', '#3f7d56', '#7b2f3a', '#4a5666', '#c9b037'];
const plates = [...new Set(visits.map(({ vehicle }) => vehicle.plate))];
const drawn = new Map(
  visits.map((visit) => {
    const { plate, colour } = visit.vehicle;
    const cab = cabs[plates.indexOf(plate) % cabs.length] ?? '#888888';
    return [
      pictureName(visit),
      drawTruck({ plate: visit.cameraPlate === null ? null : plate, colour, cab, loaded: visit.loaded }),
    ];
  }),
);
for (const view of sideViews) {
  drawn.set(viewName(view, null), drawView(view, null));
  for (const { vehicle, loaded } of visits) {
    const { plate, colour, facts } = vehicle;
    const cab = cabs[plates.indexOf(plate) % cabs.length] ?? '#888888';
    const truck = { plate, colour, cab, loaded, layout: facts.layout ?? '1+1' };
    drawn.set(viewName(view, truck), drawView(view, truck));
  }
}

const browser = await chromium.launch({
  executablePath: process.argv[2] ?? 'chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
for (const [name, svg] of drawn) {
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 55 });
  writeFileSync(join(import.meta.dirname, name), jpeg);
  console.log(name, jpeg.length);
}
await browser.close();
