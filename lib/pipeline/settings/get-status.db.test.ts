import { beforeEach, describe, expect, it } from "vitest";
import { draftListQuerySchema } from "@/lib/contracts/draft";
import { overviewSchema, statusSchema } from "@/lib/contracts/status";
import type { Actor } from "@/lib/domain/actor";
import { approvalsDuePath } from "@/lib/paths";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { listDraftsFromQuery } from "@/lib/wire/draft";
import { overviewToWire, statusToWire } from "@/lib/wire/status";
import { listDrafts } from "../drafts/list-drafts";
import { getOverview } from "./get-overview";
import { getStatus } from "./get-status";

const { db, context, patch } = configDatabase();

const status = async (actor?: Actor) =>
  statusSchema.strict().parse(statusToWire(await getStatus(context(actor))));
const overview = async (actor?: Actor) =>
  overviewSchema.strict().parse(overviewToWire(await getOverview(context(actor))));

const local = { destination_id: "local", name: "Local", kind: "telemetry" };
const hook = { destination_id: "hook", name: "Hook", kind: "webhook", webhook_url: "https://a.example/x" };
const shop = {
  project_id: "shop",
  name: "Shop",
  repo: "acme/shop",
  workspace_root: "/workspace/repos/shop",
  log_sources: [{ source_id: "api", path: "logs/api.log" }],
};
const now = Date.UTC(2026, 5, 29, 12);
const ago = (ms: number) => new Date(now - ms);

beforeEach(async () => {
  await db().pool.query(
    "TRUNCATE incidents, drafts, deliveries, occurrences, log_source_states, destination_health, mcp_servers CASCADE",
  );
});

describe("status", () => {
  it("of a first start with one local destination: ready, and nothing wrong (D-30)", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"] });
    const answer = await status();
    expect(answer.readiness).toEqual({
      enabled: true,
      config_valid: true,
      repo_valid: false,
      mcp_server_present: false,
      mcp_connected: false,
      github_read_ready: false,
      github_write_ready: false,
      selected_model_ready: false,
      ingest_ready: true,
      publish_ready: true,
      runtime_ready: true,
      destination_ready: true,
      source_ready: true,
      route_preview_ready: true,
    });
    expect(answer.runtime).toEqual({
      monitoring_active: true,
      paused: false,
      pending_incidents: 0,
      total_incidents: 0,
      pending_posts: 0,
    });
    expect(answer.missing_required_capabilities).toEqual([]);
    expect(answer).not.toHaveProperty("last_error");
    expect(answer).not.toHaveProperty("last_activity_at_ms");
  });

  it("a destination that does not answer may be used, and says that deliveries wait", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"] });
    const [answering] = (await status()).destination_readiness;
    expect(answering).toMatchObject({ destination_id: "local", ready: true });
    expect(answering).not.toHaveProperty("circuit");
    for (const circuit of ["open", "half_open"] as const) {
      await db().prisma.destinationHealth.upsert({
        where: { destinationId: "local" },
        create: { destinationId: "local", circuit },
        update: { circuit },
      });
      expect((await status()).destination_readiness).toEqual([{ ...answering, circuit }]);
    }
  });

  it("paused: says so first, and no destination is ready", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"], paused: true });
    const answer = await status();
    expect(answer.last_error).toMatch(/paused/);
    expect(answer.readiness).toMatchObject({
      ingest_ready: false,
      destination_ready: false,
      config_valid: true,
    });
    expect(answer.destination_readiness).toMatchObject([{ ready: false, missing: ["monitor_paused"] }]);
  });

  it("nothing configured: shows the effective legacy row, keeps the stored list empty, says what to do", async () => {
    const answer = await status();
    expect(answer.config.destinations).toEqual([]);
    expect(answer.destinations).toMatchObject([
      { destination_id: "legacy-github", route_tags: ["legacy_github"] },
    ]);
    expect(answer.readiness).toMatchObject({ config_valid: false, ingest_ready: true, runtime_ready: false });
    expect(answer.last_error).toMatch(/No destination is configured/);
  });

  it("with a GitHub repository the capabilities that are missing are named", async () => {
    await patch({ repo: "acme/monitor" });
    expect((await status()).missing_required_capabilities).toHaveLength(4);
  });

  it("names an MCP server only as far as it is there", async () => {
    await patch({ destinations: [local], mcp_server: "github" });
    expect((await status()).readiness).toMatchObject({ mcp_server_present: false, mcp_connected: false });
    await db().prisma.mcpServer.create({ data: { name: "github", transport: "stdio" } });
    expect((await status()).readiness).toMatchObject({ mcp_server_present: true, mcp_connected: false });
  });

  it("holds no webhook URL, secret reference, free config or authorization marker (W-55)", async () => {
    const { project_id, ...rest } = everyKeyOfConfig.monitored_projects[0] ?? {};
    await patch({ ...everyKeyOfConfig, monitored_projects: [{ project_id, ...rest }] });
    const text = JSON.stringify(await status());
    for (const hidden of ["hooks.example.test", "TANDEM_HOOK_SECRET", "$draft.title", "marker-1"]) {
      expect(text).not.toContain(hidden);
    }
    for (const key of ["webhook_url", "webhook_secret_ref", '"config":{"timeout_ms"']) {
      expect(text).not.toContain(key);
    }
  });

  it("counts what is pending and tells the last activity", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"] });
    await anIncident(db(), { disposition: "quality_gate_blocked", updatedAt: ago(9_000) });
    await aDraftRow(db(), { approval: "required", createdAt: ago(5_000) });
    await aDraftRow(db(), { approval: "voided", deletedAt: ago(1) });
    await aDraftRow(db(), { triage: "timed_out" });
    await aDraftRow(db(), { triage: "failed" });
    await aDelivery(db(), { state: "published", updatedAt: ago(3_000) });
    await aDelivery(db(), { state: "retrying", updatedAt: ago(4_000) });
    await aDelivery(db(), { state: "failed", updatedAt: ago(4_000) });
    await anIncident(db(), { deletedAt: ago(1), updatedAt: ago(1) });
    await anIncident(db(), { eventType: "settlement.failed", updatedAt: ago(2_000) });
    const answer = await status();
    expect(answer.runtime).toEqual({
      monitoring_active: true,
      paused: false,
      // Without the blocked one, the deleted one, the one that was published and those whose triage ended without a result.
      pending_incidents: 5,
      total_incidents: 9,
      pending_posts: 2,
      last_processed_at_ms: now - 2_000,
      last_incident_event_type: "settlement.failed",
      last_post_result: "published",
    });
    expect(answer).toMatchObject({
      pending_drafts: 1,
      pending_posts: 2,
      last_activity_at_ms: now - 3_000,
    });
  });

  it("is a pure read (W-50)", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"] });
    await aDraftRow(db(), { triage: "running", createdAt: ago(86_400_000) });
    const tables = async () =>
      (
        await db().pool.query(
          "SELECT (SELECT json_agg(d) FROM drafts d) d, (SELECT json_agg(i) FROM incidents i) i, (SELECT count(*) FROM audit_entries) a",
        )
      ).rows;
    const before = await tables();
    await status();
    await overview();
    expect(await tables()).toEqual(before);
  });

  it("tells where each watched log stands; a poll alone does not make a source fresh (W-54)", async () => {
    const data_readiness = { freshness_sla_ms: 60_000 };
    await patch({ destinations: [local], monitored_projects: [{ ...shop, data_readiness }] });
    const state = { projectId: "shop", path: "/elsewhere/logs/api.log" };
    await db().prisma.logSourceState.createMany({
      data: [
        {
          ...state,
          ...{
            sourceId: "api",
            offset: 42,
            inode: "7",
            consecutiveErrors: 2,
            lastError: "permission denied",
          },
          lastPollAt: ago(10),
        },
        { ...state, sourceId: "gone", lastSubmittedAt: ago(10) },
      ],
    });
    const first = await status();
    expect(first.log_watcher).toEqual({
      running: false,
      enabled_projects: 1,
      enabled_sources: 1,
      sources: [
        {
          project_id: "shop",
          source_id: "api",
          path: "logs/api.log",
          healthy: false,
          offset: 42,
          consecutive_errors: 2,
          total_bytes_read: 0,
          total_candidates: 0,
          total_submitted: 0,
          inode: "7",
          last_poll_at_ms: now - 10,
          last_error: "permission denied",
        },
      ],
      last_poll_at_ms: now - 10,
      last_error: "permission denied",
    });
    expect(first.readiness.source_ready).toBe(false);
    expect(first.source_readiness[1]?.findings.map((each) => each.rule_id)).toEqual(
      expect.arrayContaining(["source_freshness_observation_missing", "source_runtime_unhealthy"]),
    );

    await anIncident(db(), { projectId: "shop", logSourceId: "api", lastSeenAt: ago(500) });
    const [project, source] = (await status()).source_readiness;
    for (const row of [project, source]) {
      expect(row).toMatchObject({ freshness_ready: true, last_observed_at_ms: now - 500 });
    }
  });
});

describe("overview", () => {
  it("of a new deployment: an empty pipeline and what to do first", async () => {
    await patch({ destinations: [local], default_destination_ids: ["local"] });
    const answer = await overview(actors.adminToken());
    expect(answer.counts).toEqual({
      occurrences_24h: 0,
      incidents: 0,
      drafts_open: 0,
      approvals_due: 0,
      approved_waiting: 0,
      held: 0,
      leaving: 0,
      published_24h: 0,
      failed: 0,
      break_glass_open: 0,
    });
    expect(answer.hourly).toHaveLength(24);
    expect(answer.checklist.map(({ key, done }) => [key, done])).toEqual([
      ["signed_in", false],
      ["project", false],
      ["key", false],
      ["destination_ready", true],
      ["first_report", false],
      ["received", false],
    ]);
    expect(answer).toMatchObject({ paused: false, enabled: true, unready_destinations: [] });
  });

  it("counts as the queue's filters do, and lists what needs a person", async () => {
    await patch({
      destinations: [local, hook],
      default_destination_ids: ["local"],
      monitored_projects: [shop],
    });
    const due = await aDraftRow(db(), {
      approval: "required",
      title: "Older",
      createdAt: ago(2_000),
      riskLevel: "high",
    });
    const newer = await aDraftRow(db(), {
      approval: "expired",
      title: "Newer",
      createdAt: ago(1_000),
      held: true,
    });
    await aDraftRow(db(), { approval: "granted" });
    await aDraftRow(db(), { approval: "denied" });
    await aDelivery(db(), { state: "published", endedAt: ago(1_000), updatedAt: ago(1_000) });
    await aDelivery(db(), { state: "published", endedAt: ago(90_000_000), updatedAt: ago(90_000_000) });
    await aDelivery(db(), { state: "due" });
    const failed = await aDelivery(db(), {
      state: "failed",
      endedAt: ago(700),
      updatedAt: ago(700),
      lastReason: { code: "http_status", message: "The receiver answered 500" },
    });
    // Failed once, then sent: nobody's work any more.
    const mended = await aDelivery(db(), { state: "failed", createdAt: ago(9_000) });
    await aDelivery(db(), {
      draftId: mended.draftId,
      ...{ state: "published", createdAt: ago(8_000), endedAt: ago(8_000), updatedAt: ago(8_000) },
    });
    await db().prisma.occurrence.create({
      data: {
        ...{ id: "o1", incidentId: due.incidentId, receivedAt: ago(1_000), provenance: "report" },
        reporter: { kind: "token", id: "t", name: "t" },
      },
    });

    const answer = await overview();
    expect(answer.counts).toEqual({
      occurrences_24h: 1,
      incidents: 9,
      drafts_open: 5,
      approvals_due: 2,
      approved_waiting: 1,
      held: 1,
      leaving: 1,
      published_24h: 2,
      failed: 1,
      break_glass_open: 0,
    });
    expect(answer.approvals_due).toMatchObject([
      { draft_id: newer.id, title: "Newer" },
      { draft_id: due.id, risk_level: "high", source: "manual", occurrence_count: 1 },
    ]);
    expect(answer.failed_deliveries).toEqual([
      {
        post_id: failed.postId,
        draft_id: failed.draftId,
        title: "TypeError: cannot read properties of undefined",
        destination_id: "local",
        state: "failed",
        reason: "The receiver answered 500",
        ended_at_ms: now - 700,
      },
    ]);
    expect(answer.unready_destinations).toMatchObject([
      { destination_id: "hook", name: "Hook", kind: "webhook" },
    ]);
    expect(answer.unready_destinations[0]?.missing[0]).toMatch(/secret/);
    // What was published stayed in here, and no test has arrived.
    const open = answer.checklist.filter(({ done }) => !done).map(({ key }) => key);
    expect(open).toEqual(["key", "received"]);
  });
});

describe("what is quiet", () => {
  it("is not counted as waiting, nor in the list that the inbox links to", async () => {
    await patch({ destinations: [local] });
    await aDraftRow(db(), { approval: "required", title: "Loud" });
    const snoozed = await aDraftRow(db(), { approval: "required", title: "Quiet" });
    await db().pool.query("UPDATE incidents SET snooze = '{}' WHERE id = $1", [snoozed.incidentId]);
    const glance = await overview();
    const linked = Object.fromEntries(new URL(approvalsDuePath(), "http://panel").searchParams);
    const list = await listDrafts(context(), listDraftsFromQuery(draftListQuerySchema.parse(linked)));
    expect([glance.counts.approvals_due, list.total]).toEqual([1, 1]);
    const due = glance.approvals_due.map((draft) => [draft.draft_id, draft.title]);
    expect(due).toEqual(list.drafts.map(({ draftId }) => [draftId, "Loud"]));
  });
});

describe("emergency approvals that nobody judged", () => {
  it("wait in the overview until somebody did, due first first, for those who see their project", async () => {
    await patch({ destinations: [local] });
    const broken = async (
      name: string,
      more: { by?: string; dueAt: Date; projectId?: string; verdict?: "justified" },
    ) => {
      const { by = "somebody", projectId = null, ...rest } = more;
      const draft = await aDraftRow(db(), { title: name, projectId });
      const actor = { kind: "user", id: by, name: `Called ${by}` };
      const made = { actor, actorKey: `user:${by}` };
      const basis = { draft: {}, destinations: {}, payloads: {}, policy: "0" };
      await db().prisma.approval.create({
        data: {
          ...{
            id: `approval-${name}`,
            draftId: draft.id,
            state: "granted",
            breakGlass: true,
            digest: "0",
            basis,
          },
          ...{ ...made, policyVersion: "0", createdAt: ago(9_000) },
        },
      });
      await db().prisma.breakGlassUse.create({
        data: {
          ...{
            id: name,
            approvalId: `approval-${name}`,
            draftId: draft.id,
            projectId,
            reason: "Nobody was awake",
          },
          ...{ ...made, ...rest, usedAt: ago(9_000) },
        },
      });
    };
    await broken("open", { dueAt: ago(-9_000) });
    await broken("overdue", { dueAt: ago(9_000), by: actors.admin().userId, projectId: "till" });
    await broken("judged", { dueAt: ago(9_000), verdict: "justified" });
    const glance = await overview(actors.admin());
    expect(glance.counts.break_glass_open).toBe(2);
    expect(glance.break_glass_reviews).toMatchObject([
      { break_glass_id: "overdue", title: "overdue", overdue: true, own: true },
      { break_glass_id: "open", by: "Called somebody", overdue: false, own: false },
    ]);
    const member = await overview(actors.projectMember({ till: "auditor" }));
    expect(member.counts.break_glass_open).toBe(1);
    expect(member.break_glass_reviews).toMatchObject([{ break_glass_id: "overdue", own: false }]);
  });
});

describe("who sees what", () => {
  it("somebody with project roles alone sees those projects", async () => {
    await patch({
      destinations: [local],
      monitored_projects: [shop, { ...shop, project_id: "till", log_sources: [] }],
    });
    await aDraftRow(db(), { approval: "required", projectId: "shop" });
    await aDraftRow(db(), { approval: "required", projectId: "till" });
    await aDraftRow(db(), { approval: "required" });
    const member = actors.projectMember({ till: "viewer" });
    const answer = await status(member);
    expect(answer.runtime).toMatchObject({ total_incidents: 1, pending_incidents: 1 });
    expect(answer.pending_drafts).toBe(1);
    expect(answer.config.monitored_projects.map((project) => project.project_id)).toEqual(["till"]);
    expect(answer.source_readiness.map((row) => row.project_id)).toEqual(["till"]);
    const glance = await overview(member);
    expect(glance.counts).toMatchObject({ incidents: 1, approvals_due: 1 });
    expect(glance.approvals_due).toHaveLength(1);
  });

  it("a scoped key sees neither", async () => {
    expect((await refusal(getStatus(context(actors.intakeKey())))).kind).toBe("forbidden");
    expect((await refusal(getOverview(context(actors.intakeKey())))).kind).toBe("forbidden");
  });
});
