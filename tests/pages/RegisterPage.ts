import type { Page } from 'playwright-core';

/** The register's screen as a person finds things on it. */
export class RegisterPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('F7');
    await this.page.getByRole('tablist', { name: '备案台账' }).waitFor();
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name }).click();
  }

  row(text: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('row').filter({ hasText: text });
  }

  async add(list: string, values: Readonly<Record<string, string>>): Promise<void> {
    await this.page.getByRole('button', { name: '新增' }).click();
    await this.fill(list, values);
  }

  async fill(list: string, values: Readonly<Record<string, string>>): Promise<void> {
    const form = this.page.getByRole('form', { name: list });
    for (const [label, value] of Object.entries(values)) {
      const named = { name: label, exact: true };
      // A field with suggestions is a combobox, too.
      const field = form.getByRole('textbox', named).or(form.getByRole('combobox', named));
      const chosen = await field.evaluate((element) => element instanceof HTMLSelectElement);
      await (chosen ? field.selectOption({ label: value }) : field.fill(value));
    }
    await form.getByRole('button', { name: '保存' }).click();
  }
}
