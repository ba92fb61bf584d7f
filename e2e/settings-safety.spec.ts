import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/keyboard";
import { openPage } from "./support/open-page";

test.beforeEach(async ({ keptConfig: _ }) => {});

const safety = "/settings/incident-monitor/safety";

test("a pasted text shows what would be taken out and by which kind, and is kept nowhere", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  await openPage(page, safety);
  const text = page.getByLabel("Try it", { exact: true });
  const result = page.getByTestId("redacted-text");
  const secret = `ghp_${marker.replaceAll(/\W/g, "x").padEnd(36, "0").slice(0, 36)}`;
  await keys.type(text, `charge of ${marker}@example.com failed, token=${secret}`);
  await expect(result.locator("[data-slot=redaction]")).toHaveCount(1);
  await expect(result).toContainText(`${marker}@example.com`);
  await expect(result).not.toContainText(secret);
  await expect(page.getByText("1 piece would be taken out")).toBeVisible();

  await keys.choose(
    page.getByLabel("Profile", { exact: true }),
    page.getByRole("option", { name: /^Strict/ }),
  );
  await expect(result.locator("[data-slot=redaction]")).toHaveCount(2);
  await expect(result).not.toContainText(`${marker}@example.com`);
  await expectAccessible(page, "safety, a text tried");

  await keys.type(text, "nothing of note");
  await expect(page.getByText("Nothing would be taken out.")).toBeVisible();
  // The profile is an edit of the page like any other; the text is none.
  await expect(page.getByText("1 change not saved")).toBeVisible();
  const { body } = await monitor.call("GET", "/incident-monitor/debug");
  expect(JSON.stringify([body, await monitor.config()])).not.toContain(secret);
});

test("a profile of one's own is tried beside the others, saved, and read again over what is stored", async ({
  page,
  keys,
  monitor,
  marker,
}) => {
  const word = `PAT-${String(Date.now()).slice(-6)}`;
  const report = { title: `Import of ${word} failed`, detail: marker, source: "ci", level: "error" };
  await monitor.report({ ...report, event: "import.failed" });
  await openPage(page, `${safety}/redaction`);
  await keys.press(page.getByRole("button", { name: "New profile" }));
  const profile = page.getByRole("group", { name: "Profile clinic" });
  await keys.type(page.getByLabel("Name", { exact: true }), "clinic");
  await keys.press(profile.getByRole("button", { name: "Add a pattern to clinic" }));
  await keys.type(profile.getByLabel("Pattern's name"), "patient");
  await keys.type(profile.getByLabel("Pattern", { exact: true }), "(");
  await expect(page.getByText(/It cannot be read: RE2 syntax/).first()).toBeVisible();
  await keys.type(profile.getByLabel("Pattern", { exact: true }), "PAT-[0-9]{6}");

  await keys.type(page.getByLabel("Text to try"), `${word} of ada@example.com from 10.0.0.12`);
  const by = (name: string) => page.getByTestId(`redacted-by-${name}`);
  await expect(by("clinic").locator("[data-slot=redaction]")).toHaveCount(2);
  await expect(by("clinic")).toContainText("from 10.0.0.12");
  await expect(by("standard")).toContainText(word);
  await expect(by("strict")).not.toContainText("10.0.0.12");
  await expect(page.getByText("custom patient 1 by a pattern of the profile")).toBeVisible();
  await expectAccessible(page, "redaction, profiles compared");

  await keys.choose(
    page.getByLabel("Default profile", { exact: true }),
    page.getByRole("option", { name: /^clinic/ }),
  );
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  await keys.press(page.getByRole("button", { name: "Save 2 changes" }));
  await expect(page.getByText("Saved 2 changes", { exact: true })).toBeVisible();
  expect((await monitor.config()).safety_defaults).toMatchObject({
    redaction_profile: "clinic",
    redaction_profiles: [
      {
        profile_id: "clinic",
        personal_data: ["email"],
        patterns: [{ name: "patient", pattern: "PAT-[0-9]{6}" }],
      },
    ],
  });

  await keys.press(page.getByRole("button", { name: "See what would change" }));
  const preview = page.getByRole("table", { name: "What would change" });
  await expect(preview.getByRole("row", { name: /^incidents/i })).toBeVisible();
  await keys.press(page.getByRole("button", { name: "Read everything again" }));
  const newest = page.getByRole("table", { name: "Walks over what is stored" }).getByRole("row").nth(1);
  await expect(newest).toContainText("Done");
  await expect(newest).toContainText("incidents");
  const { body } = await monitor.call("GET", `/incident-monitor/incidents?q=${word}`);
  expect(body.incidents).toEqual([]);
});

test("what counts as high risk, approval's terms and blocking are saved together and come out in the table", async ({
  page,
  keys,
  monitor,
}) => {
  await openPage(page, safety);
  const outcome = page.getByRole("row", { name: /^nothing of its own/ });
  await expect(outcome).toContainText("A person");
  await keys.press(page.getByRole("switch", { name: /^High risk Whatever/ }), "Space");
  await expect(page.getByText("High risk may leave without a person")).toBeVisible();
  await expect(outcome).not.toContainText("A person");
  await keys.press(page.getByRole("switch", { name: /^High risk Whatever/ }), "Space");

  await keys.press(page.getByLabel(/^Send as soon as it is approved/), "Space");
  await expect(page.getByText("Approving sends.")).toBeVisible();
  await keys.choose(
    page.getByLabel("Count every report at least as"),
    page.getByRole("option", { name: "medium" }),
  );
  await keys.type(page.getByLabel("Risk categories"), "payments,security");
  await page.keyboard.press("Enter");
  await keys.press(page.getByRole("button", { name: "Remove security" }));
  await expect(page.getByLabel("Risk categories")).toBeFocused();
  await keys.press(page.getByLabel("Signed webhook"), "Space");
  await keys.type(page.getByLabel("It holds for"), "24");
  await keys.press(page.getByLabel(/^The draft, also when it changes/), "Space");
  await keys.press(page.getByLabel(/^Stop what comes from sources/), "Space");
  await keys.type(page.getByLabel("Keep records for"), "30");
  await expectAccessible(page, "safety, edited");
  await keys.press(page.getByRole("button", { name: "Review and save" }));
  await keys.press(page.getByRole("button", { name: /^Save \d changes$/ }));
  await expect(page.getByText(/^Saved \d changes$/)).toBeVisible();
  expect((await monitor.config()).safety_defaults).toMatchObject({
    ...{ minimum_risk_level: "medium", high_risk_categories: ["payments"] },
    ...{ high_risk_destination_kinds: ["webhook"], approval_ttl_ms: 24 * 3_600_000 },
    ...{ approval_binding: "draft", publish_on_approval: true, block_unready_sources: true },
    ...{ retention_days: 30, require_approval_for_high_risk: true },
  });
});

test("triage, its models and reassessment are set without writing JSON", async ({ page, monitor }) => {
  await openPage(page, safety);
  await page.getByLabel(/^It has a deadline/).click();
  await expect(page.getByText("a run may take as long as it needs")).toBeVisible();
  await page.getByRole("button", { name: "Name a model" }).click();
  await page.getByLabel("Provider", { exact: true }).fill("local");
  await expect(page.getByText(/model_id|model policy/i).first()).toBeVisible();
  await page.getByLabel("Model", { exact: true }).fill("small-1");
  await page.getByLabel(/^Ask a model for its opinion/).click();
  await expect(page.getByText("It is not asked until cost and prices are set")).toBeVisible();
  await page.getByLabel(/^Cost of a run/).fill("0.50");
  await page.getByLabel(/^Price of reading/).fill("3");
  await page.getByLabel(/^Price of writing/).fill("many");
  await expect(page.getByText("An amount from 0 to 10000")).toBeVisible();
  await page.getByLabel(/^Price of writing/).fill("15");
  await page.getByLabel("At least every").fill("24");
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("button", { name: "Save 3 changes" }).click();
  await expect(page.getByText("Saved 3 changes", { exact: true })).toBeVisible();
  expect(await monitor.config()).toMatchObject({
    triage_timeout_ms: null,
    model_policy: {
      default_model: { provider_id: "local", model_id: "small-1" },
      triage: {
        enabled: true,
        budget: { cost_max: 0.5, input_price_per_million: 3, output_price_per_million: 15 },
      },
    },
    reassessment: { cadence_ms: 86_400_000 },
  });
});

test("pausing says what it does before it does, and the page says who may", async ({
  page,
  keys,
  monitor,
}) => {
  await openPage(page, safety);
  await keys.press(page.getByRole("button", { name: "Pause…" }));
  const ask = page.getByRole("alertdialog", { name: "Pause the monitor?" });
  await expect(ask).toContainText("Nothing is lost");
  await expectAccessible(page, "safety, pausing");
  await keys.press(ask.getByRole("button", { name: "Cancel" }));
  await expect(page.getByRole("button", { name: "Pause…" })).toBeFocused();
  expect((await monitor.config()).paused).toBe(false);
  await page.keyboard.press("Enter");
  await keys.press(ask.getByRole("button", { name: "Pause", exact: true }));
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
  expect((await monitor.config()).paused).toBe(true);
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });

  test("sees every rule and the limits, and can neither change nor try anything", async ({ page }) => {
    await openPage(page, safety);
    await expect(page.getByText("Changing them needs the admin role")).toBeVisible();
    await expect(page.getByLabel("It holds for")).toBeDisabled();
    await expect(page.getByLabel("Try it", { exact: true })).toBeDisabled();
    await expect(page.getByText("Trying it needs the admin role.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Pause…" })).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByText("256 KiB")).toBeVisible();
    await expectAccessible(page, "safety, a viewer");
  });
});
