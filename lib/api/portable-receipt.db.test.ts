import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GithubFake, startGithubFake } from "@/e2e/fakes/github";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { readVerifierKey } from "@/lib/audit/checkpoint";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { verifyReceipt } from "@/lib/audit/verify-receipt";
import { findDraft } from "@/lib/db/draft-store";
import type { Actor } from "@/lib/domain/actor";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { approveDraft } from "@/lib/pipeline/drafts/approve-draft";
import { eraseAuditDetail } from "@/lib/pipeline/governance/erase-audit-detail";
import { getPortableReceipt } from "@/lib/pipeline/publishing/get-portable-receipt";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { keeping, seedOf } from "@/lib/testing/ledger-ground";
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
const host = keeping();
const words = "Looks right \u2013 send";

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: ["a-secret"] });
  github = await startGithubFake({ tokens: ["a-secret"] });
  api = await createTestApi({
    ...{ fetch, resolveSecret: () => ({ ok: true, values: ["a-secret"] }), ledger: host },
  });
  const row = { webhook_url: receiver.url, webhook_secret_ref: "env:TANDEM_S", kind: "webhook" };
  const project = { repo: "acme/shop", workspace_root: "/workspace/shop", log_sources: [] };
  await ok("PATCH", "/config/incident-monitor", {
    incident_monitor: {
      destinations: [
        { ...row, destination_id: "hook", name: "Hook", config: { ...development, max_attempts: 1 } },
        { ...row, destination_id: "asks", name: "Asks", config: development, require_approval: true },
        { destination_id: "local", name: "Local", kind: "telemetry" },
        {
          ...{ destination_id: "github", name: "GitHub", kind: "github_issue", repo: "example/tracker" },
          config: { ...development, token_ref: "env:TANDEM_S", api_base_url: github.apiBaseUrl },
        },
      ],
      default_destination_ids: ["hook"],
      monitored_projects: [{ ...project, project_id: "shop", name: "Shop" }],
    },
  });
  workers = runWorkers(api.db, api.process.services);
});
afterAll(async () => {
  await workers.stop();
  await api.close();
  await Promise.all([receiver.close(), github.close(), fetch.destroy()]);
});

async function ok(method: string, path: string, body?: unknown) {
  const answer = await api.call(method, path, body === undefined ? {} : { body });
  expect([answer.status, answer.body.error]).toEqual([200, undefined]);
  return answer.body;
}

const contextOf = (actor: Actor = actors.approver()) =>
  testContext(api.db, actor, { nowMs: Date.now(), services: api.process.services });

async function drafted(): Promise<string> {
  serial += 1;
  const { draft } = await ok("POST", "/incident-monitor/report", {
    ...{ title: `Marked title ${serial}`, detail: "Marked detail", source: "ci", event: "ci.failed" },
    ...{ risk_level: "low", fingerprint: `portable-${serial}` },
  });
  const stored = await findDraft(api.db, draft.draft_id);
  if (stored) await aProposal(api.db, stored);
  return draft.draft_id as string;
}

async function published(destinationId: string, approve = false): Promise<string> {
  const draftId = await drafted();
  if (approve) {
    await ok("POST", `/incident-monitor/drafts/${draftId}/publish`, { destination_ids: [destinationId] });
    await approveDraft(contextOf(), { draftId, reason: words, destinationIds: [destinationId] });
  }
  const body = { destination_ids: [destinationId] };
  const answer = await api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, { body });
  expect(answer.body.action ?? answer.body.reason).toMatch(/^(?!approval_required)/);
  const { posts } = await ok("GET", `/incident-monitor/posts?draft_id=${draftId}`);
  return posts[0].post_id;
}

const receipt = (postId: string) => api.call("GET", `/incident-monitor/posts/${postId}/portable-receipt`);

async function verified(text: string) {
  const { keys } = await ok("GET", "/audit/ledger/checkpoint");
  const trusted = readVerifierKey(sha256, keys[0].verifier_key);
  return verifyReceipt(text, { sha256, verifySignature, trusted });
}

describe("a portable receipt", () => {
  it("proves what was approved, asked and sent, and holds neither payload nor target nor key", async () => {
    const answer = await receipt(await published("asks", true));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="receipt-.+\.json"$/);
    const { body, text } = answer;
    expect(body).toMatchObject({
      receipt: {
        destination_id: "asks",
        destination_kind: "webhook",
        state: "published",
        sent: { status: "posted" },
      },
      asked: { by: { kind: "token", name: "admin" }, approval_required: true },
      approvals: [
        { by: { kind: "user", id: "user-approver", name: "The approver" }, reason: words, needed: 1 },
      ],
      attempts: [{ state: "published", facts: { attempt: 1, status_code: expect.any(Number) } }],
    });
    expect(body.approvals[0].payload_digest).toBe(body.receipt.payload_digest);
    const result = await verified(text);
    expect([result.problem, result.trust]).toEqual([null, "given"]);
    expect(result.checks.map(({ status }) => status)).toEqual(Array(9).fill("proven"));
    for (const kept of ["Marked title", "Marked detail", receiver.url, "a-secret"])
      expect(text).not.toContain(kept);
    const row = await api.db.prisma.delivery.findFirstOrThrow({
      where: { postId: body.receipt.sent.post_id },
    });
    expect(text).not.toContain(row.idempotencyKey);
  });

  it.each(["hook", "local", "github"])(
    "%s: a publish that needed no approval says so",
    async (destination) => {
      const answer = await receipt(await published(destination));
      expect([answer.status, answer.body.asked?.approval_required]).toEqual([200, false]);
      const result = await verified(answer.text);
      expect(result.problem).toBeNull();
      expect(result.checks.find(({ code }) => code === "approval")?.words).toContain(
        "No approval was needed",
      );
    },
  );

  it("of a publish that failed proves that it failed", async () => {
    receiver.script({ kind: "status", status: 400 });
    const answer = await receipt(await published("hook"));
    expect(answer.body.receipt).toMatchObject({ state: "failed", sent: { status: "failed" } });
    expect((await verified(answer.text)).checks.find(({ code }) => code === "outcome")?.words).toContain(
      "was not published",
    );
  });

  it("is refused for what has no end, is not sealed, or is not what the ledger says", async () => {
    const postId = await published("asks", true);
    expect((await receipt(postId)).status).toBe(200);
    expect((await receipt("nope")).body.code).toBe("INCIDENT_MONITOR_POST_NOT_FOUND");
    expect(
      (await api.call("GET", `/incident-monitor/posts/${postId}/portable-receipt`, { token: null })).status,
    ).toBe(401);
    const stranger = contextOf(actors.projectMember({ other: "viewer" }));
    expect((await refusal(getPortableReceipt(stranger, postId))).kind).toBe("not_found");
    const viewer = await getPortableReceipt(contextOf(actors.viewer()), postId);
    expect(viewer.file.receipt.state).toBe("published");

    await api.db.prisma.receipt.updateMany({
      where: { receipt: { path: ["payload_digest"], equals: viewer.file.receipt.payload_digest ?? "" } },
      data: { externalUrl: "https://elsewhere.example/1" },
    });
    const edited = await receipt(postId);
    expect([edited.status, edited.body.code]).toEqual([409, "INCIDENT_MONITOR_RECEIPT_NOT_PROVEN"]);
    expect(edited.body.error).toContain("not what entry");

    await api.db.prisma.receipt.deleteMany({ where: { delivery: { postId } } });
    expect((await receipt(postId)).body.code).toBe("INCIDENT_MONITOR_RECEIPT_NOT_ENDED");
  });

  it("waits for the seal, and says so when it does not come", async () => {
    // A host that holds another key seals nothing.
    const [own = ""] = host.seedsHeld;
    host.seedsHeld[0] = seedOf(9);
    const postId = await published("local");
    const refused = await receipt(postId);
    expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([
      ...[409, "INCIDENT_MONITOR_RECEIPT_NOT_SEALED", "1"],
    ]);
    host.seedsHeld[0] = own;
    expect((await receipt(postId)).status).toBe(200);
  });

  it("still verifies after details of its entries were erased, and says what it no longer shows", async () => {
    const postId = await published("asks", true);
    const before = (await receipt(postId)).body;
    const id = (action: string) =>
      before.entries.find((each: { action: string }) => each.action === `incident_monitor.${action}`)
        ?.id as string;
    const system = contextOf(actors.system("retention"));
    await eraseAuditDetail(system, {
      ...{ entryIds: [id("draft.approved")], fields: ["actor", "detail"], reason: "asked" },
    });
    const { text, body } = await receipt(postId);
    const result = await verified(text);
    expect(result.problem).toBeNull();
    expect(body.approvals[0]).toMatchObject({
      by: { id: "user-approver", name: null },
      reason: null,
      digest: null,
    });
    expect(result.checks.find(({ code }) => code === "approval")?.status).toBe("not_proven");
  });
});
