import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";

test("scenarios pass on a governed configuration, and say what would leave once approval of high risk is off", async ({
  page,
  monitor,
  keptConfig: _,
}) => {
  const { safety_defaults } = await monitor.config();
  const askForHighRisk = (on: boolean) =>
    monitor.patchConfig({
      monitored_projects: [],
      destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
      default_destination_ids: ["local"],
      routes: [],
      safety_defaults: { ...safety_defaults, require_approval_for_high_risk: on },
    });
  const run = page.getByRole("button", { name: "Run 8 scenarios" });
  const result = page.getByRole("region", { name: "Result" });

  await askForHighRisk(true);
  await openPage(page, "/security/scenarios");
  await run.click();
  await expect(result).toContainText("8 passed", { timeout: 60_000 });

  await askForHighRisk(false);
  await run.click();
  await expect(result).toContainText("5 failed", { timeout: 60_000 });
  await expect(result.getByText(/would have been queued with too few approvals/)).toHaveCount(5);
  await expect(result.getByText(/^asp_[0-9a-f]{16}$/)).toHaveCount(5);
  const earlier = page.getByRole("region", { name: "Earlier runs" });
  await expect(earlier.getByRole("listitem").first()).toContainText("3 of 8 passed, 5 failed");
});
