import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BulkOutcome } from "@/lib/domain/bulk";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "../drafts/approve-draft";
import { getDraft } from "../drafts/get-draft";
import { getConfig } from "../settings/get-config";
import { patchConfig } from "../settings/patch-config";
import { decideDrafts } from "./decide-drafts";
import { retryDrafts } from "./retry-drafts";
import { reviewDrafts } from "./review-drafts";
import { triageDrafts } from "./triage-drafts";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
  // Everybody asks for approval, whatever the risk.
  await patchConfig(ground.as(), { patch: { requireApprovalForNewIssues: true } });
});
afterAll(() => ground.close());

const approver = () => ground.as(actors.approver({ userId: "ada", name: "Ada" }));
const gist = (outcomes: readonly BulkOutcome[]) => outcomes.map(({ outcome, code }) => [outcome, code]);
const drafts = async (count: number, fields: Parameters<typeof ground.draftOf>[0] = {}) => {
  const ids: string[] = [];
  for (let each = 0; each < count; each++) ids.push(await ground.draftOf({ riskLevel: "medium", ...fields }));
  return ids;
};
async function reviewed(draftIds: readonly string[]) {
  const rows = await reviewDrafts(approver(), { action: "approve", draftIds });
  return rows.map(({ draftId, digest }) => ({ draftId, digest }));
}
const approve = (items: Awaited<ReturnType<typeof reviewed>>, as = approver()) =>
  decideDrafts(as, { decision: "approve", reason: "All seen", items });

describe("what would become of each", () => {
  it("says for each row what happens, or why it cannot", async () => {
    const [open = "", decided = ""] = await drafts(2);
    const high = await ground.draftOf({ riskLevel: "critical", title: "Grave" });
    await approveDraft(approver(), { draftId: decided });
    const rows = await reviewDrafts(approver(), {
      action: "approve",
      draftIds: [open, decided, high, "nothing", open],
    });
    expect(rows.map(({ allowed, code, message }) => [allowed, code, message])).toEqual([
      [true, null, "Approves for Local."],
      [false, "draft_not_pending_approval", expect.stringMatching(/\.$/)],
      [false, "high_risk", expect.stringContaining("High risk")],
      [false, "draft_not_found", "There is no such draft"],
    ]);
    expect(rows[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[2]).toMatchObject({ title: "Grave", riskLevel: "critical", digest: null });
  });

  it("tells a role that may not", async () => {
    const rows = await reviewDrafts(ground.as(actors.viewer()), {
      action: "deny",
      draftIds: await drafts(1),
    });
    expect(rows[0]).toMatchObject({ allowed: false, code: "role_may_not" });
  });
});

describe("one decision on many", () => {
  it("one that changed since it was shown is refused by itself; the others are approved, each on the record", async () => {
    const ids = await drafts(4);
    const items = await reviewed(ids);
    const changed = ids[2] ?? "";
    await ground.db.prisma.draft.update({
      where: { id: changed },
      data: { title: "Another text", revision: { increment: 1 } },
    });
    const outcomes = await approve(items);
    expect(gist(outcomes)).toEqual([
      ["done", null],
      ["done", null],
      ["conflict", "draft_changed"],
      ["done", null],
    ]);
    expect((await getDraft(approver(), changed)).approval).toBe("required");
    for (const draftId of ids) {
      const entries = await ground.audits("draft.approved", draftId);
      expect(entries).toHaveLength(draftId === changed ? 0 : 1);
    }
  });

  it("sent twice it changes nothing, and somebody else's decision is a conflict", async () => {
    const ids = await drafts(2);
    const items = await reviewed(ids);
    await approve(items);
    expect(gist(await approve(items))).toEqual([
      ["unchanged", null],
      ["unchanged", null],
    ]);
    const ben = ground.as(actors.approver({ userId: "ben", name: "Ben" }));
    expect(gist(await approve(items, ben)).map(([outcome]) => outcome)).toEqual(["conflict", "conflict"]);
    expect(await ground.audits("draft.approved", ids[0])).toHaveLength(1);
  });

  it("high risk and what has no digest are not approved; denying high risk is no risk", async () => {
    const high = await ground.draftOf({ riskLevel: "high" });
    const [plain = ""] = await drafts(1);
    const [item] = await reviewed([plain]);
    const outcomes = await approve([
      { draftId: high, digest: item?.digest ?? "" },
      { draftId: plain, digest: null },
      { draftId: "nothing", digest: "x" },
    ]);
    expect(gist(outcomes)).toEqual([
      ["refused", "high_risk"],
      ["refused", "digest_missing"],
      ["not_found", "draft_not_found"],
    ]);
    const denied = await decideDrafts(approver(), {
      ...{ decision: "deny", reason: "Known noise", items: [{ draftId: high }, { draftId: plain }] },
    });
    expect(gist(denied)).toEqual([
      ["done", null],
      ["done", null],
    ]);
    const approvals = await ground.db.prisma.approval.findMany({ where: { draftId: { in: [high, plain] } } });
    expect(approvals.map((each) => [each.state, each.reason])).toEqual([
      ["denied", "Known noise"],
      ["denied", "Known noise"],
    ]);
  });

  it("where approving sends, what it queues can be undone first", async () => {
    const { safetyDefaults } = await getConfig(ground.as());
    await patchConfig(ground.as(), {
      patch: { safetyDefaults: { ...safetyDefaults, publishOnApproval: true } },
    });
    const ids = await drafts(1);
    await decideDrafts(approver(), {
      ...{ decision: "approve", reason: null, items: await reviewed(ids), graceMs: 5_000 },
    });
    expect(await ground.turn()).toEqual([]);
    ground.clock.nowMs += 5_000;
    expect(await ground.turn()).toEqual(ids);
    await patchConfig(ground.as(), { patch: { safetyDefaults } });
  });

  it("who may decide nowhere is refused as a whole; who may somewhere, for each that is elsewhere", async () => {
    const shop = await ground.draftOf({ riskLevel: "medium" }, "shop");
    const bank = await ground.draftOf({ riskLevel: "medium" }, "bank");
    const items = [{ draftId: shop }, { draftId: bank }];
    const denial = { decision: "deny", reason: "Noise", items } as const;
    await expect(decideDrafts(ground.as(actors.triager()), denial)).rejects.toMatchObject({
      kind: "forbidden",
    });
    const member = ground.as(actors.projectMember({ shop: "approver" }));
    expect(gist(await decideDrafts(member, denial))).toEqual([
      ["done", null],
      ["not_found", "draft_not_found"],
    ]);
  });
});

describe("triage and retry of many", () => {
  it("triage: each by itself, and what is under triage stays so", async () => {
    const [first = "", denied = ""] = await drafts(2);
    await decideDrafts(approver(), { decision: "deny", reason: "Noise", items: [{ draftId: denied }] });
    const [before] = await reviewDrafts(approver(), { action: "triage", draftIds: [first] });
    expect(before).toMatchObject({ allowed: true, message: "Queues a run of triage." });
    expect(gist(await triageDrafts(approver(), [first, denied, "nothing"]))).toEqual([
      ["done", null],
      ["conflict", "draft_denied"],
      ["not_found", "draft_not_found"],
    ]);
    expect(gist(await triageDrafts(approver(), [first]))).toEqual([["unchanged", null]]);
    const after = await reviewDrafts(approver(), { action: "triage", draftIds: [first, denied] });
    expect(after.map((row) => row.code)).toEqual(["triage_under_way", "draft_denied"]);
    await expect(triageDrafts(ground.as(actors.viewer()), [first])).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("retry: what failed is due again, and what did not is refused", async () => {
    const [failed = "", fine = ""] = await drafts(2);
    await approve(await reviewed([failed, fine]));
    await ground.publish(failed);
    await ground.db.prisma.delivery.updateMany({ where: { draftId: failed }, data: { state: "failed" } });
    const rows = await reviewDrafts(approver(), { action: "retry", draftIds: [failed, fine] });
    expect(rows.map(({ allowed, code, message }) => [allowed, code, message])).toEqual([
      [true, null, "Sends again to local."],
      [false, "nothing_failed", "No delivery of it failed."],
    ]);
    expect(gist(await retryDrafts(approver(), [failed, fine, "nothing"]))).toEqual([
      ["done", null],
      ["refused", "nothing_failed"],
      ["not_found", "draft_not_found"],
    ]);
    expect((await ground.delivery(failed)).state).toBe("due");
    expect(await ground.audits("delivery.replayed")).toHaveLength(1);
  });
});
