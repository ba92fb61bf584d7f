import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { aMatcher } from "@/lib/testing/silences";
import { expireSilence } from "./expire-silence";
import { sweepHolds } from "./sweep-holds";
import { updateSilence } from "./update-silence";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const hour = 3_600_000;
const ofPayments = () => ({
  matcher: aMatcher({ matchSources: ["payments"] }),
  expiresAtMs: ground.clock.nowMs + 48 * hour,
});

describe("races", () => {
  it("expiring against publishing: refused naming the silence, or queued; never in between", async () => {
    for (let round = 0; round < 8; round++) {
      const draftId = await ground.draftOf();
      const { silence } = await ground.silence(ofPayments());
      const [published] = await Promise.allSettled([
        ground.publish(draftId),
        expireSilence(ground.as(), silence.silenceId),
      ]);
      if (published.status === "rejected") {
        expect(published.reason).toMatchObject({
          kind: "not_ready",
          message: expect.stringContaining("Silenced"),
        });
        await ground.publish(draftId);
      }
      expect(await ground.turn()).toEqual([draftId]);
    }
  });

  it("expiring and changing against holding: nothing waits for a silence that is over", async () => {
    for (let round = 0; round < 8; round++) {
      const draftId = await ground.draftOf();
      await ground.publish(draftId);
      const { silence } = await ground.silence(ofPayments());
      const { silenceId } = silence;
      const change = { matcher: aMatcher({ matchSources: ["elsewhere"] }) };
      await Promise.all([
        ground.turn(`w${round}`),
        round % 2 ? expireSilence(ground.as(), silenceId) : updateSilence(ground.as(), { silenceId, change }),
      ]);
      await ground.turn();
      expect(await ground.delivery(draftId)).toMatchObject({ state: "published", silenceId: null });
      expect((await ground.holds(silenceId)).every((row) => row.releasedAt !== null)).toBe(true);
      await expireSilence(ground.as(), silenceId);
    }
  });

  it("two sweeps at once record a hold once", async () => {
    const draftId = await ground.draftOf();
    const { silence } = await ground.silence(ofPayments());
    await Promise.all([1, 2, 3, 4].map(() => sweepHolds(ground.system(), new Map())));
    const rows = (await ground.holds(silence.silenceId)).filter((row) => row.draftId === draftId);
    expect(rows).toHaveLength(1);
    await expireSilence(ground.as(), silence.silenceId);
  });
});

type Step =
  | { does: "publish" | "turn" | "sweep" }
  | { does: "silence"; hours: number; windowed: boolean }
  | { does: "expire" | "change"; which: number }
  | { does: "wait"; minutes: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>({ does: "publish" }, { does: "turn" }, { does: "sweep" }),
  fc.record({
    does: fc.constant("silence" as const),
    hours: fc.integer({ min: 1, max: 30 }),
    windowed: fc.boolean(),
  }),
  fc.record({ does: fc.constantFrom("expire" as const, "change" as const), which: fc.nat(5) }),
  fc.record({ does: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 600 }) }),
);

describe("the law", () => {
  it("a silence never loses a delivery, and lets none out while it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 3, maxLength: 14 }), async (steps) => {
        const silences: string[] = [];
        const published: string[] = [];
        for (const step of steps) await take(step, silences, published);
        for (const silenceId of silences) await expireSilence(ground.as(), silenceId);
        await ground.turn();
        await sweepHolds(ground.system(), new Map());
        const rows = await ground.db.prisma.delivery.findMany({ where: { draftId: { in: published } } });
        // Each left exactly once, by one attempt, whatever happened in between.
        expect(rows.map((row) => [row.state, row.attemptCount])).toEqual(
          published.map(() => ["published", 1]),
        );
        const open = { silenceId: { in: silences }, releasedAt: null };
        expect(await ground.db.prisma.silenceHold.count({ where: open })).toBe(0);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

async function take(step: Step, silences: string[], published: string[]): Promise<void> {
  switch (step.does) {
    case "publish": {
      const draftId = await ground.draftOf();
      const refusal = await ground.publish(draftId).then(
        () => null,
        (error: Error) => error.message,
      );
      if (refusal === null) published.push(draftId);
      else expect(refusal).toContain("Silenced until");
      return;
    }
    case "turn": {
      const probe = await ground.draftOf();
      const isHeld = await ground.publish(probe).then(
        () => false,
        () => true,
      );
      if (!isHeld) published.push(probe);
      const sent = await ground.turn();
      // They are all alike: while one may not be published, none may leave.
      if (isHeld) expect(sent).toEqual([]);
      else expect(sent).toContain(probe);
      return;
    }
    case "sweep":
      await sweepHolds(ground.system(), new Map());
      return;
    case "silence": {
      const windows = step.windowed ? [{ zone: "Europe/Berlin", from: "20:00", to: "09:30" }] : [];
      const expiresAtMs = ground.clock.nowMs + step.hours * hour;
      const made = await ground.silence({ ...ofPayments(), windows, expiresAtMs }).catch(() => null);
      if (made) silences.push(made.silence.silenceId);
      return;
    }
    case "expire":
    case "change": {
      const silenceId = silences[step.which];
      if (!silenceId) return;
      if (step.does === "expire") await expireSilence(ground.as(), silenceId);
      else await updateSilence(ground.as(), { silenceId, change: { reason: "Changed" } }).catch(() => null);
      return;
    }
    case "wait":
      ground.clock.nowMs += step.minutes * 60_000;
  }
}
