import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signatureHeaders } from "@/lib/destinations/webhook-signature";
import { type TestReceiver, testReceiverPath, testReceiverUrl } from "@/lib/domain/test-receiver";
import { type ClosableSafeFetch, createSafeFetch } from "@/lib/net/safe-fetch";
import { type Answer, createTestApi, type TestApi } from "@/lib/testing/api";
import { serveApi } from "@/lib/testing/served-api";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";

const secret = "the-receivers-own-secret";
let api: TestApi;
let served: Awaited<ReturnType<typeof serveApi>>;
let fetch: ClosableSafeFetch;
let workers: Worker;

beforeAll(async () => {
  fetch = createSafeFetch();
  const testReceiver: TestReceiver = { url: "", secret, network: "127.0.0.1/32" };
  api = await createTestApi({ fetch, testReceiver });
  served = await serveApi();
  testReceiver.url = served.url + testReceiverPath;
  workers = runWorkers(api.db, api.process.services);
  const project = { project_id: "shop", name: "Shop", repo: "a/b", workspace_root: "/workspace/repos/b" };
  await done(
    api.call("PATCH", "/config/incident-monitor", {
      body: { incident_monitor: { monitored_projects: [project] } },
    }),
  );
}, 60_000);
afterAll(async () => {
  await workers?.stop();
  await served?.close();
  await fetch?.destroy();
  await api?.close();
});

async function done(answer: Promise<Answer>) {
  const { status, body } = await answer;
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
}
const receiver = async () => (await done(api.call("GET", "/incident-monitor/test-receiver"))).test_receiver;
const setUp = () => done(api.call("POST", "/incident-monitor/test-receiver/set-up", { body: {} }));

describe("a first run", () => {
  it("a test report goes the whole way and arrives with a valid signature, once", async () => {
    expect(await receiver()).toMatchObject({ routed: false, receptions: [] });
    expect((await setUp()).test_receiver).toMatchObject({ destination_id: "test-receiver", routed: true });
    const { updated_at_ms: before } = (await done(api.call("GET", "/config/incident-monitor")))
      .incident_monitor;
    await setUp();
    const { updated_at_ms: after } = (await done(api.call("GET", "/config/incident-monitor")))
      .incident_monitor;
    expect(after).toBe(before);

    const body = { project_id: "shop" };
    const sent = await done(api.call("POST", "/incident-monitor/test-reports", { body }));
    const { draft } = await done(api.call("GET", `/incident-monitor/drafts/${sent.draft_id}`));
    expect(draft).toMatchObject({ project_id: "shop", status: "approval_required" });
    expect([draft.title, draft.event_type]).toEqual([
      "Test report: nothing has failed",
      "incident_monitor.test_report",
    ]);
    await done(
      api.call("POST", `/incident-monitor/drafts/${sent.draft_id}/approve`, { body: { reason: "a test" } }),
    );
    const published = await done(
      api.call("POST", `/incident-monitor/drafts/${sent.draft_id}/publish`, { body: {} }),
    );
    expect(published.post).toMatchObject({ status: "posted", destination_id: "test-receiver" });

    const state = await receiver();
    expect(state.receptions).toMatchObject([
      { draft_id: sent.draft_id, signature: "valid", arrivals: 1, event: "incident_monitor.incident" },
    ]);
    expect(state.test_reports).toMatchObject([{ draft_id: sent.draft_id, project_id: "shop" }]);
    expect(JSON.stringify(state)).not.toContain(secret);
    const overview = await done(api.call("GET", "/incident-monitor/overview"));
    expect(overview.checklist.find((step: { key: string }) => step.key === "received").done).toBe(true);
  });

  it("the Test button reaches it too, and says that it is a test", async () => {
    await setUp();
    const tested = await done(
      api.call("POST", "/incident-monitor/destinations/test-receiver/test", { body: {} }),
    );
    expect(tested).toMatchObject({ ok: true, outcome: "published" });
    const [newest] = (await receiver()).receptions;
    expect([newest.event, newest.draft_id]).toEqual(["incident_monitor.test", undefined]);
  });

  it("each test has a draft of its own; deleting takes all of them and leaves the receptions", async () => {
    await setUp();
    const send = () => done(api.call("POST", "/incident-monitor/test-reports", { body: {} }));
    expect((await send()).draft_id).not.toBe((await send()).draft_id);
    const { deleted } = await done(api.call("DELETE", "/incident-monitor/test-reports"));
    expect(deleted).toBeGreaterThanOrEqual(2);
    const state = await receiver();
    expect([state.test_reports, state.receptions.length > 0]).toEqual([[], true]);
    expect((await done(api.call("DELETE", "/incident-monitor/test-reports"))).deleted).toBe(0);
  });

  it("what was set up can be taken away; a project that is none is refused by name", async () => {
    await setUp();
    const gone = await done(api.call("DELETE", "/incident-monitor/test-receiver/set-up"));
    expect(gone.test_receiver).toMatchObject({ routed: false });
    expect(gone.test_receiver).not.toHaveProperty("destination_id");
    const refused = await api.call("POST", "/incident-monitor/test-reports", {
      body: { project_id: "none" },
    });
    expect([refused.status, refused.body.code]).toEqual([400, "INCIDENT_MONITOR_INTAKE_PROJECT_UNKNOWN"]);
  });
});

describe("only this server's own receiver", () => {
  const row = (url: string, more: object = {}) => ({
    ...{ destination_id: "hook", name: "Hook", kind: "webhook", webhook_url: url },
    ...more,
  });
  const save = (destination: object) =>
    api.call("PATCH", "/config/incident-monitor", {
      body: { incident_monitor: { destinations: [destination] } },
    });

  it.each([
    ["the receiver's address on loopback", () => served.url + testReceiverPath],
    ["the same by name", () => served.url.replace("127.0.0.1", "localhost") + testReceiverPath],
    ["another path of this server", () => `${served.url}/incident-monitor/status`],
    ["another port", () => `http://127.0.0.1:1${testReceiverPath}`],
  ])("%s, written by a person, is no exception", async (_, urlOf) => {
    await done(save(row(urlOf(), { webhook_secret_ref: "env:TANDEM_X" })));
    const tested = await done(api.call("POST", "/incident-monitor/destinations/hook/test", { body: {} }));
    expect(tested).toMatchObject({ ok: false, outcome: "not_ready" });
  });

  it.each([
    `${testReceiverUrl}/x`,
    `${testReceiverUrl}?a=1`,
    "incident-monitor:other",
    `${testReceiverUrl} `,
    testReceiverUrl.toUpperCase(),
  ])("%s is no name of it", async (url) => {
    const { status, body } = await save(row(url));
    // Blanks around a value are taken off as everywhere, and then it is the name.
    if (url.trim() === testReceiverUrl) return expect(status).toBe(200);
    expect([status, body.code]).toEqual([400, "INCIDENT_MONITOR_CONFIG_INVALID"]);
  });

  it("nothing that is configured travels to it, and no opt-in moves it", async () => {
    await done(
      save(
        row(testReceiverUrl, {
          webhook_secret_ref: "env:TANDEM_OTHER",
          config: { headers: { "x-leak": "env:TANDEM_OTHER" }, allowed_hosts: ["elsewhere.example"] },
        }),
      ),
    );
    const tested = await done(api.call("POST", "/incident-monitor/destinations/hook/test", { body: {} }));
    expect(tested).toMatchObject({ ok: true });
  });

  it("it is no address of an MCP server", async () => {
    const put = await api.call("PUT", "/incident-monitor/mcp-servers/x", { body: { url: testReceiverUrl } });
    expect(put.status).toBe(400);
  });
});

describe("the receiver", () => {
  const body = JSON.stringify({ event: "x", draft: { draft_id: "d" } });
  const signed = (more: { secret?: string; at?: number; body?: string } = {}) => ({
    "x-tandem-delivery-id": "bmwh_forged",
    "idempotency-key": "k",
    "x-tandem-event": "x",
    ...signatureHeaders({
      secrets: [more.secret ?? secret],
      deliveryId: "bmwh_forged",
      timestampMs: more.at ?? Date.now(),
      body: more.body ?? body,
    }),
  });
  const post = (headers: Record<string, string>) =>
    api.call("POST", testReceiverPath, { token: null, raw: body, headers });

  it.each([
    ["nothing", () => ({})],
    ["another secret", () => signed({ secret: "another" })],
    ["the signature of another body", () => signed({ body: "{}" })],
    ["a signature of ten minutes ago", () => signed({ at: Date.now() - 600_000 })],
    ["half a signature", () => ({ ...signed(), "x-tandem-signature": "t=1,v1=abc" })],
  ])("takes nothing with %s, and keeps nothing of it", async (_, headersOf) => {
    const before = (await receiver()).receptions.length;
    const { status, body: answer } = await post(headersOf());
    expect([status, answer.code]).toEqual([401, "INCIDENT_MONITOR_SIGNATURE_INVALID"]);
    expect((await receiver()).receptions).toHaveLength(before);
  });

  it("an admin's token does not stand in for a signature", async () => {
    const { status } = await api.call("POST", testReceiverPath, { raw: body });
    expect(status).toBe(401);
  });

  it("keeps the newest twenty, and counts the same delivery once", async () => {
    for (let index = 0; index < 22; index += 1) {
      const headers = { ...signed(), "x-tandem-delivery-id": `bmwh_${index}` };
      await done(post(headers));
    }
    expect((await post({ ...signed(), "x-tandem-delivery-id": "bmwh_21" })).body.duplicate).toBe(true);
    const { receptions } = await receiver();
    expect([receptions.length, receptions[0].delivery_id, receptions[0].arrivals]).toEqual([
      20,
      "bmwh_21",
      2,
    ]);
  });
});
