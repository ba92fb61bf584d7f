import type { Page } from "@playwright/test";
import type { Monitor } from "./monitor";

/** The authority inventory: the graph, one place of it chosen, everything as a table, and what runtimes registered. */
export const authorityScreens = [
  { name: "inventory", path: () => "/security/inventory", heading: "Authority inventory" },
  {
    name: "inventory-chosen",
    path: () => "/security/inventory",
    heading: "Authority inventory",
    open: async (page: Page) => {
      const place = page.getByRole("list", { name: "Who or what" }).getByRole("button").first();
      await place.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("region", { name: /^Paths of / }).waitFor();
    },
  },
  {
    name: "inventory-everything",
    path: () => "/security/inventory?view=everything",
    heading: "Authority inventory",
  },
  {
    name: "inventory-registered",
    path: () => "/security/inventory?view=registered",
    heading: "Authority inventory",
  },
];

/** A runtime with an agent behind a gate and one that asks nobody. */
export async function seedAuthority(monitor: Monitor): Promise<void> {
  const { status, body } = await monitor.call("PUT", "/incident-monitor/security/authority-subjects", {
    runtime_id: "night-shift",
    name: "Night shift",
    automation_specs: [
      {
        ...{ automation_id: "nightly", name: "Nightly triage", status: "active" },
        agents: [
          {
            ...{ agent_id: "writer", display_name: "Writer" },
            mcp_policy: { allowed_servers: ["tracker"], allowed_tools: ["create_issue"] },
          },
          { agent_id: "cleaner", display_name: "Cleaner", tool_policy: { allowlist: ["files.delete"] } },
        ],
        nodes: [{ node_id: "file-issue", agent_id: "writer", gate: { required: true } }],
      },
    ],
  });
  if (status !== 200) throw new Error(`seedAuthority: ${status} ${JSON.stringify(body)}`);
}
