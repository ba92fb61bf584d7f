import { readFile } from "node:fs/promises";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { expectAccessible } from "./support/accessible";
import { openPage, untilHeard } from "./support/open-page";
import { addPerson } from "./support/people";
import { expect, signIn, test } from "./support/test";

const reports = "/incident-monitor/security/assessment-reports";
type Listed = { reports: Array<{ report_id: string; sha256: string; risk: string }> };

test.describe(() => {
  test.beforeEach(async ({ keptConfig: _ }) => {});

  test("a report is run, read, exported and printed; what was exported has the digest that is kept", async ({
    page,
    monitor,
    marker,
  }) => {
    const id = `assessed-${marker}`;
    await monitor.addDestination({ destination_id: id, name: `Assessed ${marker}`, kind: "telemetry" });
    await monitor.report({ title: `Checkout failed ${marker}`, detail: "exit code 1", source: "ci" });

    await openPage(page, "/security/report");
    await page.getByRole("checkbox", { name: `Assessed ${marker}` }).click();
    await page.getByRole("button", { name: "Run the assessment" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Security assessment report" })).toBeVisible({
      timeout: 60_000,
    });
    const kept = (await monitor.call<Listed>("GET", `${reports}?limit=1`)).body.reports[0];
    if (!kept) throw new Error("a report is kept");
    await expect(page).toHaveURL(new RegExp(`/security/report/${kept.report_id}$`));

    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary.getByText(new RegExp(`^${kept.risk} residual risk$`, "i"))).toBeVisible();
    await expect(page.getByText(`sha256:${kept.sha256}`)).toBeVisible();
    await expect(page.getByRole("region", { name: "Audit and export" })).toContainText(`would go to ${id}`);
    await page.getByRole("link", { name: "Open questions" }).click();
    await expect(page.getByRole("region", { name: "Open questions" })).toBeInViewport();
    await expectAccessible(page, "an assessment report");

    const taken = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
    };
    const json = await taken("JSON");
    expect(json.name).toBe(`${kept.report_id}.json`);
    const exported = JSON.parse(json.text);
    expect(sha256Hex(canonicalJson(exported.report))).toBe(kept.sha256);
    const markdown = await taken("Markdown");
    expect(markdown.name).toBe(`${kept.report_id}.md`);
    expect(markdown.text).toBe(exported.report.markdown_summary);
    expect(markdown.text).toContain("# Security assessment report\n");

    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Print or save as PDF" })).toHaveCount(0);
    await expect(page.locator("[data-slot=page-header]")).toBeHidden();
    await expect(summary).toBeVisible();
    // Nothing is cut off by a pane that scrolls: the page is as long as what it says.
    const [shell, article] = await Promise.all([
      page.locator("[data-slot=app-shell]").boundingBox(),
      page.getByRole("article").boundingBox(),
    ]);
    expect(shell?.height).toBeGreaterThanOrEqual(article?.height ?? Number.POSITIVE_INFINITY);
    expect(article?.height).toBeGreaterThan(1_000);
    expect(article?.width).toBeGreaterThan(0.9 * (shell?.width ?? Number.POSITIVE_INFINITY));
    await page.emulateMedia({ media: null });

    await page.goto("/security/report");
    await untilHeard(page);
    await expect(page.getByRole("table", { name: "Assessment reports, newest first" })).toContainText(
      kept.sha256.slice(0, 16),
    );
  });
});

test.describe(() => {
  test.use({ as: "nobody" });

  test("an auditor makes and reads reports; a viewer is told that a role is missing", async ({
    page,
    browser,
    baseURL,
    monitor,
  }) => {
    const auditor = await addPerson(monitor, "auditor");
    await page.goto("/security/report");
    await signIn(page, auditor);
    await untilHeard(page);
    await page.getByRole("checkbox", { name: /^Keep the report/ }).click();
    await page.getByRole("button", { name: "Run the assessment" }).click();
    await expect(page.getByText("This report is not kept.")).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("region", { name: "Summary" })).toBeVisible();

    const elsewhere = await browser.newContext({ baseURL, storageState: undefined });
    const other = await elsewhere.newPage();
    await other.goto("/security/report");
    await signIn(other, await addPerson(monitor, "viewer"));
    await expect(other.getByText("Assessment reports cannot be shown to you")).toBeVisible();
    await expect(other.getByRole("button", { name: "Run the assessment" })).toHaveCount(0);
    await elsewhere.close();
  });
});
