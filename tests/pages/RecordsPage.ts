import type { Locator, Page } from 'playwright-core';

/** What is said of records, crossings, manual entries and keys, as a person finds it on the screens. */
export class RecordsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(tab: '上磅过程' | '手工记录' | '密钥'): Promise<Locator> {
    await this.page.keyboard.press('Shift+F5');
    await this.page.getByRole('tab', { name: tab }).click();
    return this.panel(tab);
  }

  async panel(tab: '上磅过程' | '手工记录' | '密钥'): Promise<Locator> {
    const panel = this.page.getByRole('region', { name: tab });
    await panel.waitFor();
    return panel;
  }

  async openPassage(plate: string): Promise<void> {
    await this.page.keyboard.press('F6');
    await this.page
      .getByRole('table', { name: '车次列表' })
      .getByRole('row')
      .filter({ hasText: plate })
      .first()
      .click();
    await this.page.getByRole('button', { name: '导出证据包' }).waitFor();
  }

  form(name: string | RegExp): Locator {
    return this.page.getByRole('form', { name });
  }

  /** Fills the open form and confirms what will be written. */
  async state(
    name: string | RegExp,
    said: { readonly reason?: string; readonly by?: string },
    confirm: string,
  ): Promise<void> {
    const form = this.form(name);
    if (said.reason !== undefined) await form.getByLabel('原因', { exact: true }).fill(said.reason);
    if (said.by !== undefined) await form.getByLabel('谁', { exact: true }).fill(said.by);
    await form.getByRole('button', { name: '下一步' }).click();
    await form.getByRole('button', { name: confirm }).click();
    await form.waitFor({ state: 'detached' });
  }
}
