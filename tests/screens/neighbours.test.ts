import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { yaohuaDevice } from '../../native/instruments/bus/devices.testBus.ts';
import { InstallerPage } from '../pages/InstallerPage.ts';
import { launchChromium } from '../support/chromium.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const own = yaohuaDevice('A');
const other = yaohuaDevice('B');
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('data', (asked) => {
    if (asked.equals(own.request)) socket.write(own.answer(0));
    if (asked.equals(other.request)) socket.write(other.answer(18_260));
  });
});
let browser: Browser;
let page: Page;
let served: ServedStation;

beforeEach(async () => {
  browser = await launchChromium();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  served = await serveStation({
    instrument: {
      profile: own.profile,
      options: own.options,
      transport: { kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port },
      divisionKg: 20,
      maxKg: 100_000,
    },
  });
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(served.loginUrl);
});
afterEach(async () => {
  await browser.close();
  await served.stop();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

it('an installer adds the other indicators of a cable, and sees which of them answers', async () => {
  const screen = new InstallerPage(page);
  await screen.open();
  for (const [name, address] of [
    ['二号秤', 'B'],
    ['三号秤', 'A'],
  ] as const) {
    await screen.press('增加一台');
    const group = page.getByRole('group', { name: /RS-485/ }).last();
    await group.getByLabel('名称').fill(name);
    await group.getByLabel('协议参数（JSON）').fill(JSON.stringify({ address }));
  }
  await screen.press('试读');
  const save = async (): Promise<void> => {
    await page.getByLabel('仪表显示与此一致，我已核对').check();
    await screen.press('保存并启用');
  };
  await save();
  // Two of one address would answer at once: the field is named, and nothing is saved.
  await page.getByRole('alert').filter({ hasText: 'lineNeighbours.1.instrument' }).waitFor();
  await page
    .getByRole('group', { name: /RS-485.* 2$/ })
    .getByLabel('协议参数（JSON）')
    .fill('{"address":"C"}');
  await screen.press('试读');
  await save();
  await vi.waitFor(
    () => {
      expect(JSON.parse(readFileSync(served.configFile, 'utf8'))).toMatchObject({
        lineNeighbours: [{ name: '二号秤' }, { name: '三号秤', instrument: { options: { address: 'C' } } }],
      });
    },
    { timeout: 30_000 },
  );
  const others = page.getByRole('list', { name: /RS-485/ });
  await others
    .getByRole('listitem')
    .filter({ hasText: '二号秤 @B' })
    .filter({ hasText: '18 260 kg' })
    .waitFor();
  await others.getByRole('listitem').filter({ hasText: '三号秤 @C' }).filter({ hasText: '断开' }).waitFor();
});
