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
  options: { preload?: false; runOnly?: Parameters<AxeBuilder["options"]>[0]["runOnly"] } = {},
): Promise<void> {
  await settled(page);
  // Run inside the page alone, a third of the time: that would miss what is in a frame, and no screen has one.
  expect(page.frames(), "frames").toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .options({ ...options, resultTypes: ["violations"] })
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes
      .slice(0, 5)
      .map((node) => `${node.target.join(" ")} | ${node.failureSummary?.split("\n")[1]?.trim()}`),
  }));
  expect(found, `accessibility of ${screen}`).toEqual([]);
}

/**
 * The same page in another theme differs in nothing else. Rules by name: the tag `cat.color` also turns on those that axe
 * leaves off, such as the contrast of level AAA.
 */
export const expectColoursAccessible = (page: Page, screen: string) =>
  expectAccessible(page, screen, {
    runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  });

/** Colours are those of the end state: what still fades would be judged half transparent. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter((each) => each.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(running.map((each) => each.finished));
  });
}
