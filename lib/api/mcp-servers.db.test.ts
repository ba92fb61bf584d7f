import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type McpFake, startMcpFake } from "@/e2e/fakes/mcp";
import { ticketMapping } from "@/e2e/fakes/mcp-ground";
import type { McpServerWire, PutMcpServerWire } from "@/lib/contracts/mcp-server";
import { hostFacts } from "@/lib/mcp/host-servers";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createTestApi, type TestApi } from "@/lib/testing/api";

const safeFetch = createSafeFetch();
const secretValue = "tok-of-the-mcp-server";
let api: TestApi;
let fake: McpFake;

const hostServer = {
  ...({ name: "of-host", enabled: true, allowedTools: null, transport: "stdio" } as const),
  ...{ command: "/nowhere/at-all", args: ["--token", "s3cret"], env: { TOKEN: "s3cret" }, cwd: null },
};
const resolveSecret = () => ({ ok: true, values: [secretValue] }) as const;

beforeAll(async () => {
  const privateNetworks = ["127.0.0.0/8"];
  const secrets = { resolveSecret: () => ({ ok: true as const, values: [...resolveSecret().values] }) };
  api = await createTestApi({
    ...{ fetch: safeFetch, privateNetworks, ...secrets },
    mcp: createMcpClient({ fetch: safeFetch, privateNetworks, hostServers: [hostServer], ...secrets }),
    hostMcpServers: [hostFacts(hostServer)],
  });
});
afterAll(async () => {
  await api.close();
  await safeFetch.destroy();
});
beforeEach(async () => {
  fake = await startMcpFake();
  await api.db.prisma.mcpServer.deleteMany();
});
afterEach(() => fake.close());

const all = "/incident-monitor/mcp-servers";
const put = (body: Partial<PutMcpServerWire> = {}, headers: Record<string, string> = {}, name = "tickets") =>
  api.call("PUT", `${all}/${name}`, { body: { url: fake.url, ...body }, headers });
const inspect = (name = "tickets") => api.call("POST", `${all}/${name}/inspect`);
const get = async (token?: string): Promise<McpServerWire> =>
  (await api.call("GET", `${all}/tickets`, token ? { token } : {})).body.mcp_server;

describe("servers over HTTP", () => {
  it("are made, inspected, listed and taken out again", async () => {
    expect((await put({ allowed_tools: ["create_ticket"] })).status).toBe(200);
    expect(await get()).toMatchObject({
      ...{ declared_by: "panel", connected: false, tools: [], allowed_tools: ["create_ticket"] },
      missing: [{ code: "mcp_server_not_inspected" }],
    });
    const inspected = await inspect();
    expect(inspected.status).toBe(200);
    expect(inspected.body.mcp_server).toMatchObject({
      ...{ connected: true, missing: [] },
      tools: [
        { name: "create_ticket", namespaced_name: "mcp.tickets.create_ticket", allowed: true },
        { name: "find_ticket", allowed: false, read_only: true },
        { name: "remove_everything", allowed: false },
      ],
    });
    expect(inspected.body.mcp_server.tools[0].schema_hash).toMatch(/^[0-9a-f]{64}$/);
    const listed = await api.call("GET", all);
    expect(listed.body.mcp_servers.map((each: McpServerWire) => each.name)).toEqual(["of-host", "tickets"]);
    expect((await api.call("DELETE", `${all}/tickets`)).body).toEqual({ ok: true, name: "tickets" });
    expect((await api.call("GET", `${all}/tickets`)).status).toBe(404);
    expect((await api.call("DELETE", `${all}/tickets`)).status).toBe(404);
    expect((await inspect()).body.code).toBe("INCIDENT_MONITOR_MCP_SERVER_NOT_FOUND");
  });

  it("none allowed is not the same as all", async () => {
    await put({ allowed_tools: [] });
    await inspect();
    expect((await get()).tools.every((tool) => !tool.allowed)).toBe(true);
    await put({ allowed_tools: null });
    expect((await get()).tools.every((tool) => tool.allowed)).toBe(true);
  });

  it("that do not answer keep their tools and say what went wrong", async () => {
    await put();
    await inspect();
    fake.answerAll(500);
    expect((await inspect()).body.mcp_server).toMatchObject({
      ...{ connected: false, last_error: { code: "server_error" } },
      tools: [{ name: "create_ticket" }, {}, {}],
    });
    fake.answerAll(null);
    expect((await inspect()).body.mcp_server).toMatchObject({ connected: true });
    expect(await get()).not.toHaveProperty("last_error");
  });

  it("other tools than before are a cause to assess again, the same ones are none", async () => {
    const causes = async () => {
      const rows = await api.db.prisma.reassessmentTrigger.findMany({
        where: { trigger: "mcp_inventory_change" },
      });
      return rows.filter(({ detail }) => JSON.stringify(detail) === '["mcp_servers.tickets.tools"]').length;
    };
    await put();
    const before = await causes();
    await inspect();
    const found = await causes();
    expect(found).toBeGreaterThan(before);
    await inspect();
    fake.answerAll(500);
    await inspect();
    expect(await causes()).toBe(found);
  });

  it("another address ends what an inspection said, another list of tools does not", async () => {
    await put();
    await inspect();
    await put({ allowed_tools: ["*"] });
    expect((await get()).tools).toHaveLength(3);
    await put({ url: `${fake.url}/elsewhere` });
    expect(await get()).toMatchObject({ connected: false, tools: [] });
  });

  it("a secret is named, never shown, and not carried along to another machine", async () => {
    await put({ auth_ref: "env:TANDEM_MCP_TOKEN" });
    await inspect();
    expect(new Set(fake.authorizations)).toEqual(new Set([`Bearer ${secretValue}`]));
    const shown = await api.call("GET", all);
    expect(shown.text).not.toContain(secretValue);
    const moved = await put({ url: "https://other.example.com/mcp", auth_ref: "env:TANDEM_MCP_TOKEN" });
    expect(moved).toMatchObject({ status: 400, body: { code: "INCIDENT_MONITOR_MCP_SERVER_INVALID" } });
    expect(moved.body.issues).toMatchObject([{ path: "auth_ref", code: "secret_reference_required" }]);
    expect((await put({ url: "https://other.example.com/mcp" })).status).toBe(200);
  });

  it("who may not configure sees where it is and not the rest", async () => {
    await put({ auth_ref: "env:TANDEM_MCP_TOKEN" });
    const shown = await get(api.tokens.agent);
    expect(shown.url).toBe(new URL(fake.url).origin);
    expect(shown).not.toHaveProperty("auth_ref");
    for (const [method, path] of [
      ["PUT", `${all}/tickets`],
      ["DELETE", `${all}/tickets`],
      ["POST", `${all}/tickets/inspect`],
    ] as const) {
      const body = method === "DELETE" ? undefined : { url: fake.url };
      expect((await api.call(method, path, { token: api.tokens.service, body })).status).toBe(403);
    }
  });

  it("a write over anything newer than was read is refused", async () => {
    const made = await put({}, { "if-none-match": "*" });
    expect(made.status).toBe(200);
    expect((await put({}, { "if-none-match": "*" })).body.code).toBe("INCIDENT_MONITOR_MCP_SERVER_STALE");
    const tag = made.headers.get("etag") ?? "";
    expect((await put({ enabled: false }, { "if-match": tag })).status).toBe(200);
    expect((await put({ enabled: true }, { "if-match": tag })).status).toBe(409);
    expect((await inspect()).body.code).toBe("INCIDENT_MONITOR_MCP_SERVER_DISABLED");
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ["bad%20name", { url: "https://a.example" }, 400, "name"],
    ["tickets", { url: "file:///etc/passwd" }, 400, "url"],
    ["tickets", { url: "https://u:p@a.example" }, 400, "url"],
    ["tickets", { url: "https://a.example", auth_ref: "ghp_plain" }, 400, "auth_ref"],
    ["tickets", { url: "https://a.example", auth_header: "host" }, 400, "auth_header"],
    ["tickets", { url: 5 }, 422, "url"],
    ["tickets", { command: "rm" }, 422, "url"],
  ])("%s %j is refused, naming the field", async (name, body, status, field) => {
    const refused = await api.call("PUT", `${all}/${name}`, { body });
    expect(refused.status).toBe(status);
    expect(refused.text).toContain(field);
    expect(await api.db.prisma.mcpServer.count()).toBe(0);
  });

  it("is audited: what was saved, inspected and taken out, by whom, without its address", async () => {
    await put();
    await inspect();
    await api.call("DELETE", `${all}/tickets`);
    const entries = await api.db.prisma.auditEntry.findMany({
      where: { action: { startsWith: "incident_monitor.mcp_server" } },
      orderBy: { at: "desc" },
      take: 3,
    });
    expect(new Set(entries.map((entry) => entry.action))).toEqual(
      new Set(["saved", "inspected", "removed"].map((word) => `incident_monitor.mcp_server.${word}`)),
    );
    expect(JSON.stringify(entries)).not.toContain(fake.url);
  });
});

describe("servers of the host's file", () => {
  it("are listed without what runs, and changed nowhere but there", async () => {
    const listed = await api.call("GET", all);
    expect(listed.body.mcp_servers).toMatchObject([
      { name: "of-host", transport: "stdio", declared_by: "host", connected: false },
    ]);
    expect(listed.text).not.toMatch(/s3cret|TOKEN|nowhere/);
    for (const method of ["PUT", "DELETE"]) {
      const body = method === "PUT" ? { url: "https://a.example" } : undefined;
      const refused = await api.call(method, `${all}/of-host`, { body });
      expect(refused.body.code).toBe("INCIDENT_MONITOR_MCP_SERVER_OF_HOST");
    }
    expect((await inspect("of-host")).body.mcp_server).toMatchObject({
      last_error: { code: "mcp_start_failed" },
    });
  });
});

describe("what the configuration says of them", () => {
  const row = {
    ...{ destination_id: "tickets", name: "Tickets", kind: "mcp_tool", mcp_server: "tickets" },
    ...{ mcp_tool: "create_ticket", config: { allow_publish: true, payload: ticketMapping } },
  };
  const patch = (destination: Record<string, unknown>, mcp_server: string | null = null) =>
    api.call("PATCH", "/config/incident-monitor", {
      body: {
        incident_monitor: { destinations: [destination], default_destination_ids: ["tickets"], mcp_server },
      },
    });

  it("warns at save of a server nobody knows, and of a mapping the tool does not take", async () => {
    const unknown = await patch(row);
    expect(unknown.body.warnings).toMatchObject([
      { path: "destinations[0].mcp_server", code: "mcp_server_unknown" },
    ]);
    await put();
    await inspect();
    expect((await patch(row)).body.warnings ?? []).toEqual([]);
    const payload = { title: "$draft.route_tags", team: "x", key: "$draft.nobody" };
    const warned = await patch({ ...row, config: { allow_publish: true, payload } });
    expect(warned.body.warnings).toMatchObject([
      { path: "destinations[0].config.payload", code: "placeholder_unknown" },
      { path: "destinations[0].config.payload.title", code: "mapping_does_not_fit" },
      { path: "destinations[0].config.payload.team", code: "mapping_does_not_fit" },
    ]);
  });

  it("status and debug show the selected server and its tools", async () => {
    await patch(row, "tickets");
    await put();
    const before = await api.call("GET", "/incident-monitor/debug");
    expect(before.body).toMatchObject({ selected_server_tools: [], canonicalized_discovered_tools: [] });
    expect(before.body.status.readiness).toMatchObject({ mcp_server_present: true, mcp_connected: false });
    await inspect();
    const { body } = await api.call("GET", "/incident-monitor/debug");
    expect(body.status.readiness).toMatchObject({ mcp_server_present: true, mcp_connected: true });
    expect(body.status.discovered_mcp_tools).toEqual(["create_ticket", "find_ticket", "remove_everything"]);
    expect(body.status.destination_readiness).toMatchObject([{ destination_id: "tickets", ready: true }]);
    expect(body.selected_server_tools[0]).toMatchObject({ name: "create_ticket" });
    expect(body.canonicalized_discovered_tools[0]).toEqual({
      ...{ server_name: "tickets", tool_name: "create_ticket" },
      ...{ namespaced_name: "mcp.tickets.create_ticket", canonical_name: "mcp.tickets.create_ticket" },
    });
    await patch(row);
  });

  it("a row without a server takes the deployment's", async () => {
    await put();
    await inspect();
    const { mcp_server: _, ...withoutServer } = row;
    expect((await patch(withoutServer, "tickets")).body.warnings ?? []).toEqual([]);
    const status = await api.call("GET", "/incident-monitor/status");
    expect(status.body.status.destination_readiness).toMatchObject([{ ready: true }]);
    await patch(row);
  });
});
