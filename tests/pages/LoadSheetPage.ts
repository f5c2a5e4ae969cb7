import type { Locator, Page } from 'playwright-core';

/** The load sheet (货单) as a person finds things on it. */
export class LoadSheetPage {
  readonly form: Locator;

  constructor(page: Page) {
    this.form = page.getByRole('form', { name: '货单' });
  }

  field(
    name: '货物' | '目的地' | '驾驶员' | '挂车号牌' | '后牌（所见）' | '实测轴重' | '轴重由何仪器',
  ): Locator {
    return this.form.getByLabel(name);
  }

  async closed(): Promise<void> {
    await this.form.waitFor({ state: 'detached' });
  }
}
