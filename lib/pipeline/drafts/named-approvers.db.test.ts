import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Role, UserActor } from "@/lib/domain/actor";
import type { Destination, SafetyDefaults } from "@/lib/domain/config";
import { aRoute } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { getPosture } from "../governance/get-posture";
import { acceptReport } from "../intake/accept-report";
import { publishDraft } from "../publishing/publish-draft";
import { previewRoute } from "../routing/preview-route";
import { getOverview } from "../settings/get-overview";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { breakGlass } from "./break-glass";
import { getDraftReview } from "./get-draft-review";
import { listDrafts } from "./list-drafts";

let database: TestDatabase;
let db: Database;
let serial = 0;
const nowMs = Date.UTC(2026, 5, 29, 12);

const local: Destination = {
  ...{ destinationId: "local", name: "Local", kind: "telemetry", enabled: true, requireApproval: false },
  routeTags: [],
};
const person = (id: string, role: Role = "approver", fields: Partial<UserActor> = {}): UserActor => ({
  ...actors.approver({ userId: id, name: id, email: `${id}@example.test`, role }),
  ...fields,
});
const as = (actor: Parameters<typeof testContext>[1]) => testContext(db, actor, { nowMs });
const by = (id: string) => as(person(id));
const chief = () => as(person("chief", "admin", { stepUpAtMs: nowMs - 1 }));

async function configure(route: object, safetyDefaults: Partial<SafetyDefaults> = {}) {
  // What a patch leaves out is kept, so that each of these says all of it.
  const said = { approvalsRequired: null, approvers: null, authorMayNotApprove: null, ...route };
  const routes = [{ ...aRoute({ routeId: "pay", name: "Pay", destinationIds: ["local"] }), ...said }];
  const patch = aConfigPatch({ destinations: [local], defaultDestinationIds: ["local"] });
  const named = { approversHighRisk: null, approversCriticalRisk: null, ...safetyDefaults };
  return patchConfig(as(actors.admin()), { patch: { ...patch, routes, safetyDefaults: named } });
}

async function newDraft(riskLevel = "medium", reporter: Parameters<typeof as>[0] = actors.adminToken()) {
  serial += 1;
  const accepted = await acceptReport(as(reporter), aReport({ fingerprint: `named-${serial}`, riskLevel }));
  if (!accepted.draft) throw new Error("no draft");
  return accepted.draft.draftId;
}

const facetOf = async (draftId: string) =>
  (await db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } })).approval;
const setDisabled = (id: string, disabled: boolean) =>
  db.prisma.user.update({ where: { id }, data: { disabledAt: disabled ? new Date(nowMs) : null } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  for (const id of ["ada", "ben", "cyd", "dan"])
    await db.prisma.user.create({ data: { id, email: `${id}@example.test`, name: id, role: "approver" } });
  await db.prisma.user.create({
    data: { id: "chief", email: "chief@example.test", name: "chief", role: "admin" },
  });
});

beforeEach(async () => {
  await db.prisma.user.updateMany({ data: { disabledAt: null } });
  await configure({ approvers: ["ada", "ben"] });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("people who are named", () => {
  it("asks for approval by itself; one of them opens it, nobody else and no token may", async () => {
    const draftId = await newDraft();
    expect(await facetOf(draftId)).toBe("required");
    for (const [ctx, code] of [
      [by("cyd"), "approver_not_named"],
      [as(actors.adminToken()), "person_required"],
    ] as const)
      await expect(approveDraft(ctx, { draftId })).rejects.toMatchObject({ kind: "forbidden", reason: code });
    const { actions } = await getDraftReview(by("cyd"), draftId);
    expect(actions.approve).toEqual({
      allowed: false,
      reason: "One of ada and ben must approve this, and you are not among them",
    });
    expect(await approveDraft(by("ben"), { draftId })).toMatchObject({ missing: 0 });
    expect(await facetOf(draftId)).toBe("granted");
    expect(await publishDraft(by("cyd"), { draftId, destinationIds: [] })).toMatchObject({
      action: "queued",
    });
    const { approvals } = await getDraftReview(by("cyd"), draftId);
    expect(approvals[0]?.because.map((each) => each.message)).toEqual([
      "Route Pay asks for 1 of ada and ben",
    ]);
    const entry = await db.prisma.auditEntry.findFirstOrThrow({
      where: { subjectId: draftId, action: "incident_monitor.draft.approved" },
    });
    expect(entry.detail).toMatchObject({
      named: [{ rule: "route_people", count: 1, names: ["ada", "ben"], approved: ["ben"] }],
    });
  });

  it("of a route and of high risk must each be met by their own", async () => {
    await configure(
      { approvers: ["ada"] },
      { approvalsRequiredHighRisk: 2, approversHighRisk: ["ben", "cyd"] },
    );
    const draftId = await newDraft("high");
    expect(await approveDraft(by("ben"), { draftId })).toMatchObject({ missing: 2 });
    expect(await approveDraft(by("cyd"), { draftId })).toMatchObject({ missing: 1 });
    await expect(approveDraft(by("dan"), { draftId })).rejects.toMatchObject({
      reason: "approver_not_named",
    });
    expect(await facetOf(draftId)).toBe("required");
    expect(await approveDraft(by("ada"), { draftId })).toMatchObject({ missing: 0, needed: 3 });
  });

  it("are asked for alone in the lists: to others it waits for others", async () => {
    const draftId = await newDraft();
    const marks = async (id: string) => {
      const { drafts } = await listDrafts(by(id), { filter: {}, page: { limit: 50 } });
      const { approvalsDue } = await getOverview(by(id));
      return [drafts, approvalsDue].map((rows) => rows.find((each) => each.draftId === draftId)?.asksOthers);
    };
    expect(await marks("ada")).toEqual([undefined, undefined]);
    expect(await marks("cyd")).toEqual([true, true]);
  });
});

describe("somebody who cannot any more", () => {
  it("counts no more, keeps the gate shut and is told of; breaking the glass goes around it", async () => {
    await configure({ approvers: ["ada", "ben"], approvalsRequired: 2 });
    const draftId = await newDraft();
    await approveDraft(by("ada"), { draftId });
    await setDisabled("ada", true);
    expect(await approveDraft(by("ben"), { draftId })).toMatchObject({ missing: 1 });
    expect(await facetOf(draftId)).toBe("required");
    const { quorum } = await getDraftReview(by("cyd"), draftId);
    expect(quorum.unreachable).toMatchObject([{ code: "approvers_unreachable" }]);
    expect(quorum.unreachable[0]?.message).toContain("ada is disabled");
    expect(quorum.named[0]?.people.map((each) => each.standing)).toEqual(["disabled", "may"]);
    await expect(approveDraft(by("cyd"), { draftId })).rejects.toMatchObject({
      reason: "approver_not_named",
    });
    await breakGlass(chief(), { draftId, reason: "Payments are down and nobody is awake" });
    expect(await facetOf(draftId)).toBe("granted");
  });

  it("after the gate opened does not close it, as for anybody who is demoted then", async () => {
    const draftId = await newDraft();
    await approveDraft(by("ada"), { draftId });
    await setDisabled("ada", true);
    expect(await publishDraft(by("cyd"), { draftId, destinationIds: [] })).toMatchObject({
      action: "queued",
    });
  });

  it("disabled while both approve at once: it opens only with those who may still decide", async () => {
    await configure({ approvers: ["ada", "ben"], approvalsRequired: 2 });
    const draftId = await newDraft();
    const [, ...given] = await Promise.allSettled([
      setDisabled("ada", true),
      approveDraft(by("ada"), { draftId }),
      approveDraft(by("ben"), { draftId }),
    ]);
    const opened = given.some((each) => each.status === "fulfilled" && each.value.missing === 0);
    expect(await facetOf(draftId)).toBe(opened ? "granted" : "required");
    const { quorum } = await getDraftReview(by("cyd"), draftId);
    expect(quorum.counted.map((each) => each.actor.id)).not.toContain("ada");
  });

  it("is a warning when something else is saved, an error where they are named anew, and a finding", async () => {
    await setDisabled("ada", true);
    await setDisabled("ben", true);
    const { warnings } = await configure({ approvers: ["ada", "ben"], priority: 3 });
    expect(warnings).toContainEqual(
      expect.objectContaining({ path: "routes[0].approvers", code: "approvers_too_few" }),
    );
    await expect(configure({ approvers: ["ada"] })).rejects.toMatchObject({
      reason: "config_invalid",
      context: { issues: [{ path: "routes[0].approvers", code: "approvers_too_few" }] },
    });
    await expect(configure({ approvers: ["cyd", "zoe"] })).rejects.toMatchObject({
      context: { issues: [{ path: "routes[0].approvers[1]", code: "approver_unknown" }] },
    });
    const { findings } = await getPosture(as(actors.admin()), { rules: ["named_approvers_unreachable"] });
    expect(findings).toMatchObject([
      { severity: "high", fix: { code: "named_approvers", routeId: "pay", field: "approvers" } },
    ]);
  });

  it("because they wrote it: the review and the preview say so", async () => {
    await configure({ approvers: ["ada"], authorMayNotApprove: true });
    const draftId = await newDraft("medium", person("ada"));
    const { quorum, actions } = await getDraftReview(by("ada"), draftId);
    expect(quorum.unreachable[0]?.message).toContain("ada wrote this");
    expect(actions.approve.allowed).toBe(false);
    const asked = {
      draftId,
      incidentId: null,
      report: null,
      explicit: { routeTags: [] },
      destinationIds: [],
    };
    expect((await previewRoute(by("cyd"), asked)).unreachable).toEqual(quorum.unreachable);
  });
});

describe("naming somebody else", () => {
  it("is another policy: what was approved under the first is void, before and after the gate opens", async () => {
    const open = await newDraft();
    await approveDraft(by("ada"), { draftId: open });
    await configure({ approvers: ["ada", "ben", "cyd"] });
    expect(await publishDraft(by("cyd"), { draftId: open, destinationIds: [] })).toMatchObject({
      action: "approval_required",
      reasons: [{ code: "policy_changed" }],
    });
    expect(await facetOf(open)).toBe("voided");
    await approveDraft(by("cyd"), { draftId: open });
    await configure({ approvers: ["cyd", "ben", "ada"] });
    expect(await publishDraft(by("cyd"), { draftId: open, destinationIds: [] })).toMatchObject({
      action: "queued",
    });
  });
});
