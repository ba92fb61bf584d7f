import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftClaimMs } from "@/lib/domain/draft-claim";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "./approve-draft";
import { claimDraft } from "./claim-draft";
import { getDraft } from "./get-draft";
import { getDraftReview } from "./get-draft-review";
import { listDrafts } from "./list-drafts";
import { releaseDraft } from "./release-draft";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const ada = () => ground.as(actors.approver({ userId: "ada", name: "Ada" }));
const ben = () => ground.as(actors.triager({ userId: "ben", name: "Ben" }));
const claimed = (draftId: string) => ground.audits("draft.claimed", draftId);

describe("being on a draft", () => {
  it("is seen by others wherever the draft is, renewed by who is on it, and refused to others by name", async () => {
    const draftId = await ground.draftOf({ title: "Claimed once" });
    await claimDraft(ada(), { draftId });
    const sinceMs = ground.clock.nowMs;
    ground.clock.nowMs += 60_000;
    await claimDraft(ada(), { draftId });
    const claim = {
      by: { kind: "user", id: "ada", name: "Ada" },
      ...{ sinceMs, untilMs: ground.clock.nowMs + draftClaimMs },
    };
    const filter = { search: "Claimed once" };
    const listed = await listDrafts(ben(), { filter, page: { limit: 1 } });
    expect(listed.drafts[0]?.claim).toEqual(claim);
    expect((await getDraft(ben(), draftId)).claim).toEqual(claim);
    expect((await getDraftReview(ben(), draftId)).draft.claim).toEqual(claim);
    await expect(claimDraft(ben(), { draftId })).rejects.toMatchObject({
      ...{ kind: "conflict", reason: "claimed_by_other", message: expect.stringContaining("Ada") },
      context: { claim: { by: { name: "Ada" }, since_ms: sinceMs } },
    });
    await expect(releaseDraft(ben(), draftId)).rejects.toMatchObject({ reason: "claimed_by_other" });
    const told = (await claimed(draftId)).sort((one, other) => one.at.getTime() - other.at.getTime());
    expect(told.map((each) => each.detail)).toEqual([{ how: "claimed" }, { how: "renewed" }]);
  });

  it("is taken over when that is said, and left; each on the record", async () => {
    const draftId = await ground.draftOf();
    await claimDraft(ada(), { draftId });
    await claimDraft(ben(), { draftId, takeOver: true });
    expect((await getDraft(ada(), draftId)).claim?.by.name).toBe("Ben");
    expect((await claimed(draftId)).map((each) => each.detail)).toContainEqual({
      ...{ how: "taken_over", from: { kind: "user", id: "ada", name: "Ada" } },
    });
    await releaseDraft(ben(), draftId);
    await releaseDraft(ben(), draftId);
    expect((await getDraft(ada(), draftId)).claim).toBeNull();
    expect(await ground.audits("draft.released", draftId)).toHaveLength(1);
  });

  it("lapses by itself", async () => {
    const draftId = await ground.draftOf();
    await claimDraft(ada(), { draftId });
    ground.clock.nowMs += draftClaimMs;
    expect((await getDraft(ben(), draftId)).claim).toBeNull();
    expect((await claimDraft(ben(), { draftId })).by.name).toBe("Ben");
  });

  it("of two at once one is on it", async () => {
    const draftId = await ground.draftOf();
    const both = await Promise.allSettled([claimDraft(ada(), { draftId }), claimDraft(ben(), { draftId })]);
    const [won] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect((await getDraft(ada(), draftId)).claim?.by).toEqual(won?.by);
    expect(await claimed(draftId)).toHaveLength(1);
  });

  it("binds nobody: another's decision stands, and ends it", async () => {
    const draftId = await ground.draftOf({ riskLevel: "high" });
    await claimDraft(ben(), { draftId });
    await approveDraft(ada(), { draftId });
    expect(await getDraft(ben(), draftId)).toMatchObject({ approval: "granted", claim: null });
  });

  it("is not for who may only read; the refusal is on the record", async () => {
    const draftId = await ground.draftOf();
    await expect(claimDraft(ground.as(actors.viewer()), { draftId })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(releaseDraft(ground.as(actors.viewer()), draftId)).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect(await ground.audits("access.denied", draftId)).toHaveLength(2);
  });
});
