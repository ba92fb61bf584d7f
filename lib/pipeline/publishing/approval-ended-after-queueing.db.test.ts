import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { aMatcher } from "@/lib/testing/silences";
import { approveDraft } from "../drafts/approve-draft";
import { expireApproval } from "../drafts/expire-approval";
import { getDraft } from "../drafts/get-draft";
import { voidApproval } from "./require-approval";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const hour = 3_600_000;
const approver = () => ground.as(actors.approver());
const stateOf = async (draftId: string) => {
  const { state, lastReason } = await ground.delivery(draftId);
  return [state, (lastReason as { code?: string } | null)?.code];
};
const sentOf = async (draftId: string) =>
  ground.db.prisma.telemetryRecord.count({ where: { deliveryId: (await ground.delivery(draftId)).id } });

/** Approved for an hour and queued; nothing was sent yet. */
async function queuedDraft(): Promise<string> {
  const draftId = await ground.draftOf({ riskLevel: "high" });
  await approveDraft(approver(), { draftId, expiresInMs: hour });
  expect(await ground.publish(draftId)).toMatchObject({ action: "queued" });
  return draftId;
}

describe("what was queued under an approval that ended", () => {
  it("is not sent after a silence that outlasted it", async () => {
    const draftId = await queuedDraft();
    const matcher = aMatcher({ matchSources: ["payments"] });
    await ground.silence({ matcher, expiresAtMs: ground.clock.nowMs + 2 * hour });
    await ground.turn();
    expect(await stateOf(draftId)).toEqual(["due", "silenced"]);
    ground.clock.nowMs += 3 * hour;
    await expireApproval(ground.system(), draftId);
    await ground.turn();
    expect(await stateOf(draftId)).toEqual(["blocked", "approval_expired"]);
    expect(await sentOf(draftId)).toBe(0);
  });

  it("is not sent between its end and the sweep that says so", async () => {
    const draftId = await queuedDraft();
    ground.clock.nowMs += hour;
    await ground.turn();
    expect((await getDraft(ground.as(), draftId)).approval).toBe("granted");
    expect(await stateOf(draftId)).toEqual(["blocked", "approval_expired"]);
    expect(await sentOf(draftId)).toBe(0);
  });

  it("is not sent once that was voided", async () => {
    const draftId = await queuedDraft();
    await voidApproval(approver(), await getDraft(ground.as(), draftId), "voided", { because: [] });
    await ground.turn();
    expect(await stateOf(draftId)).toEqual(["blocked", "approval_voided"]);
    expect(await sentOf(draftId)).toBe(0);
  });

  it.each(["before", "after"])("is sent under a new approval, given %s it was blocked", async (when) => {
    const draftId = await queuedDraft();
    ground.clock.nowMs += 2 * hour;
    if (when === "after") await ground.turn();
    await expireApproval(ground.system(), draftId);
    await approveDraft(approver(), { draftId });
    await ground.publish(draftId);
    await ground.turn();
    expect(await stateOf(draftId)).toEqual(["published", undefined]);
    expect(await sentOf(draftId)).toBe(1);
  });

  it("is sent while the approval stands", async () => {
    const draftId = await queuedDraft();
    ground.clock.nowMs += hour - 1;
    await ground.turn();
    expect(await stateOf(draftId)).toEqual(["published", undefined]);
  });
});
