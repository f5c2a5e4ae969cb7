import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** The scale house's old screen. */
export const oldScreen = { width: 1366, height: 768 };

/**
 * Debian's Chromium without a screen, and without asking anybody for anything. Its shell without a browser's own
 * windows draws the same pages for less than half of the work.
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-software-rasterizer',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}

export interface FileBrowser {
  readonly browser: () => Browser;
  readonly window: () => Promise<Page>;
}

/** One browser for all tests of a file. */
export function useChromium(): FileBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });
  return { browser: () => browser, window: () => browser.newPage({ viewport: oldScreen }) };
}

/** Where pictures of the pages are kept, for a person to look at; null unless somebody wants to. */
export const shotsDir = process.env.YUANHENG_SHOTS ?? null;

export async function shotOf(page: Page, name: string): Promise<void> {
  if (shotsDir === null) return;
  mkdirSync(shotsDir, { recursive: true });
  await page.screenshot({ path: join(shotsDir, `${name}.png`) });
}
