import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type McpFake, startMcpFake } from "@/e2e/fakes/mcp";
import { loopbackMcpClient, mcpServerOf } from "@/e2e/fakes/mcp-ground";
import { startWebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import type { McpServer, McpSession } from "@/lib/domain/mcp";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { type HostMcpServer, hostFacts } from "./host-servers";
import { createMcpClient } from "./mcp-client";

const fetch = createSafeFetch();
const folder = mkdtempSync(join(tmpdir(), "mcp-client-"));
afterAll(async () => {
  await fetch.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const opened = async (client: ReturnType<typeof createMcpClient>, server: McpServer, timeoutMs = 5_000) => {
  const answer = await client.open(server, { timeoutMs });
  if (!answer.ok) throw new Error(answer.failure.reason.message);
  return answer.session;
};

describe("over HTTP", () => {
  let fake: McpFake;
  beforeEach(async () => {
    fake = await startMcpFake({ authorization: "Bearer tok-9" });
  });
  afterEach(() => fake.close());

  const signedIn = () => mcpServerOf(fake.url, { authRef: "env:TANDEM_MCP_TOKEN" });
  const client = (secret = "tok-9") => loopbackMcpClient(fetch, { secret });

  it("signs in by a secret reference, a bare token as a bearer", async () => {
    const session = await opened(client(), signedIn());
    expect(await session.listTools()).toMatchObject({ ok: true, tools: [{ name: "create_ticket" }, {}, {}] });
    await session.close();
    expect(new Set(fake.authorizations)).toEqual(new Set(["Bearer tok-9"]));
  });

  it("a wrong secret is a matter of signing in, and is not shown", async () => {
    const answer = await client("tok-wrong").open(signedIn(), { timeoutMs: 5_000 });
    expect(answer).toMatchObject({ ok: false, failure: { effect: "sign_in" } });
    expect(JSON.stringify(answer)).not.toContain("tok-wrong");
  });

  it("reads every page of tools", async () => {
    fake.tickets.pageSize = 1;
    const session = await opened(client(), signedIn());
    const listed = await session.listTools();
    expect(listed).toMatchObject({ ok: true, tools: [{}, { name: "find_ticket", readOnly: true }, {}] });
    expect(fake.methods.filter((method) => method === "tools/list")).toHaveLength(3);
    await session.close();
  });

  it("a schema's hash is the same however its members are ordered, and another with other members", async () => {
    const session = await opened(client(), signedIn());
    const hashes = async () => {
      const listed = await session.listTools();
      return listed.ok ? listed.tools.map((tool) => tool.schemaHash) : [];
    };
    const [before] = await hashes();
    const tools = fake.tickets.tools();
    fake.tickets.tools = () => tools.map((tool) => reversed(tool) as typeof tool);
    expect((await hashes())[0]).toBe(before);
    fake.tickets.tools = () =>
      tools.slice(0, 1).map((tool) => ({ ...tool, inputSchema: { type: "object" } }));
    expect((await hashes())[0]).not.toBe(before);
    await session.close();
  });

  it("a redirect is not followed, not even on the same machine", async () => {
    const other = await startWebhookReceiver();
    const redirecting = await startWebhookReceiver({
      otherwise: { kind: "redirect", status: 307, location: other.url },
    });
    const answer = await client().open(mcpServerOf(redirecting.url), { timeoutMs: 5_000 });
    expect(answer).toMatchObject({ ok: false, failure: { reason: { code: "redirect_refused" } } });
    expect(other.connectionCount).toBe(0);
    expect(redirecting.requests).toHaveLength(1);
    await Promise.all([other.close(), redirecting.close()]);
  });
});

describe("what may be reached", () => {
  it.each<[string, readonly string[], string[]]>([
    ["https://mcp.example.com/mcp", [], []],
    ["http://mcp.example.com/mcp", [], ["url_insecure"]],
    ["http://mcp.example.com/mcp", ["10.0.0.0/8"], ["url_insecure"]],
    ["https://10.1.2.3/mcp", [], ["address_private"]],
    ["http://10.1.2.3:9000/mcp", ["10.0.0.0/8"], []],
    ["http://10.1.2.3:9000/mcp", ["192.168.0.0/16"], ["address_outside_private_networks"]],
    ["http://tools.internal:9000/mcp", ["10.0.0.0/8"], []],
    ["http://169.254.169.254/mcp", ["169.254.0.0/16"], ["address_link_local"]],
  ])("%s with %j open", (url, privateNetworks, expected) => {
    const client = loopbackMcpClient(fetch, { privateNetworks });
    expect(client.obstacles(mcpServerOf(url)).map(({ code }) => code)).toEqual(expected);
  });

  it("a secret that is not set stands in the way", () => {
    const client = createMcpClient({
      ...{ fetch, privateNetworks: [], hostServers: [] },
      resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "not set" } }),
    });
    const server = mcpServerOf("https://mcp.example.com/mcp", { authRef: "env:TANDEM_X" });
    expect(client.obstacles(server).map(({ code }) => code)).toEqual(["secret_unset"]);
  });
});

describe("programs of the host", () => {
  const sessions: McpSession[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
  });
  const script = join(process.cwd(), "e2e/fakes/mcp-stdio.mjs");
  const declared = (env: Record<string, string> = {}): HostMcpServer => ({
    ...{ name: "local", enabled: true, allowedTools: null, transport: "stdio" },
    ...{ command: process.execPath, args: [script], env, cwd: null },
  });
  const serverOf = (declaration: HostMcpServer): McpServer => ({
    ...mcpServerOf(""),
    ...hostFacts(declaration),
  });
  const open = async (declaration: HostMcpServer, timeoutMs = 8_000) => {
    const client = loopbackMcpClient(fetch, { hostServers: [declaration] });
    const session = await opened(client, serverOf(declaration), timeoutMs);
    sessions.push(session);
    return session;
  };

  it("are started, asked for their tools and called", async () => {
    const file = join(folder, "made.jsonl");
    const session = await open(declared({ TICKETS_FILE: file }));
    expect(await session.listTools()).toMatchObject({ ok: true, tools: [{ name: "create_ticket" }, {}] });
    expect(await session.callTool("create_ticket", { title: "x" })).toMatchObject({
      ok: true,
      result: { isError: false, text: "ticket 1" },
    });
    expect(readFileSync(file, "utf8")).toBe('{"title":"x"}\n');
  });

  it("get what they are given and nothing of this process", async () => {
    process.env.INCIDENT_MONITOR_PROBE_SECRET = "not for programs";
    const session = await open(declared({ OWN_SETTING: "x" }));
    const called = await session.callTool("environment", {});
    delete process.env.INCIDENT_MONITOR_PROBE_SECRET;
    const names = called.ok ? called.result.text.split("\n") : [];
    expect(names).toContain("OWN_SETTING");
    expect(names).not.toContain("INCIDENT_MONITOR_PROBE_SECRET");
  });

  it("that do not answer in time, or end first, leave it open what they did", async () => {
    const hanging = await open(declared({ MISBEHAVE: "hang" }), 500);
    expect(await hanging.callTool("create_ticket", { title: "x" })).toMatchObject({
      ok: false,
      failure: { effect: "unknown", reason: { code: "timeout" } },
    });
    const dying = await open(declared({ MISBEHAVE: "die", TICKETS_FILE: join(folder, "died.jsonl") }));
    expect(await dying.callTool("create_ticket", { title: "x" })).toMatchObject({
      ok: false,
      failure: { effect: "unknown", reason: { code: "connection_lost" } },
    });
  });

  it("that cannot be started did nothing", async () => {
    const missing: HostMcpServer = { ...declared(), command: "/nowhere/at-all" } as HostMcpServer;
    const client = loopbackMcpClient(fetch, { hostServers: [missing] });
    expect(await client.open(serverOf(missing), { timeoutMs: 1_000 })).toMatchObject({
      ok: false,
      failure: { effect: "not_sent", reason: { code: "mcp_start_failed" } },
    });
  });

  it("a row of the panel starts none, whatever it is called", async () => {
    const declaration = declared({ TICKETS_FILE: join(folder, "never.jsonl") });
    const client = loopbackMcpClient(fetch, { hostServers: [declaration] });
    const row = mcpServerOf("", { name: "local", transport: "stdio", declaredBy: "panel" });
    expect(client.obstacles(row).map(({ code }) => code)).toEqual(["mcp_server_not_declared"]);
    expect(await client.open(row, { timeoutMs: 1_000 })).toMatchObject({
      ok: false,
      failure: { effect: "refused", reason: { code: "mcp_server_not_declared" } },
    });
  });

  it("what is known of one elsewhere has neither its command nor its environment", () => {
    const facts = hostFacts(declared({ TOKEN: "s3cret" }));
    expect(JSON.stringify(facts)).not.toMatch(/s3cret|TOKEN|mcp-stdio/);
    expect(facts.identity).not.toBe(hostFacts({ ...declared(), args: [] } as HostMcpServer).identity);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}
