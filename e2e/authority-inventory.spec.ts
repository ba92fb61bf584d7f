import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("a runtime registers an agent that asks nobody; the graph says so, and it is taken out again", async ({
  page,
  monitor,
  marker,
}) => {
  const runtime_id = `runtime-${marker}`;
  const registered = await monitor.call("PUT", "/incident-monitor/security/authority-subjects", {
    ...{ runtime_id, name: `Runtime ${marker}` },
    agents: [
      {
        ...{ agent_id: "sweeper", display_name: `Sweeper ${marker}` },
        mcp_policy: { allowed_servers: [`tracker-${marker}`] },
      },
    ],
  });
  expect(registered.status).toBe(200);

  await page.goto("/security/inventory");
  const agent = page
    .getByRole("list", { name: "Who or what" })
    .getByRole("button", { name: `Sweeper ${marker}` });
  await expect(agent).toBeVisible();
  const paths = page.getByRole("region", { name: `Paths of Sweeper ${marker}` });
  // What the server sent looks finished before it hears.
  await expect(async () => {
    await agent.focus();
    if ((await agent.getAttribute("aria-pressed")) !== "true") await page.keyboard.press("Enter");
    await expect(paths).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(paths).toContainText(
    `Sweeper ${marker} can reach tracker-${marker} without passing any gate. Nobody is asked.`,
  );
  await expectAccessible(page, "a chosen place of the graph");

  await page.getByRole("tab", { name: "Everything" }).click();
  await page.getByRole("searchbox", { name: "Search the inventory" }).fill(`sweeper ${marker}`);
  await expect(page.getByRole("cell", { name: `Sweeper ${marker}` })).toBeVisible();
  await expect(page.getByText("no approval policy")).toBeVisible();

  await page.getByRole("tab", { name: "Registered runtimes" }).click();
  await page.getByRole("button", { name: `Take out Runtime ${marker}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take out" }).click();
  await expect(page.getByText(`Runtime ${marker} is no longer registered`)).toBeVisible();
  await expect(page.getByRole("list", { name: "Registered runtimes" }).getByText(runtime_id)).toHaveCount(0);
});
