import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Role, UserActor } from "@/lib/domain/actor";
import type { Destination, SafetyDefaults } from "@/lib/domain/config";
import { aRoute } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { publishDraft } from "../publishing/publish-draft";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { breakGlass } from "./break-glass";
import { denyDraft } from "./deny-draft";
import { expireApproval } from "./expire-approval";
import { getDraftReview } from "./get-draft-review";
import { listBreakGlassReviews } from "./list-break-glass-reviews";
import { reviewBreakGlass } from "./review-break-glass";
import { withdrawApproval } from "./withdraw-approval";

let database: TestDatabase;
let db: Database;
let serial = 0;
const startMs = Date.UTC(2026, 5, 29, 12);
let nowMs = startMs;

const local: Destination = {
  ...{ destinationId: "local", name: "Local", kind: "telemetry", enabled: true, requireApproval: false },
  routeTags: [],
};

const person = (id: string, role: Role = "approver", fields: Partial<UserActor> = {}): UserActor => ({
  ...actors.approver({ userId: id, name: id, email: `${id}@example.test`, role }),
  ...fields,
});
const as = (actor: Parameters<typeof testContext>[1]) => testContext(db, actor, { nowMs });
const ada = () => as(person("ada"));
const bob = () => as(person("bob"));
const chief = (fields: Partial<UserActor> = {}) =>
  as(person("chief", "admin", { stepUpAtMs: nowMs - 1, ...fields }));

async function configure(route: object, safetyDefaults: Partial<SafetyDefaults> = {}) {
  // What a patch leaves out is kept, so that each of these says all of it.
  const said = { approvalsRequired: null, authorMayNotApprove: null, ...route };
  const routes = [{ ...aRoute({ routeId: "pay", name: "Pay", destinationIds: ["local"] }), ...said }];
  const patch = aConfigPatch({ destinations: [local], defaultDestinationIds: ["local"] });
  await patchConfig(as(actors.admin()), { patch: { ...patch, routes, safetyDefaults } });
}

async function newDraft(by: Parameters<typeof testContext>[1] = actors.adminToken()): Promise<string> {
  serial += 1;
  const report = aReport({ fingerprint: `several-${serial}`, riskLevel: "medium" });
  const accepted = await acceptReport(as(by), report);
  if (!accepted.draft) throw new Error("no draft");
  return accepted.draft.draftId;
}

const facetOf = async (draftId: string) =>
  (await db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } })).approval;
const statesOf = async (draftId: string) => {
  const rows = await db.prisma.approval.findMany({ where: { draftId }, orderBy: { createdAt: "asc" } });
  return rows.map((row) => `${(row.actor as { id: string }).id}: ${row.state}`).sort();
};
const auditOf = async (draftId: string) => {
  const rows = await db.prisma.auditEntry.findMany({ where: { subjectId: draftId } });
  return rows.map((row) => `${row.action.replace("incident_monitor.", "")} ${row.outcome}`);
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  for (const [id, role] of [
    ["ada", "approver"],
    ["bob", "approver"],
    ["cyd", "approver"],
    ["chief", "admin"],
    ["eve", "auditor"],
  ] as const) {
    await db.prisma.user.create({ data: { id, email: `${id}@example.test`, name: id, role } });
  }
});

beforeEach(async () => {
  nowMs = startMs;
  await db.prisma.breakGlassUse.deleteMany();
  await configure({ approvalsRequired: 2 });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("two people", () => {
  it("open the gate together: each has a row of the same digest, and until then nothing leaves", async () => {
    const draftId = await newDraft();
    expect(await facetOf(draftId)).toBe("required");
    expect(await approveDraft(ada(), { draftId })).toMatchObject({ missing: 1, needed: 2, queued: [] });
    expect(await facetOf(draftId)).toBe("required");
    const review = await getDraftReview(bob(), draftId);
    expect(review.quorum).toMatchObject({
      needed: 2,
      missing: 1,
      destinationIds: ["local"],
      peopleOnly: true,
    });
    expect(review.quorum.counted.map((each) => each.actor.name)).toEqual(["ada"]);
    expect(await publishDraft(bob(), { draftId, destinationIds: [] })).toMatchObject({
      action: "approval_required",
      reasons: [{ code: "approvals_missing" }, { code: "route_people" }],
    });

    expect(await approveDraft(bob(), { draftId })).toMatchObject({ missing: 0 });
    expect(await facetOf(draftId)).toBe("granted");
    const rows = await db.prisma.approval.findMany({ where: { draftId }, include: { payloads: true } });
    expect(new Set(rows.map((row) => row.digest)).size).toBe(1);
    expect(rows.map((row) => [row.needed, row.binding, row.payloads.length])).toEqual([
      [2, "content", 1],
      [2, "content", 1],
    ]);
    expect(await publishDraft(bob(), { draftId, destinationIds: [] })).toMatchObject({ action: "queued" });
    expect(await auditOf(draftId)).toEqual(
      expect.arrayContaining(["approval.given done", "draft.approved done"]),
    );
  });

  it("at the same moment open it once; the same person at the same moment counts once", async () => {
    const draftId = await newDraft();
    const both = await Promise.all([approveDraft(ada(), { draftId }), approveDraft(bob(), { draftId })]);
    expect(both.map((each) => each.missing).sort()).toEqual([0, 1]);
    expect(await facetOf(draftId)).toBe("granted");

    const other = await newDraft();
    const twice = await Promise.allSettled([
      approveDraft(ada(), { draftId: other }),
      approveDraft(ada(), { draftId: other }),
    ]);
    expect(twice.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await statesOf(other)).toEqual(["ada: granted"]);
    await expect(approveDraft(ada(), { draftId: other })).rejects.toMatchObject({
      reason: "already_counted",
    });
  });

  it("are people: a token is refused and the attempt is on record", async () => {
    const draftId = await newDraft();
    await expect(approveDraft(as(actors.adminToken()), { draftId })).rejects.toMatchObject({
      ...{ kind: "forbidden", reason: "person_required" },
    });
    expect(await auditOf(draftId)).toContain("approval.refused denied");
    expect(await statesOf(draftId)).toEqual([]);
  });

  it("must both still be allowed to when the gate opens", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await db.prisma.user.update({ where: { id: "ada" }, data: { role: "viewer" } });
    try {
      expect(await approveDraft(bob(), { draftId })).toMatchObject({ missing: 1 });
      expect(await facetOf(draftId)).toBe("required");
    } finally {
      await db.prisma.user.update({ where: { id: "ada" }, data: { role: "approver" } });
    }
    expect(await approveDraft(as(person("cyd")), { draftId })).toMatchObject({ missing: 0 });
  });

  it("approve the same destinations, or it does not add up", async () => {
    const more = [local, { ...local, destinationId: "second", name: "Second" }];
    await patchConfig(as(actors.admin()), { patch: { destinations: more } });
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId, destinationIds: ["local"] });
    await expect(approveDraft(bob(), { draftId, destinationIds: ["local", "second"] })).rejects.toMatchObject(
      { reason: "covers_other_destinations" },
    );
    expect(await approveDraft(bob(), { draftId })).toMatchObject({ missing: 0 });
  });
});

describe("what ends approvals of several", () => {
  it("a change voids all of them, says what reads differently, and counting begins again", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await db.prisma.draft.update({ where: { id: draftId }, data: { title: "Another title" } });
    const review = await getDraftReview(bob(), draftId);
    expect(review.quorum).toMatchObject({ missing: 2, counted: [], outdated: [{ actor: { id: "ada" } }] });
    expect(await approveDraft(bob(), { draftId })).toMatchObject({ missing: 1 });
    expect(await statesOf(draftId)).toEqual(["ada: voided", "bob: granted"]);
    const voided = await db.prisma.approval.findFirstOrThrow({ where: { draftId, state: "voided" } });
    expect(voided.endedReason).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "draft_changed", fields: { field: "title" } }),
      ]),
    );
    expect(voided.endedDiff).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "draft.title", after: "Another title" })]),
    );
    expect(await auditOf(draftId)).toContain("approval.voided done");
    // Ada looks again and approves what is there now.
    expect(await approveDraft(ada(), { draftId })).toMatchObject({ missing: 0 });
  });

  it("one lapses by itself before the gate opens; once it is open the earliest end is the end of all", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId, expiresInMs: 60_000 });
    nowMs += 60_000;
    await expireApproval(as(actors.system()), draftId);
    expect(await statesOf(draftId)).toEqual(["ada: expired"]);
    expect(await facetOf(draftId)).toBe("required");

    await approveDraft(ada(), { draftId, expiresInMs: 60_000 });
    await approveDraft(bob(), { draftId, expiresInMs: 600_000 });
    expect((await getDraftReview(ada(), draftId)).quorum.endsAtMs).toBe(nowMs + 60_000);
    nowMs += 60_000;
    expect(await publishDraft(bob(), { draftId, destinationIds: [] })).toMatchObject({
      ...{ action: "approval_required", reasons: [{ code: "approval_expired" }] },
    });
    expect(await facetOf(draftId)).toBe("expired");
    expect(await statesOf(draftId)).toEqual(["ada: expired", "ada: expired", "bob: expired"]);
  });

  it("one denial denies, also after some have approved", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await denyDraft(bob(), { draftId, reason: "Not ours" });
    expect(await facetOf(draftId)).toBe("denied");
    expect(await statesOf(draftId)).toEqual(["ada: voided", "bob: denied"]);
  });

  it("fewer people needed by now is a change of the policy, and voids too", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await configure({ approvalPolicy: "always" });
    expect(await approveDraft(bob(), { draftId })).toMatchObject({ missing: 0 });
    expect(await statesOf(draftId)).toEqual(["ada: voided", "bob: granted"]);
  });
});

describe("withdrawing", () => {
  it("takes back one's own: the gate closes, what waited is cancelled, the other's stands", async () => {
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await approveDraft(bob(), { draftId });
    await publishDraft(bob(), { draftId, destinationIds: [] });
    await withdrawApproval(ada(), { draftId, reason: "Wrong customer" });
    expect(await facetOf(draftId)).toBe("required");
    expect(await statesOf(draftId)).toEqual(["ada: withdrawn", "bob: granted"]);
    const deliveries = await db.prisma.delivery.findMany({ where: { draftId } });
    expect(deliveries.map((each) => each.state)).toEqual(["cancelled"]);
    await expect(withdrawApproval(ada(), { draftId })).rejects.toMatchObject({
      reason: "no_approval_of_yours",
    });
    expect(await approveDraft(as(person("cyd")), { draftId })).toMatchObject({ missing: 0 });
  });

  it("is too late once something leaves", async () => {
    await configure({ approvalPolicy: "always" });
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    await publishDraft(ada(), { draftId, destinationIds: [] });
    await db.prisma.delivery.updateMany({ where: { draftId }, data: { state: "sending" } });
    await expect(withdrawApproval(ada(), { draftId })).rejects.toMatchObject({ reason: "already_left" });
    expect(await facetOf(draftId)).toBe("granted");
  });
});

describe("its author", () => {
  it("may not approve what they reported by hand, nor what they edited last; somebody else may", async () => {
    await configure({ approvalPolicy: "always", authorMayNotApprove: true });
    const draftId = await newDraft(person("ada"));
    const review = await getDraftReview(ada(), draftId);
    expect(review.actions.approve).toMatchObject({ allowed: false, reason: /You reported this. Route Pay/ });
    await expect(approveDraft(ada(), { draftId })).rejects.toMatchObject({
      ...{ kind: "forbidden", reason: "author_may_not_approve" },
    });
    await db.prisma.draftRevision.create({
      data: {
        ...{ draftId, revision: 99, content: {}, changes: [] },
        actor: { kind: "user", id: "bob", name: "bob" },
      },
    });
    await expect(approveDraft(bob(), { draftId })).rejects.toMatchObject({
      reason: "author_may_not_approve",
    });
    expect(await approveDraft(as(person("cyd")), { draftId })).toMatchObject({ missing: 0 });
  });
});

describe("high risk", () => {
  it("asks for a proof of lately, and takes no token, where the admin said so", async () => {
    await configure({ approvalPolicy: "always" }, { requireStepUpForHighRisk: true, highRiskCategories: [] });
    serial += 1;
    const { draft } = await acceptReport(
      as(actors.adminToken()),
      aReport({ fingerprint: `several-${serial}`, riskLevel: "high" }),
    );
    const draftId = draft?.draftId ?? "";
    await expect(approveDraft(as(actors.adminToken()), { draftId })).rejects.toMatchObject({
      reason: "person_required",
    });
    expect((await getDraftReview(ada(), draftId)).stepUpDue.approve).toBe(true);
    await expect(approveDraft(ada(), { draftId })).rejects.toMatchObject({
      ...{ kind: "forbidden", reason: "step_up_required", context: { step_up: true } },
    });
    const proven = as(person("ada", "approver", { stepUpAtMs: nowMs - 1_000 }));
    expect(await approveDraft(proven, { draftId })).toMatchObject({ missing: 0 });
  });
});

describe("breaking the glass", () => {
  const reason = "Payments are down and nobody is awake";

  it("opens the gate alone, is on record, and waits for somebody else's review", async () => {
    await configure({ approvalsRequired: 3 });
    const draftId = await newDraft();
    await approveDraft(ada(), { draftId });
    expect(await breakGlass(chief(), { draftId, reason })).toMatchObject({ missing: 0 });
    expect(await facetOf(draftId)).toBe("granted");
    expect(await statesOf(draftId)).toEqual(["ada: voided", "chief: granted"]);
    const { uses, open } = await listBreakGlassReviews(ada(), { filter: {}, page: { limit: 10 } });
    expect([uses, open]).toMatchObject([[{ draftId, reason, overridden: [{ code: "route_people" }] }], 1]);
    expect(await publishDraft(bob(), { draftId, destinationIds: [] })).toMatchObject({ action: "queued" });

    const breakGlassId = uses[0]?.breakGlassId ?? "";
    const verdict = { breakGlassId, verdict: "justified", note: "It was real" } as const;
    await expect(reviewBreakGlass(chief(), verdict)).rejects.toMatchObject({ reason: "own_break_glass" });
    await expect(reviewBreakGlass(ada(), verdict)).rejects.toMatchObject({ kind: "forbidden" });
    const reviewed = await reviewBreakGlass(as(person("eve", "auditor")), verdict);
    expect(reviewed).toMatchObject({ verdict: "justified", note: "It was real", reviewedBy: { id: "eve" } });
    await expect(reviewBreakGlass(as(person("eve", "auditor")), verdict)).rejects.toMatchObject({
      reason: "already_reviewed",
    });
    const actions = await db.prisma.auditEntry.findMany({
      where: { action: { startsWith: "incident_monitor.break_glass." } },
    });
    expect(new Set(actions.map((row) => row.action.split(".").at(-1)))).toEqual(
      new Set(["used", "refused", "reviewed"]),
    );
  });

  it("is refused to whom it is not for, and where nothing calls for it", async () => {
    const draftId = await newDraft();
    await expect(breakGlass(ada(), { draftId, reason })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(breakGlass(as(actors.adminToken()), { draftId, reason })).rejects.toMatchObject({
      reason: "person_required",
    });
    await expect(breakGlass(chief({ stepUpAtMs: null }), { draftId, reason })).rejects.toMatchObject({
      reason: "step_up_required",
    });
    await approveDraft(ada(), { draftId });
    // One more is missing, and the admin's own is that one.
    await expect(breakGlass(chief(), { draftId, reason })).rejects.toMatchObject({
      reason: "break_glass_not_needed",
    });
    await denyDraft(bob(), { draftId });
    await expect(breakGlass(chief(), { draftId, reason })).rejects.toMatchObject({
      reason: "draft_not_pending_approval",
    });
  });

  it("does not go around a destination that is not ready", async () => {
    await patchConfig(as(actors.admin()), { patch: { destinations: [{ ...local, enabled: false }] } });
    const draftId = await newDraft();
    await expect(breakGlass(chief(), { draftId, reason })).rejects.toMatchObject({ kind: "not_ready" });
    expect(await facetOf(draftId)).toBe("required");
  });

  it("is capped, also for two at once, and stops while one of one's own is overdue", async () => {
    await configure({ approvalsRequired: 2 }, { breakGlassPerPerson: 1 });
    const [first, second] = [await newDraft(), await newDraft()];
    const both = await Promise.allSettled([
      breakGlass(chief(), { draftId: first, reason }),
      breakGlass(chief(), { draftId: second, reason }),
    ]);
    expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await db.prisma.breakGlassUse.count()).toBe(1);
    const left = (await facetOf(first)) === "granted" ? second : first;
    expect(await facetOf(left)).toBe("required");
    await expect(breakGlass(chief(), { draftId: left, reason })).rejects.toMatchObject({
      reason: "break_glass_capped",
    });
    nowMs += 73 * 3_600_000;
    await expect(breakGlass(chief(), { draftId: left, reason })).rejects.toMatchObject({
      reason: "break_glass_review_overdue",
    });
    const { overdue } = await listBreakGlassReviews(chief(), { filter: {}, page: { limit: 10 } });
    expect(overdue).toBe(1);
  });
});

describe("whatever anybody does, in any order", () => {
  const people = ["ada", "bob", "cyd"] as const;
  const who = fc.constantFrom(...people);
  type Step = {
    do: "approve" | "withdraw" | "edit" | "token" | "wait" | "deny";
    who: (typeof people)[number];
  };
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom("approve", "approve", "approve", "withdraw", "edit", "token", "wait", "deny"),
    who,
  }) as fc.Arbitrary<Step>;

  async function take(each: Step, draftId: string): Promise<void> {
    const actor = as(person(each.who));
    const verbs: Record<Step["do"], () => Promise<unknown>> = {
      approve: () => approveDraft(actor, { draftId, expiresInMs: 90_000 }),
      withdraw: () => withdrawApproval(actor, { draftId }),
      edit: () => db.prisma.draft.update({ where: { id: draftId }, data: { title: `Edited ${serial++}` } }),
      token: () => approveDraft(as(actors.adminToken()), { draftId }),
      wait: async () => {
        nowMs += 60_000;
        await expireApproval(as(actors.system()), draftId);
      },
      deny: () => denyDraft(actor, { draftId }),
    };
    // A refusal is an answer too: only what the gate comes to matters here.
    await verbs[each.do]().catch((error) => expect(error).toHaveProperty("reason"));
  }

  it("what two must approve is queued only with two different people on what leaves", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        nowMs = startMs;
        const draftId = await newDraft();
        for (const each of steps) await take(each, draftId);
        const published = await publishDraft(as(person("ada")), { draftId, destinationIds: [] }).catch(
          () => null,
        );
        const review = await getDraftReview(as(person("ada")), draftId);
        const standing = await db.prisma.approval.findMany({
          where: { draftId, state: "granted", expiresAt: { gt: new Date(nowMs) } },
        });
        const alike = standing.filter((row) => row.digest === review.digest);
        const different = new Set(alike.map((row) => row.actorKey));
        expect(published?.action === "queued").toBe(
          review.draft.approval === "granted" && different.size >= 2,
        );
        if (published?.action === "queued")
          expect([...different].every((key) => key.startsWith("user:"))).toBe(true);
      }),
      { numRuns: 8 },
    );
  });
});
