import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "@/lib/db/transaction";
import { undoQueuedDeliveries } from "@/lib/db/waiting-delivery-store";
import { reason } from "@/lib/domain/reason";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { getConfig } from "../settings/get-config";
import { patchConfig } from "../settings/patch-config";
import { publishAndWait } from "./publish-and-wait";
import { publishDraft } from "./publish-draft";
import { undoPublish } from "./undo-publish";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const graceMs = 5_000;
async function published(grace?: number) {
  const draftId = await ground.draftOf();
  await publishDraft(ground.as(), { draftId, destinationIds: [], graceMs: grace });
  const { postId } = await ground.delivery(draftId);
  return { draftId, postIds: [postId] };
}

describe("a publish with time to undo it", () => {
  it("no worker takes it before, and it leaves after", async () => {
    const { draftId } = await published(graceMs);
    ground.clock.nowMs += graceMs - 1;
    expect(await ground.turn()).toEqual([]);
    ground.clock.nowMs += 1;
    expect(await ground.turn()).toEqual([draftId]);
    expect((await ground.delivery(draftId)).state).toBe("published");
  });

  it("is undone while it waits, on the record, and can be published again", async () => {
    const { draftId, postIds } = await published(graceMs);
    expect(await undoPublish(ground.as(), { draftId, postIds })).toEqual([
      { postId: postIds[0], outcome: "undone" },
    ]);
    expect(await ground.delivery(draftId)).toMatchObject({
      ...{ state: "cancelled", attemptCount: 0, lastReason: { code: "publish_undone" } },
    });
    expect((await ground.audits("publish.undone", draftId))[0]?.detail).toEqual({
      asked: 1,
      undone: postIds,
    });
    ground.clock.nowMs += graceMs;
    expect(await ground.turn()).toEqual([]);
    await publishDraft(ground.as(), { draftId, destinationIds: [], graceMs });
    expect(await ground.turn()).toEqual([]);
    ground.clock.nowMs += graceMs;
    expect(await ground.turn()).toEqual([draftId]);
  });

  it("says that it left already, whether it is on its way or there", async () => {
    const { draftId, postIds } = await published();
    await ground.db.prisma.delivery.updateMany({ where: { draftId }, data: { state: "sending" } });
    expect(await undoPublish(ground.as(), { draftId, postIds })).toEqual([
      { postId: postIds[0], outcome: "already_left" },
    ]);
    expect((await ground.delivery(draftId)).state).toBe("sending");
  });

  it("a claim and an undo at once: one of them has it", async () => {
    for (let round = 0; round < 8; round++) {
      const { draftId, postIds } = await published();
      const [sent, undone] = await Promise.all([
        ground.turn(),
        undoPublish(ground.as(), { draftId, postIds }),
      ]);
      const { state } = await ground.delivery(draftId);
      expect([sent, undone[0]?.outcome, state]).toEqual(
        sent.length > 0 ? [[draftId], "already_left", "published"] : [[], "undone", "cancelled"],
      );
    }
  });

  it("takes back only posts of the draft it names", async () => {
    const mine = await published(graceMs);
    const other = await published(graceMs);
    const asked = { draftId: mine.draftId, postIds: [...other.postIds, "nothing"] };
    const outcomes = await undoPublish(ground.as(), asked);
    expect(outcomes.map((each) => each.outcome)).toEqual(["already_left", "already_left"]);
    expect((await ground.delivery(other.draftId)).state).toBe("due");
  });

  it("is not for who may not publish", async () => {
    const { draftId, postIds } = await published(graceMs);
    await expect(undoPublish(ground.as(actors.triager()), { draftId, postIds })).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect(await ground.audits("access.denied", draftId)).toHaveLength(1);
  });

  it("an undo that met nothing writes no end", async () => {
    const why = reason("publish_undone", "x");
    const ended = await inTransaction(ground.db, (tx) =>
      undoQueuedDeliveries(tx, "none", ["none"], why, new Date(ground.clock.nowMs)),
    );
    expect(ended).toEqual([]);
  });
});

it("the host's own time holds for every caller, and the call waits for no receipt", async () => {
  const { safetyDefaults } = await getConfig(ground.as());
  await patchConfig(ground.as(), {
    patch: { safetyDefaults: { ...safetyDefaults, publishGraceMs: 30_000 } },
  });
  const draftId = await ground.draftOf();
  const { targets } = await publishAndWait(ground.as(), { draftId, destinationIds: [], graceMs: 0 });
  expect(targets.map(({ post }) => post.delivery)).toMatchObject([
    { state: "due", nextAttemptAtMs: ground.clock.nowMs + 30_000 },
  ]);
});
