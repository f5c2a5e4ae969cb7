import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Subject } from '../../native/evidence/bundleForm.ts';
import { bundleWords } from '../../native/evidence/faultWords.ts';
import { publishedText } from '../../native/evidence/published.testStore.ts';
import { EvidenceSource } from '../../native/evidence/source.ts';
import { twoDays } from '../../native/evidence/store.testStore.ts';
import { verifyBundle } from '../../native/evidence/verifyBundle.ts';
import { writeBundle } from '../../native/evidence/writeBundle.ts';
import { nodeChecker } from '../../native/keys/checker.ts';
import { withPublishedKeys } from '../../native/keys/verifierFile.ts';
import { keyIdOf } from '../../station/ledger/signing.ts';
import type { PublishedBody, PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { publishedMessage } from '../../station/ledger/publishedKeys.ts';
import { qrModules } from '../../station/slips/qr.ts';
import type { SlipCode } from '../../station/slips/slipCode.ts';
import { signSlip } from '../../station/slips/slipCode.ts';
import { Forger, linesOf, pack, unpack, withLines, withManifest } from '../support/bundles.ts';
import { flippedAt, placesIn } from '../support/flips.ts';
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

/** A yard's two days, its bundles, and the keys it published. */
const yard = twoDays();
const yardKeys = JSON.parse(
  publishedText(yard.store, undefined, [{ number: 3, timeMs: nowMs }]),
) as PublishedKeys;

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
  writeFileSync(file, withPublishedKeys(built, [published, yardKeys]));
});
afterAll(async () => {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
  yard.store.remove();
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
    // On a telephone: a weight in one line, and the answer where one looks.
    const gross = page.locator('dd', { hasText: '46650 kg' });
    const goods = page.locator('dd', { hasText: '原煤' });
    expect((await gross.boundingBox())?.height).toBe((await goods.boundingBox())?.height);
    expect((await page.locator('#result').boundingBox())?.y).toBeLessThan(100);
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

  it('says by which list and whose clock, and which of them cannot tell', async () => {
    const said = await check(codeOf({ number: 99 }));
    expect(said).toContain('作废名单截至');
    expect(await check(codeOf())).toContain('按本机时钟');
    expect(await check(codeOf())).not.toContain('作废名单早于此单');
    const later = await check(codeOf({ timeMs: slip.timeMs + 2 * 3_600_000 }));
    expect(later).toContain('作废名单早于此单');
    expect(later).toContain('此单的时间晚于本机时钟');
    expect(await check(codeOf({ timeMs: slip.timeMs - 48 * 3_600_000 }))).toContain('按本机时钟');
  });

  it('takes a newer list of the stations and keys it knows, and no other', async () => {
    const give = async (change: Partial<PublishedBody>, sign = signer): Promise<string> => {
      const list = { ...body, ...change };
      const path = join(dir, 'list.json');
      writeFileSync(
        path,
        JSON.stringify({ ...list, signature: sign(publishedMessage(list, nodeChecker.sha256)) }),
      );
      await page.locator('#list-said').evaluate((each) => (each.textContent = ''));
      await page.getByText('更新公钥与作废名单').click();
      await page.locator('#list').setInputFiles(path);
      await page.locator('#list-said:not(:empty)').waitFor();
      const said = await page.locator('#list-said').innerText();
      await page.getByText('更新公钥与作废名单').click();
      return said;
    };
    const voided = [{ number: 128, timeMs: nowMs }];
    const stranger = generateKeyPairSync('ed25519');
    const spki = stranger.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const forged = {
      id: keyIdOf(spki),
      publicKey: spki,
      fromMs: 0,
      untilMs: null,
      revokedSinceMs: null,
      vouched: true,
    };
    const by = (message: string): string =>
      sign(null, Buffer.from(message), stranger.privateKey).toString('base64');
    const own = { keys: [...body.keys, forged], signedBy: forged.id, asOfMs: nowMs + 9_000, voided };
    expect(await give(own, by)).toContain('✖ 签名的公钥本页不认识');
    expect(await give({ asOfMs: nowMs + 9_000, voided }, () => 'A'.repeat(86) + '==')).toContain(
      '✖ 名单读不出',
    );
    expect(await give({ station: 'YQ-6', asOfMs: nowMs + 9_000, voided })).toContain('✖ 本页没有这个站');
    expect(await give({ asOfMs: nowMs - 9_000, voided })).toContain('✖ 本页已有更新的名单');
    expect(await check(codeOf())).toContain('✔ 真实有效');
    expect(await give({ asOfMs: nowMs + 9_000, voided })).toContain('✔');
    expect(await check(codeOf())).toContain('✖ 已作废');
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

async function exported(subject: Subject, name: string): Promise<string> {
  const { stores } = yard.store;
  const { pictures } = stores;
  const out = join(dir, `${name}.zip`);
  const source = new EvidenceSource(stores.db);
  const made = await writeBundle({ source, pictures, subject, out, verifierPage: file });
  if (!made.ok) throw new Error(made.error.code);
  return out;
}

async function given(path: string): Promise<string> {
  await page.locator('#bundle').setInputFiles(path);
  const result = page.locator('#result');
  await result.filter({ hasNotText: '正在核对' }).getByRole('heading').first().waitFor();
  return result.innerText();
}

describe('an evidence bundle given to the page', () => {
  it('holds, with every weighing in it, and nothing is wider than a telephone', async () => {
    const said = await given(await exported({ number: yard.net }, 'one'));
    expect(said).toContain('✔ 成立');
    expect(said).toContain('晋C83N16');
    expect(said).toContain('48600 kg');
    expect(said).toContain('33400 kg');
    expect(said).toContain('可以放行');
    expect(said).toContain('阳泉证据煤场 (YQ-9)');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    expect(asked).toEqual([]);
  });

  it('of a period holds, and a void that came later is said', async () => {
    const said = await given(await exported({ from: '2026-11-02', to: '2026-11-03' }, 'period'));
    expect(said).toContain('✔ 成立');
    expect(said).toContain('已作废 VOID');
    expect(said).toContain('3 号已作废（公布的名单）');
  });

  it('of a station whose keys it does not hold is said to hold in itself only', async () => {
    const bare = join(dir, 'bare.html');
    writeFileSync(bare, readFileSync(resolve(import.meta.dirname, '../../dist/verifier.html')));
    await page.goto(`file://${bare}`);
    const said = await given(await exported({ number: yard.net }, 'unknown'));
    expect(said).toContain('包内各项一致');
    expect(said).toContain('没有该站公钥');
    expect(said).not.toContain('✔');
  });

  it('is compared with what was kept outside: anchor files, a shift report’s digest, the platform’s answer', async () => {
    const { ledger } = yard.store.stores;
    const link = (sequence: number): { sequence: number; hash: string } => {
      const found = ledger.link(sequence);
      if (found === null) throw new Error('no event');
      return found;
    };
    const { sequence, hash } = link(ledger.head.sequence - 1);
    const path = await exported({ from: '2026-11-02', to: '2026-11-03' }, 'kept');
    expect(await given(path)).toContain('没有给站外留存的摘要');
    await page.getByText('对照站外留存的账本摘要').click();
    const keep = async (text: string): Promise<string> => {
      await page.locator('#kept').fill(text);
      await page.getByRole('button', { name: '加入对照' }).click();
      const result = page.locator('#result');
      await result.filter({ hasNotText: '正在核对' }).getByRole('heading').first().waitFor();
      return result.innerText();
    };
    await keep('812: 3f2a');
    expect(await page.locator('#kept-said').innerText()).toContain('✖ 读不出');
    const inFours = (hash.match(/.{4}/g) ?? []).join('  ');
    expect(await keep(`${String(sequence)}: ${inFours}`)).toContain('与站外留存的摘要一致：1 个');
    expect(await page.locator('#result').innerText()).toContain('✔ 成立');
    // The platform acknowledged another event in this place: the ledger was written anew.
    const other = link(1);
    const answer = join(dir, 'answer.json');
    writeFileSync(answer, JSON.stringify({ accepted: true, sequence: 2, hash: other.hash }));
    await page.locator('#kept-files').setInputFiles(answer);
    await page.getByText('✖ 不成立').waitFor();
    expect(await page.locator('#result').innerText()).toContain('event 2');
    expect(await page.locator('#result').innerText()).toContain(bundleWords.forked[0]);
  });

  it('dropped on the page is checked, too', async () => {
    const bytes = readFileSync(await exported({ number: yard.net }, 'dropped')).toString('base64');
    const files = await page.evaluateHandle((base64) => {
      const carried = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      carried.items.add(new File([content], 'evidence.zip'));
      return carried;
    }, bytes);
    await page.dispatchEvent('main', 'drop', { dataTransfer: files });
    await page.getByText('✔ 成立').waitFor();
  });

  it('names the first thing that does not hold, the same as the command', async () => {
    const whole = await exported({ number: yard.net }, 'whole');
    const files = await unpack(whole);
    const lines = linesOf(files);
    const forger = new Forger();
    const lighter = (event: { type: string; body: Record<string, unknown> }): void => {
      if (event.type === 'weighing') event.body.weighedKg = 1_000;
    };
    const picture = [...files.keys()].find((name) => name.startsWith('pictures/')) ?? '';
    const curve = [...files.keys()].find((name) => name.startsWith('curves/')) ?? '';
    const bytes = readFileSync(whole);
    const cut = join(dir, 'cut.zip');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 40));
    const lied = yard.store.weigh({
      plate: '晋C83N16',
      kg: 44_000,
      lie: (each) => ({ ...each, weighedKg: 43_000, grossKg: 43_000 }),
    });
    const laws = yard.store.weigh({
      plate: '晋C83N16',
      kg: 51_000,
      lie: (each) => ({
        ...each,
        decision: each.decision && { ...each.decision, outcome: 'allow', reasons: [] },
      }),
    });
    const bent = yard.store.weigh({ plate: '晋C83N16', kg: 44_000, curve: (text) => text.slice(0, 900) });
    const paths = [
      cut,
      await pack(join(dir, 'a.zip'), new Map(files).set(picture, Buffer.from('other'))),
      await pack(join(dir, 'b.zip'), new Map([...files].filter(([name]) => name !== curve))),
      await pack(join(dir, 'c.zip'), withLines(files, lines.slice(1))),
      await pack(
        join(dir, 'd.zip'),
        withLines(
          files,
          lines.map((line) => forger.rewritten(line, lighter, 'station')),
        ),
      ),
      await pack(join(dir, 'e.zip'), withLines(files, forger.all(lines, 'YQ-9', lighter))),
      await pack(
        join(dir, 'f.zip'),
        withManifest(files, (m) => (m.station = 'YQ-1')),
      ),
      await pack(join(dir, 'g.zip'), new Map(files).set('bundle.json', Buffer.from('{}'))),
      await exported({ number: lied }, 'lied'),
      await exported({ number: laws }, 'laws'),
      await exported({ number: bent }, 'bent'),
    ];
    const codes = new Set<string>();
    for (const path of paths) {
      const verdict = await verifyBundle(path, yardKeys);
      if (verdict.kind !== 'fails') throw new Error(`${path} holds`);
      const { part, code } = verdict.fault;
      codes.add(code);
      const said = await given(path);
      expect(said).toContain('✖ 不成立');
      expect(said).toContain(part);
      expect(said).toContain(bundleWords[code][0]);
    }
    expect(codes.size).toBeGreaterThan(6);
  });

  it('with any byte of it changed, in a file of any kind, does not hold', async () => {
    const path = await exported({ number: yard.net }, 'flips');
    const whole = readFileSync(path);
    const flips = (await placesIn(path, 2)).filter((_, nth) => nth % 2 === 0);
    expect(flips.length).toBeGreaterThan(25);
    const changed = join(dir, 'flipped.zip');
    for (const [nth, { at, of }] of flips.entries()) {
      writeFileSync(changed, flippedAt(whole, at, 1 << (nth % 8)));
      const said = await given(changed);
      expect(said).toContain('✖ 不成立');
      expect(said).toContain(of);
    }
  });

  it('a file that is no bundle is not one, and a slip can be checked afterwards', async () => {
    const path = join(dir, 'none.zip');
    writeFileSync(path, 'x'.repeat(5_000));
    expect(await given(path)).toContain('不是本程序写出的样子');
    expect(await check(codeOf())).toContain('✔ 真实有效');
  });
});
