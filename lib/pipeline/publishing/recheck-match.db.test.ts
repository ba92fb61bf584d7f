import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";
import { denyDraft } from "../drafts/deny-draft";
import { acceptReport } from "../intake/accept-report";
import { deleteRecord } from "../records/delete-record";
import { patchConfig } from "../settings/patch-config";
import { setPaused } from "../settings/set-paused";
import { publishAndWait } from "./publish-and-wait";
import { recheckMatch } from "./recheck-match";

let database: TestDatabase;
let db: Database;
let workers: Worker;
let serial = 0;

const as = (actor: Actor) => testContext(db, actor, { nowMs: Date.now() });
const approver = () => as(actors.approver());
const configure = (patch: Record<string, unknown>) =>
  patchConfig(as(actors.admin()), { patch: aConfigPatch(patch) });
const destinations = [
  { destinationId: "local", name: "Local", kind: "telemetry" },
  { destinationId: "hook", name: "Hook", kind: "webhook", webhookUrl: "https://hook.example/in" },
  { destinationId: "off", name: "Off", kind: "telemetry", enabled: false },
  { destinationId: "github", name: "GitHub", kind: "github_issue", repo: "halden/shop" },
  { destinationId: "linear", name: "Linear", kind: "linear_issue" },
  { destinationId: "tool", name: "Tool", kind: "mcp_tool" },
  { destinationId: "memory", name: "Memory", kind: "internal_memory" },
];

async function draftFor(destinationIds: string[], riskLevel = "low"): Promise<string> {
  await configure({ defaultDestinationIds: destinationIds });
  serial += 1;
  const report = aReport({ fingerprint: `recheck-${serial}`, title: `Recheck ${serial}`, riskLevel });
  const { draft } = await acceptReport(as(actors.admin()), report);
  if (!draft) throw new Error("no draft");
  return draft.draftId;
}

const entriesOf = (draftId: string) =>
  db.prisma.auditEntry.findMany({
    where: { subjectId: draftId, action: "incident_monitor.match.rechecked" },
    orderBy: { at: "asc" },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  await configure({ destinations });
  workers = runWorkers(db, as(actors.admin()).services);
});
afterAll(async () => {
  await workers.stop();
  await db.close();
  await database.drop();
});

describe("what a recheck finds", () => {
  it("case 75: an unready destination stops a publish and not a recheck", async () => {
    const draftId = await draftFor(["hook"]);
    const publish = await refusal(publishAndWait(approver(), { draftId, destinationIds: [] }));
    expect(publish).toMatchObject({ kind: "not_ready", reason: "publish_blocked" });
    expect(publish.message).toContain("is not ready");
    expect((await recheckMatch(approver(), { draftId })).action).toBe("no_match");
  });

  it("a webhook cannot be asked: no match, and nothing is sent", async () => {
    const draftId = await draftFor(["hook"], "high");
    const found = await recheckMatch(approver(), { draftId });
    expect(found).toMatchObject({ action: "no_match", draft: { draftId, approval: "required" } });
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
    expect(await entriesOf(draftId)).toMatchObject([
      {
        outcome: "done",
        actor: { id: "user-approver" },
        detail: { destination_id: "hook", action: "no_match" },
      },
    ]);
  });

  it("telemetry: no match before, the record after, also once the post is deleted or all is paused", async () => {
    const draftId = await draftFor(["local"]);
    expect((await recheckMatch(approver(), { draftId })).action).toBe("no_match");
    const published = await publishAndWait(approver(), { draftId, destinationIds: [] });
    expect((await recheckMatch(approver(), { draftId })).action).toBe("local_record_found");
    const other = await draftFor(["local"]);
    expect((await recheckMatch(approver(), { draftId: other })).action).toBe("no_match");
    const postId = published.targets[0]?.post.delivery.postId ?? "";
    await deleteRecord(as(actors.admin()), { noun: "post", id: postId });
    await setPaused(as(actors.admin()), { paused: true });
    expect((await recheckMatch(approver(), { draftId })).action).toBe("local_record_found");
    await setPaused(as(actors.admin()), { paused: false });
  });

  it("internal memory: the record it holds of this draft, and no other", async () => {
    const draftId = await draftFor(["memory"]);
    expect((await recheckMatch(approver(), { draftId })).action).toBe("no_match");
    await publishAndWait(approver(), { draftId, destinationIds: [] });
    expect((await recheckMatch(approver(), { draftId })).action).toBe("local_record_found");
  });

  it("another telemetry path is another place", async () => {
    const draftId = await draftFor(["local"]);
    await publishAndWait(approver(), { draftId, destinationIds: [] });
    const moved = { ...destinations[0], telemetryPath: "elsewhere/records" };
    await configure({ destinations: [moved, ...destinations.slice(1)] });
    expect((await recheckMatch(approver(), { draftId })).action).toBe("no_match");
    await configure({ destinations });
  });
});

describe("a recheck is refused", () => {
  it.each([
    ["github", "token_ref_missing"],
    ["linear", "linear_team_missing"],
  ])("at %s, which cannot be asked as it is set", async (id, code) => {
    const draftId = await draftFor([id]);
    const error = await refusal(recheckMatch(approver(), { draftId }));
    expect(error).toMatchObject({ kind: "not_ready", reason: "recheck_failed" });
    expect(error.context.reasons).toMatchObject([{ code }]);
    expect(await entriesOf(draftId)).toMatchObject([{ outcome: "failed" }]);
  });

  it.each<[string, string[], string]>([
    ["without a destination", [], "no_destination"],
    ["with two", ["local", "hook"], "several_destinations"],
    ["with an unknown one", ["nowhere"], "destination_not_configured"],
    ["with a disabled one", ["off"], "destination_disabled"],
  ])("%s", async (_, ids, code) => {
    const draftId = await draftFor(ids);
    const error = await refusal(recheckMatch(approver(), { draftId }));
    expect((error.context.reasons as { code: string }[]).map((each) => each.code)).toEqual([code]);
  });

  it("for a denied draft, while the monitor is off, and to who may not publish", async () => {
    const draftId = await draftFor(["local"], "high");
    await denyDraft(approver(), { draftId });
    const denied = await refusal(recheckMatch(approver(), { draftId }));
    expect(denied.message).toContain("denied");
    const other = await draftFor(["local"]);
    await configure({ enabled: false });
    const off = await refusal(recheckMatch(approver(), { draftId: other }));
    expect(off.message).toContain("disabled");
    await configure({ enabled: true });
    for (const actor of [actors.viewer(), actors.agentToken(), actors.intakeKey()]) {
      const error = await refusal(recheckMatch(as(actor), { draftId: other }));
      expect(error.kind).toBe("forbidden");
    }
    const unknown = await refusal(recheckMatch(approver(), { draftId: "nope" }));
    expect(unknown).toMatchObject({ kind: "not_found", context: { draft_id: "nope" } });
  });
});
