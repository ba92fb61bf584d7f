import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { aMatcher } from "@/lib/testing/silences";
import { runWorkers } from "@/lib/workers/run-workers";
import { approveDraft } from "../drafts/approve-draft";
import { denyDraft } from "../drafts/deny-draft";
import { getDraft } from "../drafts/get-draft";
import { getDraftReview } from "../drafts/get-draft-review";
import { listDrafts } from "../drafts/list-drafts";
import { getIncident } from "../incidents/get-incident";
import { listIncidents } from "../incidents/list-incidents";
import { deleteRecord } from "../records/delete-record";
import { expireSilence } from "./expire-silence";
import { sweepHolds } from "./sweep-holds";
import { updateSilence } from "./update-silence";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterEach(async () => {
  for (const { id } of await ground.db.prisma.silence.findMany({ where: { endedAt: null } }))
    await expireSilence(ground.as(), id);
  await ground.turn();
});
afterAll(() => ground.close());

const minute = 60_000;
const hour = 60 * minute;
const ofPayments = { matcher: aMatcher({ matchSources: ["payments"] }), reason: "The bank is moving" };

describe("a silenced draft", () => {
  it("is refused by readiness that names the silence, and flows again when it ends", async () => {
    const draftId = await ground.draftOf();
    const { silence } = await ground.silence(ofPayments);
    await expect(ground.publish(draftId)).rejects.toMatchObject({
      ...{ kind: "not_ready", reason: "publish_blocked" },
      message: expect.stringContaining(`by ${silence.silenceId}: The bank is moving`),
      context: { reasons: [expect.objectContaining({ code: "silenced" })] },
    });
    expect(await ground.db.prisma.delivery.count({ where: { draftId } })).toBe(0);
    expect(await ground.audits("publish.failed", draftId)).toHaveLength(1);
    await expireSilence(ground.as(), silence.silenceId);
    await ground.publish(draftId);
    expect(await ground.turn()).toEqual([draftId]);
    expect((await ground.delivery(draftId)).state).toBe("published");
  });

  it("says so wherever it is shown, with its incident, and stops saying so", async () => {
    const draftId = await ground.draftOf({ title: "Shown everywhere", riskLevel: "high" });
    await approveDraft(ground.as(actors.approver()), { draftId });
    const { incidentId } = await getDraft(ground.as(), draftId);
    const { silence } = await ground.silence(ofPayments);
    const said = { silenceId: silence.silenceId, reason: "The bank is moving", untilMs: silence.expiresAtMs };
    const page = { limit: 1 };
    const shown = async () => {
      const as = ground.as(actors.viewer());
      const filter = { search: "Shown everywhere" };
      return [
        (await getDraft(as, draftId)).silenced,
        (await listDrafts(as, { filter, page })).drafts[0]?.silenced,
        (await getIncident(as, incidentId)).silenced,
        (await listIncidents(as, { filter, page })).incidents[0]?.silenced,
        (await getDraftReview(as, draftId)).draft.silenced,
      ];
    };
    expect(await shown()).toEqual([said, said, said, said, said]);
    const review = await getDraftReview(ground.as(), draftId);
    expect(review.actions.publish).toEqual({
      allowed: false,
      reason: expect.stringContaining("Silenced until"),
    });
    await expireSilence(ground.as(), silence.silenceId);
    expect((await shown()).every((each) => !each)).toBe(true);
  });

  it("can be approved and denied", async () => {
    const [first, second] = [
      await ground.draftOf({ riskLevel: "high" }),
      await ground.draftOf({ riskLevel: "high" }),
    ];
    await ground.silence(ofPayments);
    await approveDraft(ground.as(actors.approver()), { draftId: first });
    await denyDraft(ground.as(actors.approver()), { draftId: second, reason: "Noise" });
    expect((await getDraft(ground.as(), first)).approval).toBe("granted");
    expect((await getDraft(ground.as(), second)).approval).toBe("denied");
  });

  it("is on record: which, by what, since when and until when, and why it was let go", async () => {
    const held = await ground.draftOf({ title: "Held" });
    const other = await ground.draftOf({ source: "elsewhere" });
    const gone = await ground.draftOf({ title: "Denied", riskLevel: "high" });
    const { silence } = await ground.silence(ofPayments);
    const swept = await sweepHolds(ground.system(), new Map());
    const rows = async () =>
      (await ground.holds(silence.silenceId)).map((row) => [row.draftId, row.releaseReason]).sort();
    const before = (await rows()).map(([draftId]) => draftId);
    expect(before).toEqual(expect.arrayContaining([held, gone]));
    expect(before).not.toContain(other);
    // A second look over the same adds nothing; a new draft is found by the next one.
    ground.clock.nowMs += minute;
    const late = await ground.draftOf({ title: "Late" });
    await denyDraft(ground.as(), { draftId: gone, reason: "Noise" });
    const again = await sweepHolds(ground.system(), swept);
    await sweepHolds(ground.system(), again);
    expect((await rows()).filter(([draftId]) => draftId === held)).toEqual([[held, null]]);
    expect(await rows()).toEqual(
      expect.arrayContaining([
        [late, null],
        [gone, "settled"],
      ]),
    );
    const { total } = await listDrafts(ground.as(), {
      filter: { state: "held", search: "Held" },
      page: { limit: 5 },
    });
    expect(total).toBe(1);
    await expireSilence(ground.as(), silence.silenceId);
    expect((await rows()).every(([, why]) => why !== null)).toBe(true);
    const [row] = (await ground.holds(silence.silenceId)).filter((each) => each.draftId === held);
    expect(row?.releasedAt?.getTime()).toBe(ground.clock.nowMs);
    expect(await ground.audits("silence.held", silence.silenceId)).not.toEqual([]);
  });

  it("is let go of by the sweep when the time is up, when its window shuts and when it is deleted", async () => {
    const [deleted, kept] = [await ground.draftOf(), await ground.draftOf()];
    const nightly = [{ zone: "UTC", from: "11:00", to: "14:00" }];
    const windowed = (
      await ground.silence({ ...ofPayments, windows: nightly, expiresAtMs: ground.clock.nowMs + 50 * hour })
    ).silence;
    const short = (await ground.silence(ofPayments)).silence;
    await sweepHolds(ground.system(), new Map());
    await deleteRecord(ground.as(), { noun: "draft", id: deleted, reason: "A test" });
    ground.clock.nowMs += 3 * hour;
    await sweepHolds(ground.system(), new Map());
    const whyOf = async (silenceId: string, draftId: string) =>
      (await ground.holds(silenceId)).find((row) => row.draftId === draftId)?.releaseReason;
    expect([await whyOf(windowed.silenceId, kept), await whyOf(short.silenceId, kept)]).toEqual([
      "window_over",
      "expired",
    ]);
    expect(["settled", "window_over"]).toContain(await whyOf(windowed.silenceId, deleted));
    // The next day its window opens again, and so does a new hold.
    ground.clock.nowMs += 21 * hour;
    await sweepHolds(ground.system(), new Map());
    const again = (await ground.holds(windowed.silenceId)).filter((row) => row.draftId === kept);
    expect(again.map((row) => row.releaseReason)).toEqual(["window_over", null]);
  });
});

describe("a queued delivery under a silence", () => {
  it("is not sent, keeps its attempts, says why, and leaves once it ends", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    const { silence } = await ground.silence(ofPayments);
    expect(await ground.turn()).toEqual([]);
    const waiting = await ground.delivery(draftId);
    expect(waiting).toMatchObject({
      state: "due",
      attemptCount: 0,
      claimedBy: null,
      silenceId: silence.silenceId,
    });
    expect(waiting.nextAttemptAt.getTime()).toBe(silence.expiresAtMs);
    expect(waiting.lastReason).toMatchObject({ code: "silenced" });
    expect((await ground.holds(silence.silenceId)).map((row) => row.draftId)).toEqual([draftId]);
    expect(await ground.audits("delivery.held", silence.silenceId)).toHaveLength(1);
    await expireSilence(ground.as(), silence.silenceId);
    expect(await ground.delivery(draftId)).toMatchObject({ silenceId: null, lastReason: null });
    expect(await ground.turn()).toEqual([draftId]);
    expect(await ground.delivery(draftId)).toMatchObject({ state: "published", attemptCount: 1 });
  });

  it("leaves by itself when the silence's time or window is over", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    const nowMs = ground.clock.nowMs;
    const until = new Date(nowMs + 30 * minute).toISOString().slice(11, 16);
    const from = new Date(nowMs - hour).toISOString().slice(11, 16);
    await ground.silence({
      ...ofPayments,
      windows: [{ zone: "UTC", from, to: until }],
      expiresAtMs: nowMs + 80 * hour,
    });
    await ground.turn();
    ground.clock.nowMs = nowMs + 29 * minute;
    expect(await ground.turn()).toEqual([]);
    ground.clock.nowMs = nowMs + 30 * minute;
    expect(await ground.turn()).toEqual([draftId]);
  });

  it("waits for the last of several, and moves on when a change no longer covers it", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    const first = (await ground.silence({ ...ofPayments, expiresAtMs: ground.clock.nowMs + 2 * hour }))
      .silence;
    const second = (await ground.silence({ ...ofPayments, expiresAtMs: ground.clock.nowMs + hour })).silence;
    await ground.turn();
    await expireSilence(ground.as(), first.silenceId);
    expect(await ground.turn()).toEqual([]);
    expect((await ground.delivery(draftId)).silenceId).toBe(second.silenceId);
    const change = { matcher: aMatcher({ matchSources: ["elsewhere"] }) };
    await updateSilence(ground.as(), { silenceId: second.silenceId, change });
    expect((await ground.holds(second.silenceId)).map((row) => row.releaseReason)).toEqual(["changed"]);
    expect(await ground.turn()).toEqual([draftId]);
  });

  it("ends with its draft all the same when that is deleted", async () => {
    const draftId = await ground.draftOf({ riskLevel: "high" });
    await approveDraft(ground.as(actors.approver()), { draftId });
    await ground.publish(draftId);
    await ground.silence(ofPayments);
    await ground.turn();
    await deleteRecord(ground.as(), { noun: "draft", id: draftId, reason: "A test" });
    expect((await ground.delivery(draftId)).state).toBe("cancelled");
    expect(await ground.turn()).toEqual([]);
  });

  it("is not held by silences of other projects, sources or times", async () => {
    const draftId = await ground.draftOf({}, "shop");
    await ground.publish(draftId);
    await ground.silence({ matcher: aMatcher({ matchProjectIds: ["bank"] }) });
    await ground.silence({ ...ofPayments, startsAtMs: ground.clock.nowMs + minute });
    expect(await ground.turn()).toEqual([draftId]);
  });

  it("stays where nobody can tell whether it is held, unclaimed and with its attempts", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    const { silence } = await ground.silence(ofPayments);
    const where = { id: silence.silenceId };
    await ground.db.prisma.silence.update({ where, data: { matcher: { matchTitle: 7 } } });
    ground.clock.nowMs += 1_000;
    const clock = { nowMs: () => ground.clock.nowMs };
    const worker = runWorkers(ground.db, ground.system().services, { clock });
    const seen = async () => {
      const { state, attemptCount, claimedBy, updatedAt } = await ground.delivery(draftId);
      // A claim is dated by the worker's clock, which has moved on since the publish.
      return { state, attemptCount, claimedBy, wasClaimed: updatedAt.getTime() === ground.clock.nowMs };
    };
    try {
      await expect.poll(seen).toEqual({ state: "due", attemptCount: 0, claimedBy: null, wasClaimed: true });
      await ground.db.prisma.silence.update({ where, data: { endedAt: new Date(ground.clock.nowMs) } });
      await expect.poll(async () => (await seen()).state, { timeout: 5_000 }).toBe("published");
    } finally {
      await worker.stop();
    }
  });

  it("with the real worker: nothing leaves under the silence, and it is woken when somebody ends it", async () => {
    const system = ground.system();
    const draftId = await ground.draftOf();
    const { silence } = await ground.silence({
      ...ofPayments,
      matcher: aMatcher({ matchSources: ["elsewhere"] }),
    });
    await ground.publish(draftId);
    const silenceId = silence.silenceId;
    await updateSilence(ground.as(), { silenceId, change: { matcher: ofPayments.matcher } });
    const worker = runWorkers(ground.db, system.services, { clock: { nowMs: () => ground.clock.nowMs } });
    try {
      await expect
        .poll(async () => (await ground.delivery(draftId)).silenceId, { timeout: 5_000 })
        .toBe(silenceId);
      await expireSilence(ground.as(), silenceId);
      await expect
        .poll(async () => (await ground.delivery(draftId)).state, { timeout: 5_000 })
        .toBe("published");
    } finally {
      await worker.stop();
    }
  });
});
