import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expectAccessible } from "./support/accessible";
import type { Monitor } from "./support/monitor";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { webhookRow } from "./support/webhook";

const run = promisify(execFile);

/** The command line on the same file: its exit code and what it said. */
async function commandLine(file: string, key: string): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await run(process.execPath, ["scripts/audit.mjs", "verify", file, key]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

/** Reported, approved for this destination alone, and sent there. */
async function publishApproved(monitor: Monitor, destination: string, title: string): Promise<string> {
  const { draft_id: id } = await monitor.report({ title, detail: "It broke." });
  const draft = `/incident-monitor/drafts/${id}`;
  const to = { destination_ids: [destination] };
  await monitor.call("POST", `${draft}/publish`, to);
  const approved = await monitor.call("POST", `${draft}/approve`, { ...to, reason: "Seen by two" });
  expect(approved.status).toBe(200);
  await monitor.call("POST", `${draft}/publish`, to);
  const [post] = await monitor.postsOf(id);
  expect(post?.state).toBe("published");
  return post?.post_id ?? "";
}

test("a receipt is downloaded, verified with the network off, and a changed copy is found", async ({
  page,
  browser,
  monitor,
  webhook,
  marker,
}, testInfo) => {
  const destination = `ledgered-${marker}`;
  await monitor.addDestination({ ...webhookRow(destination, webhook), require_approval: true });
  const postId = await publishApproved(monitor, destination, `ReceiptError${marker}: lost`);
  const { body } = await monitor.call<{ keys: Array<{ verifier_key: string }> }>(
    "GET",
    "/audit/ledger/checkpoint",
  );
  const key = body.keys[0]?.verifier_key ?? "";
  const file = testInfo.outputPath("receipt.json");
  const changed = testInfo.outputPath("changed.json");

  await test.step("download it on the receipt's page", async () => {
    await openPage(page, `/receipts/${postId}`);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the receipt" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`receipt-${postId}.json`);
    await download.saveAs(file);
    const text = await readFile(file, "utf8");
    expect(text).not.toContain(webhook.url);
    await writeFile(changed, text.replaceAll("Seen by two", "Seen by all"));
  });

  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const auditor = await context.newPage();
  const requests: string[] = [];
  const input = auditor.getByLabel("Receipt", { exact: true });
  const checked = auditor.getByRole("region", { name: "What was checked" });

  await test.step("a signed-out auditor opens the page, and goes offline", async () => {
    await auditor.goto("/verify");
    await expect(auditor.getByRole("heading", { level: 1, name: "Verify a receipt" })).toBeVisible();
    await expect(input).toBeEnabled();
    await expectAccessible(auditor, "verify, before a file");
    await auditor.waitForLoadState("networkidle");
    auditor.on("request", (request) => requests.push(request.url()));
    await context.setOffline(true);
  });

  await test.step("without a key it is whole, and whose it is is open", async () => {
    await input.setInputFiles(file);
    await expect(auditor.getByText("who signed it is not shown")).toBeVisible();
  });

  await test.step("with the key every point is proven", async () => {
    await auditor.getByLabel("Public key").fill(key);
    await expect(auditor.getByText("receipt.json is proven.")).toBeVisible();
    await expect(checked.getByRole("listitem")).toHaveCount(9);
    await expect(checked.getByText("Proven", { exact: true })).toHaveCount(9);
    const facts = auditor.getByRole("region", { name: "What it says" });
    await expect(facts).toContainText(destination);
    await expect(facts).toContainText("Seen by two");
    await expectAccessible(auditor, "verify, proven");
    expect((await commandLine(file, key)).code).toBe(0);
  });

  await test.step("a changed copy is named, here and by the command line", async () => {
    await input.setInputFiles(changed);
    const alert = auditor.getByRole("alert").filter({ hasText: "changed.json" });
    await expect(alert).toContainText("is not what was signed");
    await expect(alert).toContainText("approvals[0].reason");
    await expect(checked.getByText("Wrong", { exact: true })).toHaveCount(1);
    await expectAccessible(auditor, "verify, changed");
    const { code, said } = await commandLine(changed, key);
    expect([code, said.includes("approvals[0].reason")]).toEqual([1, true]);
  });

  await test.step("another key, no key and another file are told apart", async () => {
    await auditor.getByLabel("Public key").fill("nonsense");
    await expect(auditor.getByText("This is no public key of a ledger")).toBeVisible();
    await auditor.getByLabel("Public key").fill("");
    const other = { name: "notes.json", mimeType: "application/json", buffer: Buffer.from("{}") };
    await input.setInputFiles(other);
    await expect(auditor.getByRole("alert").filter({ hasText: "notes.json" })).toContainText("not a receipt");
    await input.setInputFiles({ ...other, name: "image.json", buffer: Buffer.from([0x89, 0xff, 0x00]) });
    await expect(auditor.getByRole("alert").filter({ hasText: "image.json" })).toContainText(
      "not a text file",
    );
  });

  // Not one, from the moment the page had come: it stayed in the browser.
  expect(requests).toEqual([]);
  await context.close();
});
