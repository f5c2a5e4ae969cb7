import type { Page } from 'playwright-core';

/**
 * What a person in front of the screen could not read whole: text that is cut off, covered, outside the window, or
 * squeezed to one character a line. Parts that scroll are left out.
 */
export function unreadable(page: Page, within = '.app'): Promise<readonly string[]> {
  return page.evaluate((selector) => {
    const told: string[] = [];
    const scrolls = (element: Element): boolean =>
      /auto|scroll/.test(getComputedStyle(element).overflow) &&
      element.scrollHeight > element.clientHeight + 1;
    const cuts = (element: Element): boolean => getComputedStyle(element).overflow !== 'visible';
    const walker = document.createTreeWalker(
      document.querySelector(selector) ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = (node.textContent ?? '').trim();
      const holder = node.parentElement;
      if (text === '' || holder?.closest('.drill-tape, option, select') !== null) continue;
      if (!holder.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      let scrolled = false;
      let bounds = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      for (let up: Element | null = holder; up !== null; up = up.parentElement) {
        if (scrolls(up)) scrolled = true;
        if (!cuts(up)) continue;
        const { left, top, right, bottom } = up.getBoundingClientRect();
        bounds = {
          left: Math.max(bounds.left, left),
          top: Math.max(bounds.top, top),
          right: Math.min(bounds.right, right),
          bottom: Math.min(bounds.bottom, bottom),
        };
      }
      if (scrolled) continue;
      const slack = 3;
      const size = parseFloat(getComputedStyle(holder).fontSize);
      if (
        box.left < bounds.left - slack ||
        box.right > bounds.right + slack ||
        box.top < bounds.top - size / 2 ||
        box.bottom > bounds.bottom + size / 2
      )
        told.push(`cut: ${text}`);
      else if (text.length > 2 && box.width < size * 1.5 && box.height > size * 3)
        told.push(`squeezed: ${text}`);
      else {
        const seen = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        if (seen !== null && !seen.contains(holder) && !holder.contains(seen)) told.push(`covered: ${text}`);
      }
    }
    return told;
  }, within);
}
