import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { expectAccessible } from "./support/accessible";
import { openPage, untilHeard } from "./support/open-page";
import { expect, test } from "./support/test";

test.beforeEach(async ({ keptConfig: _ }) => {});

const sources = "/settings/incident-monitor/sources";

test("a key is made, used, and rotated: both report through the overlap, then the old one ends", async ({
  page,
  monitor,
  marker,
}) => {
  const id = `ci-${marker}`;
  await monitor.addProject(id);
  const report = {
    title: `Smoke test failed ${marker}`,
    event: "ci.run.failed",
    level: "error",
    detail: "x",
  };
  const reports = async (rawKey: string) => (await monitor.intake(rawKey, { project_id: id, report })).status;

  await openPage(page, `${sources}?project=${id}`);
  await page.getByRole("tab", { name: /^Intake keys/ }).click();

  /** What the one-time dialog shows; it is closed by saying that the key is stored. */
  const take = async () => {
    const reveal = page.getByRole("dialog", { name: "Key CI" });
    const rawKey = (await reveal.getByTestId("secret").textContent()) ?? "";
    expect(rawKey).toMatch(/^tim_intake_[0-9a-f]{64}$/);
    await reveal.getByRole("tab", { name: "GitHub Actions" }).click();
    await expect(reveal.getByLabel("GitHub Actions snippet")).toContainText("secrets.INCIDENT_MONITOR_KEY");
    await reveal.getByLabel("I have stored it").check();
    await reveal.getByRole("button", { name: "Close" }).click();
    await expect(page.locator("body")).not.toContainText(rawKey);
    return rawKey;
  };
  const rotate = async (beginning: string, overlap: RegExp) => {
    await page
      .getByRole("listitem")
      // Of its own: another row names it as what it is replaced by.
      .filter({ has: page.getByText(new RegExp(`^${beginning}`)) })
      .getByRole("button", { name: "Rotate key CI" })
      .click();
    const dialog = page.getByRole("dialog", { name: "Rotate CI?" });
    await dialog.getByLabel("The old key still works for").click();
    await page.getByRole("option", { name: overlap }).click();
    await dialog.getByRole("button", { name: "Make the new key" }).click();
  };
  const beginningOf = (rawKey: string) => rawKey.slice(0, "tim_intake_".length + 4);

  const first = await test.step("made, with a quota of its own", async () => {
    await page.getByRole("button", { name: "New key" }).click();
    const form = page.getByRole("dialog", { name: `New intake key for ${id}` });
    await form.getByLabel("Name").fill("CI");
    await form.getByText("Limits", { exact: true }).click();
    await form.getByLabel("Reports a day").fill("500");
    await expectAccessible(page, "a new key with limits");
    await form.getByRole("button", { name: "Create key" }).click();
    const rawKey = await take();
    expect(await reports(rawKey)).toBe(200);
    await expect(page.getByText("at most 500 a day")).toBeVisible();
    return rawKey;
  });

  const second = await test.step("rotated with a day's overlap: both report", async () => {
    await rotate(beginningOf(first), /^1 day/);
    const rawKey = await take();
    expect([await reports(first), await reports(rawKey)]).toEqual([200, 200]);
    const old = page.getByRole("listitem").filter({ hasText: "Being replaced" });
    await expect(old).toContainText("ends in");
    await expectAccessible(page, "keys during a rotation");
    return rawKey;
  });

  await test.step("rotated without one: the old key ends this moment", async () => {
    await rotate(beginningOf(second), /^Not at all/);
    const third = await take();
    expect([await reports(second), await reports(third)]).toEqual([401, 200]);
    // Its own overlap still runs.
    expect(await reports(first)).toBe(200);
    await page.reload();
    await untilHeard(page);
    await page.getByRole("tab", { name: /^Intake keys/ }).click();
    const ended = page.getByRole("listitem").filter({ has: page.getByText("Replaced", { exact: true }) });
    await expect(ended).toContainText("1 use refused");
  });

  await test.step("an overlap ends by the clock", async () => {
    const made = await monitor.call<{ key: IntakeKeyWire; raw_key: string }>(
      "POST",
      "/incident-monitor/intake/keys",
      { project_id: id, name: "Short" },
    );
    const rotated = await monitor.call<{ raw_key: string }>(
      "POST",
      `/incident-monitor/intake/keys/${made.body.key.key_id}/rotate`,
      { overlap_ms: 2_000 },
    );
    expect(await reports(made.body.raw_key)).toBe(200);
    await expect.poll(() => reports(made.body.raw_key)).toBe(401);
    expect(await reports(rotated.body.raw_key)).toBe(200);
  });
});
