import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll } from "./support/layout";
import { expect, test } from "./support/test";

const axe = { preload: false } as const;
const reportSummary = "Report a failure, wrapped in `report` or bare";
const statusSummary = "Readiness, counts and what is wrong, computed from the present";

async function openReference(page: Page): Promise<Locator> {
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  const explorer = page.locator("openapi-explorer");
  await expect(explorer.getByText("Governed failure intake").first()).toBeVisible();
  return explorer;
}

/** An operation, by what the list of them calls it. */
const operation = (explorer: Locator, summary: string) =>
  explorer.getByRole("link", { name: summary, exact: true });

/** Presses the renderer's button; the request that goes out. */
async function tryCall(page: Page, explorer: Locator, path: string) {
  const [request] = await Promise.all([
    page.waitForRequest((each) => new URL(each.url()).pathname === path),
    explorer.getByRole("button", { name: /^execute$/i }).click(),
  ]);
  await expect(explorer.getByText(/Response Status:/)).toBeVisible();
  return { request, headers: await request.allHeaders() };
}

test("the reference is found, read and tried, and nothing leaves this server", async ({ page, baseURL }) => {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  const explorer = page.locator("openapi-explorer");

  await operation(explorer, reportSummary).click();
  await expect(explorer.getByText("/incident-monitor/report", { exact: true }).first()).toBeVisible();
  await expect(explorer.getByText("Nightly settlement failed").first()).toBeVisible();
  await expectAccessible(page, "the report operation", axe);

  await operation(explorer, statusSummary).click();
  const { headers } = await tryCall(page, explorer, "/incident-monitor/status");
  expect(headers.authorization).toBeUndefined();
  expect(headers.cookie).toContain("next-auth.session-token=");
  await expect(explorer.getByText("OK (200)")).toBeVisible();
  await expect(explorer.getByText("monitoring_active").first()).toBeVisible();
  await expectAccessible(page, "an answer in the reference", axe);

  const outside = urls.filter((url) => !url.startsWith(baseURL ?? "?") && !url.startsWith("data:"));
  expect(outside).toEqual([]);
});

test("a token is tried instead of the session, shown nowhere and kept nowhere", async ({
  page,
  monitor,
  marker,
}) => {
  const explorer = await openReference(page);
  const token = `tim_token_pasted_${marker}`;
  const field = page.getByLabel("Token to try calls with");
  await field.fill(token);
  await expect(page.getByText("without your session")).toBeVisible();
  await operation(explorer, statusSummary).click();
  const { headers } = await tryCall(page, explorer, "/incident-monitor/status");
  expect([headers.authorization, headers.cookie]).toEqual([`Bearer ${token}`, undefined]);
  await expect(explorer.getByText("Unauthorized (401)")).toBeVisible();

  await explorer.getByRole("button", { name: /^request$/i }).click();
  await expect(explorer.getByText("$INCIDENT_MONITOR_TOKEN").first()).toBeVisible();
  await expect(explorer.getByText(token)).toHaveCount(0);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toContain(token);
  await page.reload();
  await expect(field).toHaveValue("");
  expect((await monitor.call("GET", "/incident-monitor/status")).status).toBe(200);
});

test("keys typed into the reference stay there; all of it is reached by keyboard", async ({ page }) => {
  const explorer = await openReference(page);
  const filter = explorer.getByPlaceholder("Filter");
  await filter.click();
  await page.keyboard.type("/n?approve");
  await expect(filter).toHaveValue("/n?approve");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await filter.fill("");
  const link = operation(explorer, statusSummary);
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(explorer.getByText("/incident-monitor/status", { exact: true }).first()).toBeVisible();
  await explorer.getByRole("button", { name: /^execute$/i }).focus();
  await page.keyboard.press("Enter");
  await expect(explorer.getByText("OK (200)")).toBeVisible();
});

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark" });
  test("the reference follows the theme", async ({ page }) => {
    const explorer = await openReference(page);
    await operation(explorer, reportSummary).click();
    await expect(explorer.getByText("Nightly settlement failed").first()).toBeVisible();
    const [page_, inner] = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(
        document.querySelector("openapi-explorer")?.shadowRoot?.querySelector(".body") as Element,
      ).backgroundColor,
    ]);
    expect(inner).toBe(page_);
    await expectAccessible(page, "the report operation, dark", axe);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
  test("the operations follow one another, and open by finger and by key", async ({ page }) => {
    const explorer = await openReference(page);
    await explorer.getByRole("button", { name: reportSummary }).tap();
    await expect(explorer.getByText(/Needs the permission report/)).toBeVisible();
    await explorer.getByRole("button", { name: statusSummary }).focus();
    await page.keyboard.press("Enter");
    await expect(explorer.getByText(/A pure read/)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, "the reference, on a phone", axe);
  });
});
