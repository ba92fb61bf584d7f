import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GithubFake, startGithubFake } from "@/e2e/fakes/github";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { findDraft } from "@/lib/db/draft-store";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { aProposal } from "@/lib/testing/proposals";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";

let api: TestApi;
let workers: Worker;
let receiver: WebhookReceiver;
let github: GithubFake;
let serial = 0;
const fetch = createSafeFetch();
const development = { allow_insecure_http: true, allow_private_networks: true };

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: ["a-secret"] });
  github = await startGithubFake({ tokens: ["a-secret"] });
  api = await createTestApi({ fetch, resolveSecret: () => ({ ok: true, values: ["a-secret"] }) });
  await configure({});
  workers = runWorkers(api.db, api.process.services);
});
afterAll(async () => {
  await workers.stop();
  await api.close();
  await Promise.all([receiver.close(), github.close(), fetch.destroy()]);
});

const configure = (extra: Record<string, unknown>) =>
  ok("PATCH", "/config/incident-monitor", {
    incident_monitor: {
      destinations: [
        {
          destination_id: "hook",
          name: "Hook",
          kind: "webhook",
          webhook_url: receiver.url,
          webhook_secret_ref: "env:TANDEM_S",
          config: { ...development, max_attempts: 1 },
        },
        { destination_id: "local", name: "Local", kind: "telemetry" },
        {
          destination_id: "github",
          name: "GitHub",
          kind: "github_issue",
          repo: "example/tracker",
          config: { ...development, token_ref: "env:TANDEM_S", api_base_url: github.apiBaseUrl },
        },
        {
          destination_id: "asks",
          name: "Asks",
          kind: "github_issue",
          repo: "example/asks",
          require_approval: true,
          config: { ...development, token_ref: "env:TANDEM_S", api_base_url: github.apiBaseUrl },
        },
      ],
      default_destination_ids: ["hook"],
      ...extra,
    },
  });

async function ok(method: string, path: string, body?: unknown) {
  const answer = await api.call(method, path, body === undefined ? {} : { body });
  expect([answer.status, answer.body.error]).toEqual([200, undefined]);
  return answer.body;
}

async function publish(destinationIds: string[], report: Record<string, unknown> = {}) {
  serial += 1;
  const given = {
    title: `Posts ${serial}`,
    detail: "It broke",
    source: "ci",
    event: "ci.failed",
    risk_level: "low",
    fingerprint: `posts-${serial}`,
    ...report,
  };
  const { draft } = await ok("POST", "/incident-monitor/report", given);
  const draftId = draft.draft_id as string;
  const stored = await findDraft(api.db, draftId);
  if (stored) await aProposal(api.db, stored);
  const published = await api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {
    body: { destination_ids: destinationIds },
  });
  return { draftId, published: published.body, status: published.status };
}

describe("posts", () => {
  it("case 86: each destination lists its own, and an outside effect has its mirror", async () => {
    const { draftId, published } = await publish(["hook", "local", "github"]);
    expect(published.external_action).toMatchObject({
      capability_id: "webhook.post",
      provider: "webhook",
      source_id: draftId,
      status: "posted",
    });
    const counts = await Promise.all(
      ["hook", "local", "github"].map(
        async (id) =>
          (await ok("GET", `/incident-monitor/posts?destination_id=${id}&draft_id=${draftId}`)).count,
      ),
    );
    expect(counts).toEqual([1, 1, 1]);
    expect((await ok("GET", `/incident-monitor/posts?draft_id=${draftId}`)).count).toBe(3);
    const issue = await publish(["github"]);
    expect(issue.published.external_action).toMatchObject({
      capability_id: "github.create_issue",
      provider: "github",
    });
    expect(issue.published).toMatchObject({
      action: "create_issue",
      issue_number: expect.any(Number),
      issue_url: expect.stringContaining("/issues/"),
    });
    const local = await publish(["local"]);
    expect(local.published.external_action).toBeNull();
  });

  it("case 88: a post carries the draft's tenant and workspace, and other projects' volume hides none", async () => {
    await configure({
      monitored_projects: ["shop", "bank"].map((id) => ({
        project_id: id,
        name: id,
        repo: `acme/${id}`,
        workspace_root: `/workspace/repos/${id}`,
        tenant_id: `tenant-${id}`,
        workspace_id: `ws-${id}`,
        default_destination_ids: ["local"],
      })),
    });
    const keyOf = async (id: string) =>
      (await ok("POST", "/incident-monitor/intake/keys", { project_id: id, name: "k" })).raw_key as string;
    const report = async (id: string, key: string, title: string) => {
      const answer = await api.call("POST", "/incident-monitor/intake/report", {
        token: null,
        headers: { "x-tandem-incident-monitor-intake-key": key },
        body: { project_id: id, report: { title, detail: "x", event: "ci.failed", risk_level: "low" } },
      });
      await ok("POST", `/incident-monitor/drafts/${answer.body.draft.draft_id}/publish`, {});
    };
    const [shop, bank] = [await keyOf("shop"), await keyOf("bank")];
    await report("shop", shop, "Shop one");
    for (let each = 0; each < 60; each += 1)
      await report("bank", bank, `Bank ${"abcdefghij"[each % 10]}${"klmnop"[each % 6]}`);
    const own = await ok("GET", "/incident-monitor/posts?project=shop&limit=50");
    expect(own.posts).toHaveLength(1);
    expect(own.posts[0]).toMatchObject({ tenant_id: "tenant-shop", workspace_id: "ws-shop" });
    await configure({ monitored_projects: [] });
  });

  it("case 104: a tracker that asks for approval is asked nothing before it is given", async () => {
    const before = github.requests.length;
    const { published } = await publish(["asks"]);
    expect(published).toMatchObject({ action: "approval_required", post: null });
    expect(github.requests).toHaveLength(before);
  });

  it("case 112: telemetry masks secrets, can be filtered, and is written once whoever asks", async () => {
    const { draftId, published } = await publish(["local"], {
      title: "Login failed password=hunter2hunter2",
      component: "login",
    });
    const again = await ok("POST", `/incident-monitor/drafts/${draftId}/publish`, {
      destination_id: "local",
    });
    expect(again).toMatchObject({ action: "skip_duplicate", post_id: published.post_id });
    const found = await ok(
      "GET",
      `/incident-monitor/posts?destination_id=local&q=${encodeURIComponent("Login failed")}`,
    );
    expect(found.posts.map((each: { post_id: string }) => each.post_id)).toEqual([published.post_id]);
    const rows = await api.db.prisma.telemetryRecord.findMany({
      where: { deliveryId: published.post.delivery_id },
    });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify([rows, found])).not.toContain("hunter2");
  });
});

describe("what a person does about a delivery", () => {
  it("sends one that failed again, under the same key, and the receipt says so", async () => {
    receiver.script({ kind: "status", status: 400 });
    const { published } = await publish(["hook"]);
    const [failed] = (await ok("GET", "/incident-monitor/posts?status=failed")).posts;
    expect(published.code ?? failed.status).toBeTruthy();
    const retried = await ok("POST", `/incident-monitor/posts/${failed.post_id}/retry`, {});
    expect(retried).toEqual({ post_id: failed.post_id, outcome: "queued", new_post_id: failed.post_id });
    await expect
      .poll(async () => (await ok("GET", `/incident-monitor/posts/${failed.post_id}`)).post.state, {
        timeout: 10_000,
      })
      .toBe("published");
    const keys = receiver.requests.slice(-2).map((each) => each.headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(1);
  });

  it("settles one without an answer by hand, once, with a reason", async () => {
    github.script("createIssue", { kind: "drop", writes: false });
    const { published } = await publish(["github"]);
    const postId = published.post_id as string;
    expect(published).toMatchObject({
      action: "publish_in_progress",
      post: { state: "ambiguous", status: "pending" },
    });
    const path = `/incident-monitor/posts/${postId}/resolve`;
    const short = await api.call("POST", path, { body: { resolution: "happened", reason: "x" } });
    expect([short.status, short.body.field]).toEqual([422, "reason"]);
    const url = "https://github.com/example/tracker/issues/99";
    const settled = await ok("POST", path, {
      resolution: "happened",
      reason: "Seen at the tracker",
      external_url: url,
    });
    expect(settled.post).toMatchObject({
      state: "published",
      external_url: url,
      resolved_by: { kind: "token" },
    });
    const again = await api.call("POST", path, { body: { resolution: "give_up", reason: "again" } });
    expect(again.status).toBe(409);
    const entry = await api.db.prisma.auditEntry.findFirstOrThrow({
      where: { action: "incident_monitor.delivery.resolved" },
    });
    expect(entry.detail).toMatchObject({ resolution: "happened", reason: "Seen at the tracker" });
  });

  it("tells how a destination has done", async () => {
    const activity = await ok("GET", "/incident-monitor/destinations/hook/activity?hours=1");
    expect(activity).toMatchObject({ destination_id: "hook", circuit: "closed", bucket_ms: 120_000 });
    expect(activity.buckets).toHaveLength(30);
    expect(activity.attempts).toBeGreaterThan(activity.published);
    expect(activity.median_ms).toBeGreaterThanOrEqual(0);
    const none = await api.call("GET", "/incident-monitor/destinations/nowhere/activity");
    expect(none.status).toBe(404);
    const odd = await api.call("GET", "/incident-monitor/destinations/hook/activity?hours=2");
    expect(odd.status).toBe(400);
  });
});
