import { spawn } from "node:child_process";
import { join } from "node:path";
import { ownServer } from "./support/own-server";
import { expect, test } from "./support/test";

test("npm run demo, unattended, ends with a verified delivery", async ({ page, monitor, dataDir }) => {
  const root = join(import.meta.dirname, "..");
  const child = spawn(
    process.execPath,
    ["scripts/demo.mjs", "--approve", "--data-dir", dataDir, "--wait", "60"],
    {
      cwd: root,
      env: { ...process.env, INCIDENT_MONITOR_TOKEN: ownServer().token },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code, output).toBe(0);
  expect(output).toMatch(/webhook-signature +valid/);
  expect(output).toMatch(/x-tandem-signature +valid/);

  // The receipt it names is there to be looked at.
  const receipt = /receipt +(\S+)/.exec(output)?.[1] ?? "";
  expect(receipt).toContain(`${monitor.url}/receipts/`);
  await page.goto(receipt);
  await expect(
    page.getByRole("heading", { level: 1, name: /^CheckoutError: charge of order/ }),
  ).toBeVisible();
  await expect(page.getByText("Accepted at the first attempt")).toBeVisible();
});
