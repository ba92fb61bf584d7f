import { expect, type Page } from "@playwright/test";

/** Nothing of the page may lie beyond its right edge. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, view } = await page.evaluate(() => ({
    content: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    view: document.documentElement.clientWidth,
  }));
  expect(content, "width of the page's content").toBeLessThanOrEqual(view);
}
