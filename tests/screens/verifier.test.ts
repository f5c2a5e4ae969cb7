import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeChecker } from '../../native/keys/checker.ts';
import { withPublishedKeys } from '../../native/keys/verifierFile.ts';
import { keyIdOf } from '../../station/ledger/signing.ts';
import type { PublishedBody } from '../../station/ledger/publishedKeys.ts';
import { publishedMessage } from '../../station/ledger/publishedKeys.ts';
import { qrModules } from '../../station/slips/qr.ts';
import type { SlipCode } from '../../station/slips/slipCode.ts';
import { signSlip } from '../../station/slips/slipCode.ts';
import { launchChromium } from '../support/chromium.ts';

const { privateKey, publicKey: key } = generateKeyPairSync('ed25519');
const publicKey = key.export({ format: 'der', type: 'spki' }).toString('base64');
const signer = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');
const nowMs = Date.now();
const body: PublishedBody = {
  format: 'yuanheng-keys-1',
  station: 'YQ-7',
  stationName: '阳泉 </script> 煤场',
  asOfMs: nowMs,
  keys: [
    { id: keyIdOf(publicKey), publicKey, fromMs: 0, untilMs: null, revokedSinceMs: null, vouched: true },
  ],
  voided: [{ number: 99, timeMs: nowMs }],
  signedBy: keyIdOf(publicKey),
};
const published = { ...body, signature: signer(publishedMessage(body, nodeChecker.sha256)) };
const slip: SlipCode = {
  drill: false,
  station: 'YQ-7',
  number: 128,
  plate: '晋C12345',
  colour: 'yellow',
  axles: 6,
  grossKg: 46_650,
  limitKg: 49_000,
  tareKg: 15_320,
  netKg: 31_330,
  goods: '原煤',
  timeMs: Math.floor(nowMs / 1000) * 1000 - 3_600_000,
  validHours: 12,
  decision: 'allow',
  pictures: null,
  copy: 1,
};
const codeOf = (change: Partial<SlipCode> = {}): string => signSlip({ ...slip, ...change }, signer);

let browser: Browser;
let page: Page;
let dir: string;
let file: string;
const asked: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-verifier-'));
  file = join(dir, 'verifier.html');
  const built = readFileSync(resolve(import.meta.dirname, '../../dist/verifier.html'), 'utf8');
  writeFileSync(file, withPublishedKeys(built, [published]));
});
afterAll(async () => {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, offline: true });
  page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) asked.push(request.url());
  });
  await page.goto(`file://${file}`);
});

const check = async (code: string): Promise<string> => {
  await page.getByRole('textbox').fill(code);
  await page.getByRole('button', { name: '核验 Check' }).click();
  return page.locator('#result').innerText();
};

describe('the offline verifier', () => {
  it('shows the plate of a genuine slip largest, and asks no network anything', async () => {
    const said = await check(codeOf());
    expect(said).toContain('✔ 真实有效');
    expect(said).toContain('46650 kg');
    expect(said).toContain('阳泉 </script> 煤场');
    const [largest] = await page
      .locator('#result *')
      .evaluateAll((all) =>
        all
          .map((each) => ({ text: each.textContent, px: Number.parseFloat(getComputedStyle(each).fontSize) }))
          .sort((one, other) => other.px - one.px),
      );
    expect(largest?.text).toBe('晋C12345');
    expect(asked).toEqual([]);
  });

  it.each([
    ['altered', codeOf().replace(':46650:', ':48650:'), '被改动过'],
    ['expired', codeOf({ timeMs: slip.timeMs - 48 * 3_600_000 }), '已过有效期'],
    ['of a station it does not know', codeOf({ station: 'YQ-8' }), '没有这个站的公钥'],
    ['voided', codeOf({ number: 99 }), '已作废'],
    ['a refusal', codeOf({ decision: 'refuse' }), '不准出场'],
    ['a controlled release', codeOf({ decision: 'released' }), '特许放行单'],
    ['a drill’s', codeOf({ drill: true }), '演练单'],
    ['no slip at all', 'https://example.invalid', '不是装载单'],
  ])('names one that is %s', async (_, code, words) => {
    expect(await check(code)).toContain(words);
  });

  it('reads the code out of a picture', async () => {
    const modules = qrModules(codeOf());
    const dots = modules.flatMap((line, row) =>
      Array.from(line).flatMap((dark, column) =>
        dark === '1' ? [`<rect x="${String(column + 4)}" y="${String(row + 4)}" width="1" height="1"/>`] : [],
      ),
    );
    const size = String(modules.length + 8);
    const painter = await browser.newPage({ viewport: { width: 600, height: 600 } });
    await painter.setContent(
      `<body style="margin:0;background:#fff"><svg width="600" height="600" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">${dots.join('')}</svg>`,
    );
    const picture = join(dir, 'code.png');
    await painter.screenshot({ path: picture });
    await painter.close();
    await page.locator('#picture').setInputFiles(picture);
    await page.getByText('✔ 真实有效').waitFor();
  });

  it('opened with a code in its address checks it at once', async () => {
    await page.goto(`file://${file}#${encodeURIComponent(codeOf())}`);
    await page.reload();
    await page.getByText('✔ 真实有效').waitFor();
  });
});
