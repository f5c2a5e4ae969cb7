/**
 * Draws one plate of every kind again, for the tests of recognition: `node simulator/pictures/renderPlates.ts CHROMIUM`.
 * The results are kept in the repository, each under the name of what it shows.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { drawPlates, plateSorts } from './plateScenes.ts';

const folder = join(import.meta.dirname, 'plates');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const sort of plateSorts) {
  for (const { plate, jpeg } of await drawPlates(browser, sort, 1, false)) {
    writeFileSync(join(folder, `${plate.text} ${plate.colour}.jpg`), jpeg);
    console.log(sort, plate.text, jpeg.length);
  }
}
await browser.close();
