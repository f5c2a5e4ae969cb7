import type { Page } from 'playwright-core';

/** The installer's screen as a person finds things on it. */
export class InstallerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: '仪表接入' }).click();
    await this.page.getByRole('heading', { name: '仪表接入' }).waitFor();
  }

  async chooseTcp(port: number): Promise<void> {
    await this.page.getByLabel('线路', { exact: true }).selectOption('tcp');
    await this.page.getByLabel('地址').fill('127.0.0.1');
    await this.page.getByLabel('端口号').fill(String(port));
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name }).first().click();
  }

  candidate(text: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('listitem').filter({ hasText: text });
  }

  get live(): ReturnType<Page['getByRole']> {
    return this.page.getByRole('region', { name: '实时数据' });
  }
}
