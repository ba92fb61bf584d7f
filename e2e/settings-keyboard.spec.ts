import type { Page } from "@playwright/test";
import { expect, keysOf, test, watchOtherInput } from "./support/keyboard";

// What the journeys "by keyboard alone" are held to, tried on a page small enough to see through.
const content = `
  <button id="far" tabindex="-1">Far</button>
  <input aria-label="First" value="old">
  <label><input type="checkbox"> Ticked</label>
  <button>Last</button>`;

async function openSmallPage(page: Page): Promise<string[]> {
  const seen = await watchOtherInput(page.context());
  await page.goto(`data:text/html,${encodeURIComponent(`<title>Small</title>${content}`)}`);
  return seen;
}

test("keys lead to each control and back, and leave no trace", async ({ page }) => {
  const seen = await openSmallPage(page);
  const keys = keysOf(page);
  await keys.press(page.getByRole("button", { name: "Last" }));
  await keys.press(page.getByLabel("Ticked"), "Space");
  await expect(page.getByLabel("Ticked")).toBeChecked();
  await keys.type(page.getByLabel("First"), "new");
  await expect(page.getByLabel("First")).toHaveValue("new");
  await keys.type(page.getByLabel("First"), "");
  await expect(page.getByLabel("First")).toHaveValue("");
  expect(seen).toEqual([]);
});

for (const [what, act, trace] of [
  [
    "a click",
    (page: Page) => page.getByRole("button", { name: "Last" }).click(),
    'pointerdown on button "Last"',
  ],
  ["a tick by mouse", (page: Page) => page.getByLabel("Ticked").check(), "pointerdown on input"],
  [
    "a hover",
    (page: Page) => page.getByRole("button", { name: "Last" }).hover(),
    'pointermove on button "Last"',
  ],
  ["text that nobody typed", (page: Page) => page.getByLabel("First").fill("new"), "input on input"],
  ["the wheel", (page: Page) => page.mouse.wheel(0, 10), "wheel on"],
] as const) {
  test(`${what} is no key, and is seen`, async ({ page }) => {
    const seen = await openSmallPage(page);
    await act(page);
    await expect.poll(() => seen.join("\n")).toContain(trace);
  });
}

test("a control that Tab does not reach is not taken for one that it does", async ({ page }) => {
  await openSmallPage(page);
  await expect(keysOf(page).press(page.getByRole("button", { name: "Far" }))).rejects.toThrow(
    "no key leads to",
  );
});
