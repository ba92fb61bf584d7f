import { expectAccessible } from "./support/accessible";
import { withDatabase } from "./support/database";
import { modelPolicy, openModel, opinionOn } from "./support/model";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { reportBroken, triaged, triageOf } from "./support/triage";

test.beforeEach(async ({ keptConfig: _ }) => {});
// Whatever becomes of the journey, the next ones find the monitor at work.
test.afterEach(async ({ monitor }) => void (await monitor.call("POST", "/incident-monitor/resume", {})));

test("a model is switched on with a budget, and its opinion stands beside what the rules found", async ({
  page,
  monitor,
  logRoot,
  marker,
}) => {
  await monitor.patchConfig({ model_policy: { default_model: modelPolicy.default_model } });
  await openPage(page, "/settings/incident-monitor/safety");
  await test.step("in Safety: whom triage asks, and what a run may use", async () => {
    await page.getByLabel("Ask destinations whether it was filed before").click();
    await page.getByRole("option", { name: /^Nobody/ }).click();
    await page.getByLabel(/^Ask a model for its opinion/).press("Space");
    const budget = page.getByRole("group", { name: "What one run may use" });
    await expect(budget).toContainText("It is not asked until cost and prices are set");
    await budget.getByLabel(/^Cost of a run/).fill("much");
    await expect(budget).toContainText("An amount from 0 to 1000");
    await budget.getByLabel(/^Cost of a run/).fill("0,5");
    await budget.getByLabel(/^Price of reading/).fill("3");
    await budget.getByLabel(/^Price of writing/).fill("15");
    await expect(budget).toContainText("Whichever is used up first ends it");
    await expectAccessible(page, "the budget of a model");
    await page.getByRole("button", { name: "Review and save" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    expect((await monitor.config()).model_policy).toMatchObject({
      triage: {
        ask_destinations: "off",
        enabled: true,
        budget: { cost_max: 0.5, input_price_per_million: 3, output_price_per_million: 15 },
      },
    });
  });

  const model = await openModel();
  const { bug, draftId } = await reportBroken(monitor, {
    ...{ logRoot, project: `model-${marker}`, marker, destinationIds: ["local-telemetry"] },
  });
  model.otherwise = { kind: "say", text: opinionOn(bug) };
  const { run } = await triaged(monitor, draftId);
  await model.close();
  expect(model.requests.length).toBeGreaterThan(0);
  expect(run?.total_tokens).toBeGreaterThan(0);
  expect(run?.model_id).toBe(modelPolicy.default_model.model_id);

  await openPage(page, `/drafts/${draftId}`);
  const region = (name: string) => page.getByRole("region", { name, exact: true });
  const opinion = region("A model's opinion");
  await expect(opinion).toContainText("An item without a discount has no percent to read.");
  await expect(opinion).toContainText("It read redacted evidence and can decide nothing.");
  await expect(opinion).toContainText("It does not agree with the rules");
  await expect(opinion).toContainText("The warehouse reads the same cart.");
  await expect(opinion).toContainText("Do older carts have discounts at all?");
  await expect(region("Likely cause")).not.toContainText("no percent to read");
  await expectAccessible(page, "a model's opinion");
});

test("a run that fails every time says so, keeps what it found, and is tried again by hand", async ({
  page,
  monitor,
  logRoot,
  dataDir,
  marker,
}) => {
  const { draftId } = await reportBroken(monitor, {
    ...{ logRoot, project: `failing-${marker}`, marker, destinationIds: ["local-telemetry"] },
  });
  await openPage(page, `/drafts/${draftId}`);
  const triage = page.getByRole("region", { name: "Triage", exact: true });
  // Paused, it waits in sight, and what it needs can be taken away before a worker begins.
  expect((await monitor.call("POST", "/incident-monitor/pause", {})).status).toBe(200);
  await triage.getByRole("button", { name: "Start triage" }).click();
  await expect(triage).toContainText("Triage queued");
  await withDatabase(dataDir, async (database) => {
    await database.query("ALTER TABLE memory_records RENAME TO memory_records_away");
    try {
      expect((await monitor.call("POST", "/incident-monitor/resume", {})).status).toBe(200);
      await expect(triage).toContainText("Waits in the queue until");
      await expect(triage).toContainText("Triage failed", { timeout: 30_000 });
    } finally {
      await database.query("ALTER TABLE memory_records_away RENAME TO memory_records");
    }
  });
  await expect(triage).toContainText("the phase research failed every time");
  await expect(triage).toContainText("What was found until then is kept");
  const phase = (name: string) => triage.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) });
  await expect(phase("Inspect")).toContainText("done");
  await expect(phase("Research")).toContainText("failed");
  await expectAccessible(page, "a draft whose triage failed");

  await triage.getByRole("button", { name: "Triage again" }).press("Enter");
  await expect(triage).toContainText("An issue can be proposed");
  const again = await triageOf(monitor, draftId);
  expect([again.run?.state, again.earlier_runs[0]?.state]).toEqual(["ready", "failed"]);
});
