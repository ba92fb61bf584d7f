import { expectAccessible } from "./support/accessible";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { webhookRow } from "./support/webhook";

test.beforeEach(async ({ keptConfig: _ }) => {});

test("an external destination without approval is found, fixed where the finding leads, and found no more", async ({
  page,
  monitor,
  webhook,
  marker,
}) => {
  const id = `posture-${marker}`;
  await monitor.addDestination({ ...webhookRow(id, webhook), require_approval: false });
  const finding = page.getByRole("listitem").filter({ hasText: `${id} may be sent to without a person` });

  await openPage(page, "/security/posture");
  await expect(finding).toBeVisible();
  await expectAccessible(page, "posture, findings");

  await finding.getByRole("button", { name: /^Make a draft/ }).click();
  await expect(finding.getByRole("link", { name: "open the draft" })).toBeVisible();

  await finding.getByRole("link", { name: /^Fix this/ }).click();
  const approval = page.getByRole("switch", { name: /^A person must approve what goes here/ });
  await expect(approval).toBeFocused();
  await approval.press("Space");
  await page.getByRole("button", { name: "Review and save" }).click();
  await page.getByRole("button", { name: /^Save \d+ changes?$/ }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto("/security/posture");
  await expect(page.getByRole("heading", { name: "Rules" })).toBeVisible();
  await expect(finding).toHaveCount(0);
});
