import type { Page } from 'playwright-core';

/** The operator's main screen as a person finds things on it. */
export class WeighingPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get weight(): ReturnType<Page['getByLabel']> {
    return this.page.getByLabel('weight', { exact: true });
  }

  /** The decision panel, preview or stored. */
  decision(text: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('status', { name: '判定' }).filter({ hasText: text });
  }

  next(text: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name: text });
  }

  async shows(weight: string): Promise<void> {
    await this.weight.filter({ hasText: weight }).waitFor();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Enters a plate by keyboard alone. */
  async enterPlate(plate: string): Promise<void> {
    await this.press('F4');
    const field = this.page.getByRole('textbox', { name: '车牌' });
    await field.fill(plate);
    await field.press('Enter');
    await field.waitFor({ state: 'detached' });
  }

  /** States a six-axle articulated vehicle with two drive axles in the open form. */
  async stateSixAxles(): Promise<void> {
    const form = this.page.getByRole('form', { name: '车辆信息' });
    await form.getByRole('radio', { name: '6', exact: true }).check();
    await form.getByRole('radio', { name: '铰接列车（半挂）' }).check();
    await form.getByRole('radio', { name: '1+2+3' }).check();
    await form.getByRole('group', { name: '驱动轴数' }).getByRole('radio', { name: '2' }).check();
    await form.getByLabel('挂车核定载质量').fill('40000');
    await form.getByLabel('行驶证检验有效期至').fill('20991231');
    await form.getByLabel('道路运输证有效期至').fill('20991231');
    await form.getByRole('button', { name: '保存' }).click();
    await form.waitFor({ state: 'detached' });
  }
}
