import type { Page } from 'playwright-core';

/** 出口核对 as a person finds things on it. */
export class ExitsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  row(text: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('table', { name: '出口核对' }).getByRole('row').filter({ hasText: text });
  }

  async show(which: string): Promise<void> {
    await this.page.getByRole('combobox', { name: '显示' }).selectOption({ label: which });
  }

  async filterPlate(text: string): Promise<void> {
    await this.page.getByRole('search').getByRole('textbox', { name: '车牌' }).fill(text);
  }

  async explain(as: string, note: string): Promise<void> {
    const form = this.page.getByRole('form', { name: '写入说明' });
    await form.getByLabel('情况').selectOption({ label: as });
    await form.getByLabel('说明').fill(note);
    await form.getByRole('button', { name: '写入说明' }).click();
    await form.waitFor({ state: 'detached' });
  }
}
