import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type McpFake, startMcpFake } from "@/e2e/fakes/mcp";
import { ticketMapping } from "@/e2e/fakes/mcp-ground";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";

const safeFetch = createSafeFetch();
const im = "/incident-monitor";
let api: TestApi;
let workers: Worker;
let fake: McpFake;
let serial = 0;

beforeAll(async () => {
  const privateNetworks = ["127.0.0.0/8"];
  const resolveSecret = () => ({ ok: true as const, values: ["unused"] });
  api = await createTestApi({
    ...{ fetch: safeFetch, privateNetworks },
    mcp: createMcpClient({ fetch: safeFetch, privateNetworks, resolveSecret, hostServers: [] }),
  });
  workers = runWorkers(api.db, api.process.services);
});
afterAll(async () => {
  await workers.stop();
  await api.close();
  await safeFetch.destroy();
});
beforeEach(async () => {
  fake = await startMcpFake();
  await api.db.prisma.destinationHealth.deleteMany();
  await api.call("PUT", `${im}/mcp-servers/tickets`, { body: { url: fake.url } });
  await api.call("POST", `${im}/mcp-servers/tickets/inspect`);
  await configure();
});
afterEach(() => fake.close());

const configure = (config: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        default_destination_ids: ["tickets"],
        destinations: [
          {
            ...{ destination_id: "tickets", name: "Tickets", kind: "mcp_tool", mcp_server: "tickets" },
            ...{ mcp_tool: "create_ticket" },
            config: { allow_publish: true, payload: ticketMapping, ...config },
          },
        ],
        ...more,
      },
    },
  });

async function aDraft(fields: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  const report = {
    ...{ title: `Settlement ${serial} failed`, detail: "password=hunter2-hunter2 exit code 1", source: "ci" },
    ...{ event: "ci.failed", level: "error", fingerprint: `mcp-${serial}`, ...fields },
  };
  const taken = await api.call("POST", `${im}/report`, { body: { report } });
  return taken.body.draft.draft_id;
}

const publish = (draftId: string) => api.call("POST", `${im}/drafts/${draftId}/publish`, { body: {} });
const postsOf = async (draftId: string) =>
  (await api.call("GET", `${im}/posts?draft_id=${draftId}`)).body.posts;
const calls = () => fake.methods.filter((method) => method === "tools/call").length;

/** Until a condition holds; the workers turn by themselves. */
async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`never: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("publishing to an MCP tool", () => {
  it("case 115: calls it once, redacted, with a receipt of names; a second publish is a duplicate", async () => {
    const draftId = await aDraft();
    const published = await publish(draftId);
    expect(published).toMatchObject({ status: 200, body: { action: "call_mcp_tool" } });
    expect(published.body.post).toMatchObject({
      ...{ status: "posted", target_ref: "mcp:tickets/mcp.tickets.create_ticket" },
      external_url: "https://tickets.example.com/T-1",
      receipt: {
        provider: "mcp_tool",
        arguments_redacted: true,
        argument_names: Object.keys(ticketMapping).sort(),
      },
    });
    expect(fake.tickets.tickets[0]?.arguments).toMatchObject({ title: `Settlement ${serial} failed` });
    expect(JSON.stringify(fake.tickets.tickets)).not.toContain("hunter2");
    const again = await publish(draftId);
    expect(again).toMatchObject({ status: 200, body: { action: "skip_duplicate" } });
    expect(again.body.post.post_id).toBe(published.body.post.post_id);
    expect(calls()).toBe(1);
    const rechecked = await api.call("POST", `${im}/drafts/${draftId}/recheck-match`, { body: {} });
    expect(rechecked.body.action).toBe("mcp_tool_record_found");
  });

  it("case 80: without an explicit opt-in it refuses and leaves no post", async () => {
    await configure({ allow_publish: "yes" });
    const draftId = await aDraft();
    const refused = await publish(draftId);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("allow_publish");
    expect(await postsOf(draftId)).toEqual([]);
    expect(calls()).toBe(0);
  });

  it.each<[string, Record<string, unknown>]>([
    ["no mapping", { payload: undefined }],
    ["a mapping that is none", { payload: "title" }],
    ["a mapping the tool does not take", { payload: { body: "x" } }],
  ])("case 115: %s fails before any call and without a post", async (_name, config) => {
    await configure(config);
    const draftId = await aDraft();
    expect((await publish(draftId)).status).toBe(400);
    expect(await postsOf(draftId)).toEqual([]);
    expect(fake.methods).not.toContain("tools/call");
  });

  it("case 77: its own server is what it is judged by, whatever the deployment's server can do", async () => {
    await configure({}, { mcp_server: "nobody" });
    const { body } = await api.call("GET", `${im}/status`);
    expect(body.status.readiness).toMatchObject({ mcp_server_present: false, github_read_ready: false });
    expect(body.status.destination_readiness).toMatchObject([
      { destination_id: "tickets", publish_ready: true },
    ]);
    expect((await publish(await aDraft())).body.action).toBe("call_mcp_tool");
    await configure({}, { mcp_server: null });
  });

  it("case 116: an unknown placeholder stores a failed post naming it; corrected, it can be published by hand", async () => {
    await configure({ payload: { title: "$draft.nobody" } });
    const draftId = await aDraft();
    const refused = await publish(draftId);
    expect(refused.status).toBe(400);
    expect(await postsOf(draftId)).toMatchObject([
      { status: "failed", error: expect.stringContaining("$draft.nobody") },
    ]);
    expect(calls()).toBe(0);
    const sending = { state: { in: ["due", "sending", "retrying"] as const } };
    const pending = { where: { draftId, state: { in: [...sending.state.in] } } };
    expect(await api.db.prisma.delivery.count(pending)).toBe(0);
    await configure({ payload: { title: "$draft.title" } });
    expect((await publish(draftId)).body).toMatchObject({ action: "call_mcp_tool" });
    expect(calls()).toBe(1);
  });

  it("case 117: a tool failure stores a failed post without its arguments, and a person may try again", async () => {
    fake.script({ kind: "isError" });
    const draftId = await aDraft();
    expect((await publish(draftId)).status).toBe(400);
    const posts = await postsOf(draftId);
    expect(posts).toMatchObject([{ status: "failed" }]);
    expect(posts[0].receipt).not.toHaveProperty("arguments");
    expect(posts[0].error).not.toContain("Settlement");
    expect((await publish(draftId)).body.action).toBe("call_mcp_tool");
    expect(fake.tickets.tickets).toHaveLength(1);
  });

  it("case 117: a sign-in requirement stores a blocked post, says so on the draft and is not tried again", async () => {
    fake.script({ kind: "signIn" });
    const draftId = await aDraft();
    const refused = await publish(draftId);
    expect(refused.status).toBe(400);
    expect(await postsOf(draftId)).toMatchObject([{ status: "blocked" }]);
    const draft = await api.call("GET", `${im}/drafts/${draftId}`);
    expect(draft.body.draft.status).toBe("mcp_tool_auth_required");
    expect(refused.body).not.toHaveProperty("external_action");
    expect(calls()).toBe(1);
    expect(fake.tickets.tickets).toHaveLength(0);
  });
});

describe("an approval is for the tool it was given for", () => {
  it("a tool that changed after it was approved is not called; inspected, it has to be approved again", async () => {
    await configure({}, { require_approval_for_new_issues: true });
    const draftId = await aDraft();
    await api.call("POST", `${im}/drafts/${draftId}/approve`, { body: { reason: "reviewed" } });
    fake.tickets.extraRequired = ["team"];
    const refused = await publish(draftId);
    expect(refused.status).toBe(400);
    expect(await postsOf(draftId)).toMatchObject([
      { status: "failed", error: expect.stringContaining("other arguments") },
    ]);
    await configure(
      { payload: { ...ticketMapping, team: "payments" } },
      { require_approval_for_new_issues: true },
    );
    await api.call("POST", `${im}/mcp-servers/tickets/inspect`);
    expect((await publish(draftId)).body.action).toBe("approval_required");
    expect(calls()).toBe(0);
    await configure({}, { require_approval_for_new_issues: false });
  });
});

describe("a lost reply", () => {
  it("without a declared look-up it stays open until a person says", async () => {
    fake.script({ kind: "drop" });
    const draftId = await aDraft();
    const answered = await publish(draftId);
    expect(answered.body).toMatchObject({ action: "publish_in_progress", post: { status: "pending" } });
    const [post] = await until(
      () => postsOf(draftId),
      ([each]) => each?.state === "ambiguous" && each.reconcile_at_ms === undefined,
    );
    expect(post.error).toContain("a person has to say");
    expect(fake.tickets.tickets).toHaveLength(1);
    expect(calls()).toBe(1);
  });

  it("with one it is asked about and settled: one ticket, one receipt", async () => {
    await configure({
      ...{ lookup_tool: "find_ticket", lookup_arguments: { key: "$idempotency_key" } },
      lookup_path: "tickets",
    });
    fake.script({ kind: "drop" });
    const draftId = await aDraft();
    await publish(draftId);
    const [post] = await until(
      () => postsOf(draftId),
      ([each]) => each?.status === "posted",
    );
    expect(post).toMatchObject({
      external_url: "https://tickets.example.com/T-1",
      receipt: { reconciled: true },
    });
    expect(fake.tickets.effects()).toEqual(new Map([[post.idempotency_key, 1]]));
  }, 40_000);
});

describe("testing the destination", () => {
  it("asks for the tools and calls none", async () => {
    const tested = await api.call("POST", `${im}/destinations/tickets/test`, { body: {} });
    expect(tested.body).toMatchObject({ ok: true, outcome: "published" });
    expect(calls()).toBe(0);
  });
});

describe("keeping up with servers", () => {
  it("one that nobody inspected is inspected by a worker, and audited once", async () => {
    await api.call("PUT", `${im}/mcp-servers/second`, { body: { url: fake.url } });
    const read = async () => (await api.call("GET", `${im}/mcp-servers/second`)).body.mcp_server;
    const server = await until(read, (each) => each.connected);
    expect(server.tools).toHaveLength(3);
    const entries = await api.db.prisma.auditEntry.findMany({
      where: { action: "incident_monitor.mcp_server.inspected", subjectId: "second" },
    });
    expect(entries).toMatchObject([{ outcome: "done", detail: { occasion: "refresh", tools: 3, added: 3 } }]);
  }, 40_000);
});
