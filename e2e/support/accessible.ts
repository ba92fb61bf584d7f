import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/**
 * Every axe rule, on the whole page as it is now: a dialog included when one is open. `preload: false` where a shadow
 * root has style elements: axe would copy them into the page, which its content security policy refuses aloud.
 */
export async function expectAccessible(
  page: Page,
  screen: string,
  options: { preload?: false } = {},
): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).options(options).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes
      .slice(0, 5)
      .map((node) => `${node.target.join(" ")} | ${node.failureSummary?.split("\n")[1]?.trim()}`),
  }));
  expect(found, `accessibility of ${screen}`).toEqual([]);
}

/** Colours are those of the end state: what still fades would be judged half transparent. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter((each) => each.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(running.map((each) => each.finished));
  });
}
