import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { commandsOf, requestOf } from "@/lib/testing/guide-commands";
import { apiRoutes } from "./routes";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "agent-guide.md"), "utf8");
const commands = commandsOf(guide);

let api: TestApi;
const variables: Record<string, string> = {};

beforeAll(async () => {
  const stopped = new AbortController();
  stopped.abort();
  // No worker runs here, so a publish call need not wait for one.
  api = await createTestApi({ stopping: stopped.signal });
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
        default_destination_ids: ["local"],
        monitored_projects: [
          { project_id: "shop", name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" },
        ],
      },
    },
  });
  const { admin, service, agent } = api.tokens;
  Object.assign(variables, { TOKEN: admin, SERVICE_TOKEN: service, AGENT_TOKEN: agent });
});
afterAll(() => api?.close());

/** The person of step 5 decides between the command that still waits and the one that sends. */
async function approveWhenTold(text: string): Promise<void> {
  if (!text.includes("destination_ids")) return;
  const approved = await api.call("POST", `/incident-monitor/drafts/${variables.DRAFT}/approve`, {
    body: {},
  });
  expect(approved.status).toBe(200);
}

describe("the commands of docs/agent-guide.md", () => {
  it.each(
    commands.map(
      (command) =>
        [`line ${command.line}: ${command.words.find((word) => word.startsWith("$URL"))}`, command] as const,
    ),
  )("%s is answered as it says", async (_, command) => {
    const { method, path, headers, body } = requestOf(command, variables);
    await approveWhenTold(body ?? "");
    const answer = await api.call(method, path, {
      token: null,
      headers,
      ...(body !== undefined && { raw: body }),
    });
    expect(answer.status, answer.text.slice(0, 300)).toBe(command.status);
    for (const { name, value } of command.members) expect(answer.text).toContain(`"${name}":"${value}"`);
    for (const { name, path: place } of command.variables) {
      const value = place.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], answer.body);
      expect(value, `${name} in the answer`).toBeTypeOf("string");
      variables[name] = value as string;
    }
  });

  it("are enough to have gone from a report to a receipt", () => {
    expect(commands.length).toBeGreaterThan(12);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(["KEY", "DRAFT", "INCIDENT"]));
  });
});

describe("the words of docs/agent-guide.md", () => {
  it("name only paths that the API serves", () => {
    const served = apiRoutes.map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`));
    const named = [...guide.matchAll(/\/(?:incident-monitor|config|global)\/[\w$/-]+/g)].map(
      ([path]) => path,
    );
    expect(named.filter((path) => !served.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it("say what to do about every status that the document names", () => {
    const statuses = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503];
    const told = [...guide.matchAll(/^\| (\d{3}) /gm)].map(([, status]) => Number(status));
    expect(told).toEqual([200, ...statuses]);
  });

  it("hold no credential", () => {
    expect(guide).not.toMatch(/tim_(?:token|intake)_/);
  });
});
