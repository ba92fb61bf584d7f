import { expect, type Page } from "@playwright/test";

/**
 * Opens a page of the panel and waits until it hears keys and clicks. What the server sent looks finished before it
 * does; the time beside the live mark is only ever written by the running page.
 */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilHeard(page);
}

/** The same after a reload. */
export async function untilHeard(page: Page): Promise<void> {
  // Beside a list there may be a second one, for another width of the window.
  const live = page.locator("[data-slot=live-indicator]").filter({ visible: true });
  await expect(live.first()).toContainText(/\d\d:\d\d/);
}
