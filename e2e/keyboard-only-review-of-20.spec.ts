import type { Page } from "@playwright/test";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";

test.use({ as: "admin" });

const count = 20;
const noise = (index: number) => index % 5 === 4;

test("twenty drafts are approved, denied and published by keys alone, three to a decision at most", async ({
  page,
  keys,
  monitor,
  marker,
  keptConfig: _,
}) => {
  test.setTimeout(180_000);
  await monitor.patchConfig({ require_approval_for_new_issues: true });
  const titles = Array.from({ length: count }, (_, index) => `Batch${marker} step ${index + 1} failed`);
  for (const [index, title] of titles.entries()) {
    await monitor.report({
      ...{ title, detail: "It ran for 41 s.", event: `batch.step.${index}`, component: `batch-${marker}` },
      ...{ risk_level: "medium", fingerprint: `batch-${marker}-${index}` },
    });
  }
  const facets = async () => {
    const query = new URLSearchParams({ q: `Batch${marker}`, sort: "oldest", limit: "50" });
    type List = { drafts: Array<{ draft_id: string; facets: { approval: string } }> };
    return (await monitor.call<List>("GET", `/incident-monitor/drafts?${query}`)).body.drafts;
  };
  const title = (text: string) => page.getByRole("heading", { level: 1, name: text });
  await page.addInitScript(() => localStorage.setItem("incident-monitor.publish-grace", "5000"));
  const openQueue = async (query: string) => {
    await openPage(page, `/drafts?${query}`);
    await expect(page.getByRole("list", { name: "Drafts" }).getByRole("listitem").first()).toBeVisible();
  };
  await openQueue(`q=Batch${marker}&sort=oldest`);
  const press = countKeys(page);
  await press("j");

  await test.step("each decision goes on to the next draft", async () => {
    await expect(title(titles[0] ?? "")).toBeVisible();
    await press("c");
    await expect(page.locator("[data-slot=claim]")).toContainText("You are on this");
    for (const [index, text] of titles.entries()) {
      await expect(title(text)).toBeVisible();
      press.begin();
      await press(noise(index) ? "d" : "a");
      const dialog = page.getByRole("dialog", { name: noise(index) ? /^Deny/ : /^Approve/ });
      await expect(dialog.getByLabel("Reason")).toBeFocused();
      if (noise(index) && index < 5) await page.keyboard.type("Known noise of the night");
      else if (noise(index)) await press("ArrowUp");
      await press("Control+Enter");
      await expect(dialog).toBeHidden();
      expect(press.counted(), text).toBeLessThanOrEqual(3);
    }
    const states = (await facets()).map((draft) => draft.facets.approval);
    expect(states).toEqual(titles.map((_, index) => (noise(index) ? "denied" : "granted")));
  });

  await test.step("what is approved is published the same way, and undone before it leaves", async () => {
    const drafts = await facets();
    await openQueue(`q=Batch${marker}&sort=oldest&state=approved`);
    await press("j");
    for (const index of [0, 1]) {
      await expect(title(titles[index] ?? "")).toBeVisible();
      press.begin();
      await press("p");
      const dialog = page.getByRole("dialog", { name: /^Publish to 1/ });
      await expect(dialog).toBeVisible();
      await press("Control+Enter");
      await expect(dialog).toBeHidden();
      expect(press.counted()).toBeLessThanOrEqual(3);
      await expect(page.getByText("Publishing to 1").last()).toBeVisible();
      if (index === 0) {
        await press("u");
        await expect(page.getByText("Undone for 1 destination").last()).toBeVisible();
      }
    }
    const stateOf = async (index: number) =>
      (await monitor.postsOf(drafts[index]?.draft_id ?? "")).map((post) => post.state);
    expect(await stateOf(0)).toEqual(["cancelled"]);
    await expect.poll(() => stateOf(1)).toEqual(["published"]);
    expect(await stateOf(0)).toEqual(["cancelled"]);
  });

  await test.step("the palette knows the draft's commands and finds others by their words", async () => {
    await press("Control+k");
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    await expect(palette.getByRole("option", { name: /Snooze its incident/ })).toBeVisible();
    await keys.type(palette.getByRole("combobox"), `Batch${marker} step 7`);
    await expect(palette.getByRole("option", { name: titles[6] }).first()).toBeVisible();
    await expect(palette.getByRole("option").first()).toHaveAttribute("data-selected", "true");
    await press("Enter");
    await expect(title(titles[6] ?? "")).toBeVisible();
  });
});

/** Presses keys and counts them from `begin` on. */
function countKeys(page: Page) {
  let pressed = 0;
  const press = async (key: string) => {
    pressed += 1;
    await page.keyboard.press(key);
  };
  return Object.assign(press, {
    begin: () => {
      pressed = 0;
    },
    counted: () => pressed,
  });
}
