import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "../drafts/approve-draft";
import { patchConfig } from "../settings/patch-config";
import { listShadowDecisions } from "./list-shadow-decisions";
import { sweepShadow } from "./sweep-shadow";

let ground: SilenceGround;
const minute = 60_000;
const shadow = { routeId: "try", name: "Try it", mode: "shadow", approvalPolicy: "always" };
const configure = (routes: object[]) => patchConfig(ground.as(), { patch: aConfigPatch({ routes }) });
const sweep = async () => {
  ground.clock.nowMs += minute;
  await sweepShadow(ground.system());
};
const recorded = (draftId: string) =>
  ground.db.prisma.shadowDecision.findMany({ where: { draftId }, orderBy: { moment: "asc" } });
const list = (filter = {}, actor: Actor = actors.admin()) =>
  listShadowDecisions(ground.as(actor), { filter, page: { limit: 50 } });

beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

describe("drafts as they are made", () => {
  it("are shown to shadow routes from the first one on, once each, and nothing is sent", async () => {
    const earlier = await ground.draftOf();
    await sweep();
    expect(await ground.db.prisma.shadowProgress.count()).toBe(0);
    await configure([shadow]);
    await sweep();
    const draftId = await ground.draftOf({}, "shop");
    // Too young: its neighbours may not be committed yet.
    await sweepShadow(ground.system());
    expect(await recorded(draftId)).toEqual([]);
    await sweep();
    await sweep();
    const rows = await recorded(draftId);
    expect(rows).toMatchObject([
      {
        ...{ moment: "drafted", routeId: "try", routeName: "Try it", projectId: "shop", reached: true },
        ...{ destinationIds: ["local"], approvalRequired: true },
        ...{ actualRouteId: null, actualDestinationIds: ["local"], actualApproval: false },
      },
    ]);
    expect(rows[0]?.at.getTime()).toBeLessThan(ground.clock.nowMs - minute);
    expect(await recorded(earlier)).toEqual([]);
    expect(await ground.db.prisma.delivery.count()).toBe(0);
    const entries = await ground.audits("shadow.recorded");
    expect(entries.map((entry) => entry.detail)).toEqual([{ decisions: 1 }]);
  });

  it("are recorded once by sweeps that race, over many pages", async () => {
    const drafts = await Promise.all(Array.from({ length: 20 }, () => ground.draftOf()));
    ground.clock.nowMs += minute;
    await Promise.all([1, 2, 3].map(() => sweepShadow(ground.system())));
    const count = await ground.db.prisma.shadowDecision.count({ where: { draftId: { in: drafts } } });
    expect(count).toBe(20);
  });

  it("of the time without a shadow route are left out", async () => {
    await configure([{ ...shadow, enabled: false }]);
    await sweep();
    const between = await ground.draftOf();
    await sweep();
    await configure([shadow]);
    await sweep();
    await sweep();
    expect(await recorded(between)).toEqual([]);
  });

  it("are not the business of people", async () => {
    await expect(sweepShadow(ground.as(actors.admin()))).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("drafts as they are published", () => {
  it("are recorded with the publish, once however often that is asked for", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    await ground.publish(draftId);
    expect(await recorded(draftId)).toMatchObject([
      { moment: "published", routeId: "try", approvalRequired: true, actualApproval: false },
    ]);
    const [delivery] = await ground.db.prisma.delivery.findMany({ where: { draftId } });
    expect(delivery?.routeId).toBeNull();
  });

  it("by approving too, where that publishes", async () => {
    const { config } = await configure([shadow]);
    const safetyDefaults = { ...config.safetyDefaults, publishOnApproval: true };
    await patchConfig(ground.as(), { patch: aConfigPatch({ safetyDefaults }) });
    const draftId = await ground.draftOf({ riskLevel: "high" });
    await approveDraft(ground.as(actors.approver()), { draftId });
    expect((await recorded(draftId)).map((row) => [row.moment, row.actualApproval])).toEqual([
      ["published", true],
    ]);
  });
});

describe("looking at them", () => {
  it("counts for each route over all that match, and says where both agree", async () => {
    const all = await list();
    expect(all.routes).toMatchObject([{ routeId: "try", routeName: "Try it", decisions: all.total }]);
    const agreeing = all.decisions.filter((each) => each.actualApproval);
    expect(all.routes[0]).toMatchObject({ agreeing: agreeing.length, approvalRequired: all.total });
    expect(agreeing).toHaveLength(1);
    expect((await list({ routeId: "none" })).routes).toEqual([]);
    expect((await list({ moment: "published" })).total).toBe(2);
    expect((await list({ sinceMs: ground.clock.nowMs + 1 })).total).toBe(0);
  });

  it("is by project", async () => {
    const seen = await list({}, actors.projectMember({ shop: "viewer" }));
    expect(seen.decisions.map((each) => each.projectId)).toEqual(["shop"]);
    expect(seen.routes).toMatchObject([{ decisions: 1 }]);
    expect((await list({}, actors.projectMember({ bank: "viewer" }))).total).toBe(0);
    await expect(list({}, actors.intakeKey())).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("pages by cursor", async () => {
    const page = (cursor?: string) =>
      listShadowDecisions(ground.as(), { filter: {}, page: { limit: 15, cursor } });
    const first = await page();
    const second = await page(first.nextCursor ?? "");
    const ids = [...first.decisions, ...second.decisions].map((each) => each.shadowDecisionId);
    expect([new Set(ids).size, second.nextCursor]).toEqual([first.total, null]);
  });
});
