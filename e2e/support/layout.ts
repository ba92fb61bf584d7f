import { expect, type Page } from "@playwright/test";

/** Nothing of the page may lie beyond its right edge. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, view } = await page.evaluate(() => ({
    content: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    view: document.documentElement.clientWidth,
  }));
  expect(content, "width of the page's content").toBeLessThanOrEqual(view);
}

/** Panes scroll, the page does not: what is taken out of the flow inside a pane must not make the page longer than its window. */
export async function expectPageStands(page: Page): Promise<void> {
  const { content, view, scrolled } = await page.evaluate(() => ({
    content: document.documentElement.scrollHeight,
    view: document.documentElement.clientHeight,
    scrolled: document.querySelector("[data-slot=app-shell]")?.scrollTop ?? 0,
  }));
  expect(scrolled, "how far the shell is scrolled").toBe(0);
  expect(content, "height of the page's content").toBeLessThanOrEqual(view);
}

/** What lies over the page ends inside the window; what is longer scrolls in itself. */
export async function expectOverlaysInside(page: Page): Promise<void> {
  const beyond = await page
    .locator("[role=dialog], [role=alertdialog], [role=menu]")
    .evaluateAll((overlays) =>
      overlays
        .map((each) => ({
          name: each.getAttribute("aria-label") ?? each.id,
          box: each.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.top < -1 || box.bottom > window.innerHeight + 1)
        .map(({ name, box }) => `${name}: ${Math.round(box.top)} to ${Math.round(box.bottom)}`),
    );
  expect(beyond, "overlays beyond the window").toEqual([]);
}

/** Nothing of the page's pane may lie beyond it, except inside what scrolls sideways by itself. Names what does. */
export async function expectNothingBeyondPane(page: Page): Promise<void> {
  const beyond = await page.locator("[data-slot=page-body]").evaluate((pane) => {
    const edge = pane.getBoundingClientRect().right + 1;
    const isCut = (element: Element): boolean => {
      for (let up = element.parentElement; up && up !== pane; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return true;
      }
      return false;
    };
    return [...pane.querySelectorAll("*")]
      .filter((each) => each.getBoundingClientRect().right > edge && !isCut(each))
      .map((each) => `${each.localName} ${each.className} "${each.textContent?.slice(0, 30)}"`)
      .slice(0, 10);
  });
  expect(beyond, "what lies beyond the pane").toEqual([]);
}
