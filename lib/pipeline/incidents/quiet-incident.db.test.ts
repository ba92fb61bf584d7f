import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { listApprovalsDue } from "@/lib/db/status-store";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { approveDraft } from "../drafts/approve-draft";
import { claimDraft } from "../drafts/claim-draft";
import { getDraft } from "../drafts/get-draft";
import { applyGrouping } from "../grouping/apply-grouping";
import { previewGrouping } from "../grouping/preview-grouping";
import { undoGrouping } from "../grouping/undo-grouping";
import { acceptReport } from "../intake/accept-report";
import { describeIncident } from "./describe-incident";
import { listIncidents } from "./list-incidents";
import { mergeIncidents } from "./merge-incidents";
import { muteIncident, resolveIncident, snoozeIncident } from "./quiet-incident";
import { splitIncident } from "./split-incident";
import { unmergeIncident } from "./unmerge-incident";
import { wakeIncidents } from "./wake-incidents";

let database: TestDatabase;
let db: Database;
const t0 = Date.UTC(2026, 5, 29, 12);
const minute = 60_000;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});
beforeEach(async () => {
  await db.pool.query("TRUNCATE incidents, grouping_rules CASCADE");
  await db.pool.query("UPDATE monitor_settings SET grouping_version = grouping_version + 1");
});

const at = (min: number, actor = actors.approver()) => testContext(db, actor, { nowMs: t0 + min * minute });
const work = (min: number) => wakeIncidents(at(min, actors.system("quiet") as never));
async function see(
  min: number,
  fields: { name?: string; release?: string; environment?: string; component?: string } = {},
) {
  const { name = "ledger", component, ...attributes } = fields;
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const report = {
    ...{ title: `The ${name} stopped`, detail: "no answer", source: "payments", event: `${name}.failed` },
    ...{ level: "error", riskLevel: "high", excerpt: [], evidenceRefs: [], externalCorrelationIds: [] },
    ...(component && { component }),
    attributes: given,
  };
  const ctx = at(min, actors.adminToken() as never);
  return acceptReport(ctx, { path: { kind: "unbound", provenance: "report" }, report, idempotency: null });
}
const audits = async (action: string, incidentId: string) =>
  (
    await db.pool.query(
      "SELECT detail FROM audit_entries WHERE action = $1 AND subject_id = $2 ORDER BY at",
      [action, incidentId],
    )
  ).rows.map((row) => row.detail);
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { kind: string; reason: string }) => `${error.kind} ${error.reason}`,
  );
const due = async () =>
  (await listApprovalsDue(db, { projects: null, approverKey: "user:nobody", nowMs: 0 }, 10)).map(
    (each) => each.draftId,
  );

describe("a snoozed incident", () => {
  it("is counted, asks for nothing, and wakes by time, saying why", async () => {
    const { incident, draft } = await see(0);
    expect(await due()).toEqual([draft?.draftId]);
    const { incidentId } = incident;
    await snoozeIncident(at(1), {
      incidentId,
      untilMs: t0 + 10 * minute,
      furtherCount: null,
      nextRelease: false,
    });
    expect(await due()).toEqual([]);
    expect((await see(2)).incident.occurrenceCount).toBe(2);
    expect(await work(9)).toEqual({ woken: 0, cameBack: 0 });
    expect(await work(10)).toEqual({ woken: 1, cameBack: 0 });
    expect(await work(11)).toEqual({ woken: 0, cameBack: 0 });
    const awake = await describeIncident(at(11), incidentId);
    expect(awake).toMatchObject({ snooze: null, woke: { from: "snooze", why: { code: "time_over" } } });
    expect(await due()).toEqual([draft?.draftId]);
    expect(await audits("incident_monitor.incident.woken", incidentId)).toEqual([
      { from: "snooze", why: "time_over" },
    ]);
  });

  it("wakes with its count, or with a release not seen before, whichever is first", async () => {
    const counted = (await see(0, { name: "alpha" })).incident.incidentId;
    const released = (await see(0, { name: "beta", release: "1.0" })).incident.incidentId;
    for (const incidentId of [counted, released])
      await snoozeIncident(at(1), { incidentId, untilMs: null, furtherCount: 2, nextRelease: true });
    await see(2, { name: "alpha" });
    await see(2, { name: "beta", release: "1.0" });
    expect((await work(3)).woken).toBe(0);
    await see(4, { name: "alpha" });
    await see(4, { name: "beta", release: "1.1" });
    expect((await work(5)).woken).toBe(2);
    expect((await describeIncident(at(5), counted)).woke?.why.code).toBe("count_reached");
    const woken = await describeIncident(at(5), released);
    expect(woken.woke?.why).toMatchObject({ code: "new_release", fields: { release: "1.1" } });
    expect(woken.releases.map((each) => each.release)).toEqual(["1.0", "1.1"]);
  });

  it("is for those who decide, must end, and is found by the list", async () => {
    const { incidentId } = (await see(0)).incident;
    const wish = { incidentId, untilMs: t0 + minute * 60, furtherCount: null, nextRelease: false };
    for (const actor of [actors.viewer(), actors.triager(), actors.agentToken(), actors.serviceToken()])
      expect(await refusal(snoozeIncident(at(0, actor as never), wish))).toMatch(/^forbidden/);
    expect(await refusal(snoozeIncident(at(0), { ...wish, untilMs: null }))).toBe("invalid snooze_endless");
    expect(await refusal(muteIncident(at(0), { incidentId, untilMs: t0 }))).toBe("invalid end_passed");
    expect(await refusal(snoozeIncident(at(0), { ...wish, incidentId: "none" }))).toBe(
      "not_found incident_not_found",
    );
    await snoozeIncident(at(0), wish);
    const ids = async (attention: "snoozed" | "awake") =>
      (await listIncidents(at(0), { filter: { attention }, page: { limit: 9 } })).incidents.map(
        (each) => each.incidentId,
      );
    expect([await ids("snoozed"), await ids("awake")]).toEqual([[incidentId], []]);
    expect(await audits("incident_monitor.access.denied", incidentId)).toHaveLength(4);
  });
});

describe("what is due to wake", () => {
  it("wakes however many wait in front of it for a release that does not come", async () => {
    const { incidentId } = (await see(0)).incident;
    await muteIncident(at(0), { incidentId, untilMs: t0 + 10 * minute });
    await see(1);
    const before = { id: null, fingerprint: null, mute: null };
    await db.pool.query(
      `INSERT INTO incidents SELECT (jsonb_populate_record(i, $2::jsonb || jsonb_build_object(
         'id', '0-' || n, 'fingerprint', 'waits-' || n, 'snooze', $3::jsonb))).*
       FROM incidents i, generate_series(1, 450) n WHERE i.id = $1`,
      [incidentId, JSON.stringify(before), JSON.stringify({ untilNextRelease: true, atMs: t0 })],
    );
    expect(await work(10)).toEqual({ woken: 1, cameBack: 0 });
    expect((await describeIncident(at(10), incidentId)).woke?.from).toBe("mute");
  });

  it("is not kept asleep by one that cannot be woken", async () => {
    const ids = [
      (await see(0, { name: "alpha" })).incident.incidentId,
      (await see(0, { name: "beta" })).incident.incidentId,
    ].sort();
    const [first = "", second = ""] = ids;
    for (const incidentId of ids) await muteIncident(at(0), { incidentId, untilMs: t0 + 10 * minute });
    const refused = `CHECK (subject_id <> '${first}') NOT VALID`;
    await db.pool.query(`ALTER TABLE audit_entries ADD CONSTRAINT refused ${refused}`);
    await expect(work(10)).rejects.toThrow(/refused/);
    await db.pool.query("ALTER TABLE audit_entries DROP CONSTRAINT refused");
    expect((await describeIncident(at(10), second)).mute).toBeNull();
    expect((await describeIncident(at(10), first)).mute).not.toBeNull();
    expect((await work(10)).woken).toBe(1);
  });

  it("is not kept asleep by one that says what no count ever reaches", async () => {
    const { incidentId } = (await see(0)).incident;
    await muteIncident(at(0), { incidentId, untilMs: t0 + 10 * minute });
    const other = (await see(0, { name: "other" })).incident.incidentId;
    // As it could be asked for beside a time, once.
    const snooze = {
      untilMs: t0 + 60 * minute,
      untilCount: 3_000_000_000,
      untilNextRelease: false,
      atMs: t0,
    };
    await db.pool.query("UPDATE incidents SET snooze = $2 WHERE id = $1", [other, snooze]);
    expect(await work(10)).toEqual({ woken: 1, cameBack: 0 });
  });
});

it("a muted incident sleeps through everything but its end", async () => {
  const { incidentId } = (await see(0, { release: "1.0" })).incident;
  await muteIncident(at(0), { incidentId, untilMs: t0 + 30 * minute });
  await see(1, { release: "2.0" });
  expect((await work(29)).woken).toBe(0);
  expect((await work(30)).woken).toBe(1);
  expect((await describeIncident(at(30), incidentId)).woke?.from).toBe("mute");
});

it("a resolved incident that is seen again is a regression, with both releases", async () => {
  const { incidentId } = (await see(0, { release: "1.0" })).incident;
  await resolveIncident(at(1), { incidentId });
  expect((await work(2)).cameBack).toBe(0);
  await see(3, { release: "1.1" });
  await see(4, { release: "1.2" });
  expect((await work(5)).cameBack).toBe(1);
  expect((await work(6)).cameBack).toBe(0);
  expect((await describeIncident(at(6), incidentId)).resolution).toMatchObject({
    ...{ release: "1.0", cameBackAtMs: t0 + 3 * minute, cameBackRelease: "1.1" },
  });
});

describe("the draft of a merged incident", () => {
  it("is closed, its approval voided, and open again without it when it is taken out", async () => {
    const lead = (await see(0, { name: "alpha" })).incident.incidentId;
    const { incident, draft } = await see(0, { name: "beta" });
    const draftId = draft?.draftId ?? "";
    await approveDraft(at(0), { draftId });
    await mergeIncidents(at(1), {
      leadId: lead,
      incidentIds: [incident.incidentId],
      reason: "The same pool",
    });
    expect(await getDraft(at(1), draftId)).toMatchObject({ approval: "denied", supersededById: lead });
    expect(await refusal(approveDraft(at(1), { draftId }))).toBe("conflict draft_not_pending_approval");
    const ended = await db.pool.query("SELECT state, ended_reason FROM approvals WHERE draft_id = $1", [
      draftId,
    ]);
    expect(ended.rows).toMatchObject([{ state: "voided", ended_reason: [{ code: "incident_merged" }] }]);
    await unmergeIncident(at(2), incident.incidentId);
    expect(await getDraft(at(2), draftId)).toMatchObject({ approval: "voided", supersededById: null });
    expect(await refusal(unmergeIncident(at(2), incident.incidentId))).toBe("conflict not_merged");
  });
});

describe("a split", () => {
  it("moves one value, sends later ones there, and is undone", async () => {
    const { incidentId } = (await see(0, { environment: "prod" })).incident;
    await see(1, { environment: "staging" });
    await see(2, { environment: "prod" });
    const split = { incidentId, attribute: "environment", value: "staging" };
    const made = await splitIncident(at(3), split);
    expect(made).toMatchObject({ moved: 1, incident: { occurrenceCount: 1 }, from: { occurrenceCount: 2 } });
    expect(made.incident.draftId).not.toBeNull();
    expect((await see(4, { environment: "staging" })).incident).toMatchObject({
      incidentId: made.incident.incidentId,
      occurrenceCount: 2,
    });
    expect((await see(4, { environment: "prod" })).incident).toMatchObject({
      incidentId,
      occurrenceCount: 3,
    });
    expect(await refusal(splitIncident(at(4), { ...split, value: "prod" }))).toBe(
      "conflict everything_has_it",
    );
    await undoGrouping(at(5), made.ruleId);
    expect((await see(6, { environment: "staging" })).incident).toMatchObject({
      incidentId,
      occurrenceCount: 6,
    });
    expect(await refusal(undoGrouping(at(7), made.ruleId))).toBe("conflict grouping_undone");
  });
});

it("nobody is on the draft of what was split off, and anybody can be", async () => {
  const { incident, draft } = await see(0, { environment: "prod" });
  await see(1, { environment: "staging" });
  const { draftId = "" } = draft ?? {};
  await claimDraft(at(2), { draftId });
  const split = { incidentId: incident.incidentId, attribute: "environment", value: "staging" };
  const made = await splitIncident(at(3), split);
  const ann = actors.approver({ userId: "ann", name: "Ann" });
  const claimed = await claimDraft(at(4, ann), { draftId: made.incident.draftId ?? "" });
  expect(claimed).toMatchObject({ by: { id: "ann" }, sinceMs: t0 + 4 * minute });
  expect((await getDraft(at(4), draftId)).claim?.by.id).not.toBe("ann");
});

describe("a grouping rule", () => {
  const admin = (min: number) => at(min, actors.admin());
  it("says what it would merge, merges it, holds for later sightings, and is undone", async () => {
    const first = (await see(0, { component: "eu" })).incident;
    const second = (await see(1, { component: "us" })).incident;
    await see(1, { name: "other", component: "eu" });
    const rule = {
      projectId: null,
      match: { event: "ledger.failed" },
      effect: { kind: "ignore", parts: ["component"] },
    } as const;
    const input = { ...rule, effect: { kind: "ignore" as const, parts: ["component" as const] } };
    const preview = await previewGrouping(at(2), input);
    expect(preview).toMatchObject({ lookedAt: 3, mergedCount: 1, untouched: 1, continued: 1 });
    expect(await refusal(applyGrouping(at(2), input))).toMatch(/^forbidden/);
    const applied = await applyGrouping(admin(2), input);
    expect(applied.outcome.merged).toEqual([{ memberId: second.incidentId, leadId: first.incidentId }]);
    // A component that was never seen is the same failure now, the short way too.
    for (const component of ["asia", "us", "eu", "asia"])
      expect((await see(3, { component })).incident.incidentId).toBe(first.incidentId);
    expect((await describeIncident(at(4), first.incidentId)).occurrenceCount).toBe(6);
    await undoGrouping(admin(5), applied.ruleId);
    expect((await see(6, { component: "us" })).incident).toMatchObject({
      incidentId: second.incidentId,
      occurrenceCount: 2,
    });
    expect((await see(6, { component: "eu" })).incident).toMatchObject({
      incidentId: first.incidentId,
      occurrenceCount: 6,
    });
  });

  it("tells apart by an attribute from then on, and the incident goes on with its most frequent value", async () => {
    const { incidentId } = (await see(0, { environment: "prod" })).incident;
    await see(1, { environment: "prod" });
    await see(1, { environment: "staging" });
    const effect = { kind: "add" as const, attribute: "environment" as const };
    const rule = await applyGrouping(admin(2), { projectId: null, match: {}, effect });
    expect(rule.outcome.continued).toEqual([incidentId]);
    expect((await see(3, { environment: "prod" })).incident).toMatchObject({
      incidentId,
      occurrenceCount: 4,
    });
    expect((await see(3, { environment: "staging" })).incident.incidentId).not.toBe(incidentId);
    await undoGrouping(admin(4), rule.ruleId);
    expect((await see(5, { environment: "staging" })).incident).toMatchObject({
      incidentId,
      occurrenceCount: 5,
    });
  });

  it("refuses what is no expression, naming the field", async () => {
    const effect = { kind: "variable" as const, pattern: "(" };
    expect(await refusal(previewGrouping(at(0), { projectId: null, match: {}, effect }))).toBe(
      "invalid grouping_invalid",
    );
  });
});
