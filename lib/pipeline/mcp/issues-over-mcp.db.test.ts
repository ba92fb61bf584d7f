import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type McpFake, serveToolbox } from "@/e2e/fakes/mcp";
import { type TrackerBox, trackerStories } from "@/e2e/fakes/tracker-ground";
import { findDraft } from "@/lib/db/draft-store";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { aProposal } from "@/lib/testing/proposals";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";

const safeFetch = createSafeFetch();
const im = "/incident-monitor";
let api: TestApi;
let workers: Worker;
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

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`never: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.each(trackerStories)("$name through an MCP server, end to end", (story) => {
  let box: TrackerBox;
  let fake: McpFake<TrackerBox>;
  const row = story.destination();
  const isGithub = row.kind === "github_issue";

  beforeEach(async () => {
    box = story.box();
    fake = await serveToolbox(box);
    await api.db.prisma.destinationHealth.deleteMany();
    await api.call("PUT", `${im}/mcp-servers/tracker`, { body: { url: fake.url } });
    await api.call("POST", `${im}/mcp-servers/tracker/inspect`);
    await configure({ mcp_server: "tracker" });
  });
  afterEach(() => fake.close());

  const configure = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    api.call("PATCH", "/config/incident-monitor", {
      body: {
        incident_monitor: {
          default_destination_ids: ["tracker"],
          destinations: [
            {
              ...{ destination_id: "tracker", name: "Tracker", kind: row.kind },
              ...(isGithub
                ? { repo: "example/tracker" }
                : { linear_team: "SHOP", linear_project: "Reliability" }),
              ...fields,
            },
          ],
          ...more,
        },
      },
    });

  async function aDraft(fields: Record<string, unknown> = {}): Promise<string> {
    serial += 1;
    const report = {
      ...{
        title: `Settlement ${serial} failed`,
        detail: "password=hunter2-hunter2 if (a<b) exit",
        source: "ci",
      },
      ...{
        event: "ci.failed",
        level: "error",
        risk_level: "low",
        fingerprint: `tracker-${serial}`,
        ...fields,
      },
    };
    const taken = await api.call("POST", `${im}/report`, { body: { report } });
    const draftId = taken.body.draft.draft_id as string;
    const draft = await findDraft(api.db, draftId);
    if (draft) await aProposal(api.db, draft);
    return draftId;
  }
  const publish = (draftId: string) => api.call("POST", `${im}/drafts/${draftId}/publish`, { body: {} });
  const postsOf = async (draftId: string) =>
    (await api.call("GET", `${im}/posts?draft_id=${draftId}`)).body.posts;

  it("is ready, files one issue, redacted, and recognises it again", async () => {
    const { body } = await api.call("GET", `${im}/status`);
    expect(body.status.destination_readiness).toMatchObject([
      { destination_id: "tracker", publish_ready: true },
    ]);
    expect(body.status.readiness).toMatchObject({
      github_read_ready: isGithub,
      github_write_ready: isGithub,
    });
    const draftId = await aDraft();
    const published = await publish(draftId);
    expect(published).toMatchObject({ status: 200, body: { action: "create_issue" } });
    expect(published.body.post).toMatchObject({
      ...{ status: "posted", operation: "create_issue" },
      receipt: { server: "tracker", tool: story.makes.create },
    });
    expect(story.countOf(box)).toBe(1);
    expect(story.bodyAt(box, 0)).not.toContain("hunter2");
    expect((await publish(draftId)).body.action).toBe("skip_duplicate");
    const rechecked = await api.call("POST", `${im}/drafts/${draftId}/recheck-match`, { body: {} });
    expect(rechecked.body.action).toBe(isGithub ? "matched_open" : "matched_linear_issue");
    expect([...box.effects().values()]).toEqual([1]);
  });

  it("a lost reply is looked for by its marker and is not filed twice", async () => {
    fake.script({ kind: "drop" });
    const draftId = await aDraft();
    await publish(draftId);
    const [post] = await until(
      () => postsOf(draftId),
      ([first]) => first?.status === "posted",
    );
    expect(post.receipt).toMatchObject({ reconciled: true });
    expect(story.countOf(box)).toBe(1);
    expect(box.calls.filter(({ name, arguments: args }) => box.makes(name, args))).toEqual([]);
  });

  it("without a server of its own takes the deployment's, and its tools going away leaves it unready", async () => {
    await configure({}, { mcp_server: "tracker" });
    const ready = await api.call("GET", `${im}/status`);
    expect(ready.body.status.destination_readiness).toMatchObject([{ publish_ready: true }]);
    box.without = [story.makes.create];
    await api.call("POST", `${im}/mcp-servers/tracker/inspect`);
    const unready = await api.call("GET", `${im}/status`);
    expect(unready.body.status.destination_readiness).toMatchObject([
      { publish_ready: false, detail: expect.stringContaining("create an issue") },
    ]);
    const refused = await publish(await aDraft());
    expect(refused.status).toBe(400);
    expect(box.calls).toEqual([]);
    await configure({}, { mcp_server: null });
  });

  it("a tool that asks for a sign-in leaves a blocked post", async () => {
    fake.script({ kind: "signIn" });
    const draftId = await aDraft();
    await publish(draftId);
    const [post] = await until(
      () => postsOf(draftId),
      ([first]) => first?.status === "blocked",
    );
    expect(post.error).toContain("sign in");
    expect(story.countOf(box)).toBe(0);
  });
});
