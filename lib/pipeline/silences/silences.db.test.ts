import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import type { Silence } from "@/lib/domain/silence";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { aMatcher } from "@/lib/testing/silences";
import { expireSilence } from "./expire-silence";
import { getSilence } from "./get-silence";
import { listSilenceHolds } from "./list-silence-holds";
import { listSilences } from "./list-silences";
import { updateSilence } from "./update-silence";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const hour = 3_600_000;
const ofShop = { matcher: aMatcher({ matchProjectIds: ["shop"] }) };
const ofBoth = { matcher: aMatcher({ matchProjectIds: ["shop", "bank"] }) };
const shopApprover = actors.projectMember({ shop: "approver" });
const refused = (kind: string, reason: string) => expect.objectContaining({ kind, reason });

describe("making one", () => {
  it("stores it with who and why, and an entry that quotes nothing", async () => {
    const { silence } = await ground.silence(
      { matcher: aMatcher({ matchTitle: "secret name *" }), reason: "See CHG-204" },
      actors.approver(),
    );
    expect(await getSilence(ground.as(actors.viewer()), silence.silenceId)).toEqual({
      silence: {
        ...silence,
        reason: "See CHG-204",
        version: 1,
        createdBy: { kind: "user", id: "user-approver", name: "The approver" },
        createdAtMs: ground.clock.nowMs,
      },
      counts: { heldNow: 0, heldEver: 0 },
    });
    const [entry] = await ground.audits("silence.created", silence.silenceId);
    expect(entry?.actorKey).toBe("user:user-approver");
    expect(entry?.detail).toMatchObject({
      version: 1,
      conditions: ["matchTitle"],
      expires_at_ms: silence.expiresAtMs,
    });
    expect(JSON.stringify(entry?.detail)).not.toContain("secret name");
    await expireSilence(ground.as(), silence.silenceId);
  });

  it.each<[string, Actor, Partial<Silence>, string]>([
    ["a viewer", actors.viewer(), {}, "role_may_not"],
    ["a triager", actors.triager(), {}, "role_may_not"],
    ["an auditor", actors.auditor(), {}, "role_may_not"],
    ["a service token", actors.serviceToken(), {}, "service_may_not"],
    ["an agent", actors.agentToken(), {}, "agent_may_not"],
    ["a scoped key", actors.intakeKey(), {}, "key_may_only_report"],
    ["an approver of one project, for everything", shopApprover, {}, "role_may_not"],
    ["an approver of one project, for two", shopApprover, ofBoth, "role_may_not"],
  ])("is not for %s", async (_, actor, fields, reason) => {
    const before = await ground.db.prisma.silence.count();
    await expect(ground.silence(fields, actor)).rejects.toEqual(refused("forbidden", reason));
    expect(await ground.db.prisma.silence.count()).toBe(before);
    expect(await ground.audits("access.denied")).not.toEqual([]);
  });

  it.each<[string, Partial<Silence>, string]>([
    ["everything", { matcher: aMatcher() }, "matcher"],
    ["no reason", { reason: "  " }, "reason"],
    ["a past end", { expiresAtMs: 5 }, "expires_at_ms"],
    ["an unknown zone", { windows: [{ zone: "Mars", from: "01:00", to: "02:00" }] }, "windows[0].zone"],
  ])("is refused for %s, naming the field", async (_, fields, field) => {
    await expect(ground.silence(fields)).rejects.toMatchObject({
      ...{ kind: "invalid", reason: "silence_invalid" },
      context: { field, issues: [expect.objectContaining({ path: field })] },
    });
  });
});

describe("changing one", () => {
  it("moves its version, keeps what is not said and records who", async () => {
    const { silence } = await ground.silence({ matcher: aMatcher({ matchSources: ["nowhere"] }) });
    const changed = await updateSilence(ground.as(actors.approver()), {
      silenceId: silence.silenceId,
      change: { expiresAtMs: silence.expiresAtMs + hour },
      version: 1,
    });
    expect(changed.silence).toMatchObject({ version: 2, reason: silence.reason, matcher: silence.matcher });
    const stored = await getSilence(ground.as(), silence.silenceId);
    expect(stored.silence).toEqual(changed.silence);
    expect(stored.silence.updatedBy?.id).toBe("user-approver");
    expect(await ground.audits("silence.updated", silence.silenceId)).toHaveLength(1);
  });

  it("loses to whoever was first, by version, by tag and in the write itself", async () => {
    const { silence } = await ground.silence({ matcher: aMatcher({ matchSources: ["nowhere"] }) });
    const { silenceId } = silence;
    const change = { reason: "Mine" };
    await updateSilence(ground.as(), { silenceId, change: { reason: "First" }, ifMatch: '"1"' });
    const stale = refused("conflict", "silence_stale");
    await expect(updateSilence(ground.as(), { silenceId, change, version: 1 })).rejects.toEqual(stale);
    await expect(updateSilence(ground.as(), { silenceId, change, ifMatch: '"1"' })).rejects.toEqual(stale);
    const both = await Promise.allSettled(
      ["a", "b", "c", "d"].map((reason) =>
        updateSilence(ground.as(), { silenceId, change: { reason }, version: 2 }),
      ),
    );
    expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    for (const each of both) if (each.status === "rejected") expect(each.reason).toEqual(stale);
    expect((await getSilence(ground.as(), silenceId)).silence.version).toBe(3);
  });

  it("cannot be brought back once it has ended", async () => {
    const { silence } = await ground.silence();
    await expireSilence(ground.as(), silence.silenceId);
    const input = { silenceId: silence.silenceId, change: { expiresAtMs: ground.clock.nowMs + 9 * hour } };
    await expect(updateSilence(ground.as(), input)).rejects.toEqual(refused("conflict", "silence_expired"));
  });

  it("may not reach beyond the projects of who changes it", async () => {
    const { silence } = await ground.silence(ofShop, shopApprover);
    const { silenceId } = silence;
    const input = { silenceId, change: { matcher: aMatcher({ matchSources: ["manual"] }) } };
    await expect(updateSilence(ground.as(shopApprover), input)).rejects.toEqual(
      refused("forbidden", "role_may_not"),
    );
    await expect(
      updateSilence(ground.as(actors.triager()), { silenceId, change: { reason: "x" } }),
    ).rejects.toEqual(refused("forbidden", "role_may_not"));
    expect((await getSilence(ground.as(), silenceId)).silence).toMatchObject({ version: 1 });
    await expireSilence(ground.as(shopApprover), silenceId);
  });
});

describe("expiring one", () => {
  it("says who and when, once, whoever asks again", async () => {
    const { silence } = await ground.silence();
    const { silenceId } = silence;
    const all = await Promise.all(
      [1, 2, 3].map(() => expireSilence(ground.as(actors.approver()), silenceId)),
    );
    expect(new Set(all.map((each) => each.silence.endedAtMs))).toEqual(new Set([ground.clock.nowMs]));
    expect(all[0]?.silence).toMatchObject({ version: 2, endedBy: { id: "user-approver" } });
    expect(await ground.audits("silence.expired", silenceId)).toHaveLength(1);
  });

  it("is not for who may only look", async () => {
    const { silence } = await ground.silence();
    await expect(expireSilence(ground.as(actors.triager()), silence.silenceId)).rejects.toEqual(
      refused("forbidden", "role_may_not"),
    );
    await expireSilence(ground.as(), silence.silenceId);
  });
});

describe("seeing them", () => {
  it("is by project: every project that one names, and all for a role over everything", async () => {
    const [shop, both, all] = await Promise.all([
      ground.silence({ ...ofShop, reason: "seen" }),
      ground.silence({ ...ofBoth, reason: "seen" }),
      ground.silence({ reason: "seen" }),
    ]);
    const idsFor = async (actor: Actor) => {
      const filter = { search: "seen" };
      const { silences } = await listSilences(ground.as(actor), { filter, page: { limit: 50 } });
      return silences.map((each) => each.silence.silenceId).sort();
    };
    const ids = [shop, both, all].map((each) => each.silence.silenceId);
    expect(await idsFor(actors.viewer())).toEqual([...ids].sort());
    expect(await idsFor(actors.projectMember({ shop: "viewer" }))).toEqual([ids[0]]);
    expect(await idsFor(actors.projectMember({ shop: "viewer", bank: "viewer" }))).toEqual(
      ids.slice(0, 2).sort(),
    );
    const missing = refused("not_found", "silence_not_found");
    const member = ground.as(actors.projectMember({ shop: "admin" }));
    for (const id of [ids[1], ids[2], "silence-none"]) {
      await expect(getSilence(member, id ?? "")).rejects.toEqual(missing);
      await expect(expireSilence(member, id ?? "")).rejects.toEqual(missing);
      await expect(listSilenceHolds(member, { silenceId: id ?? "", page: { limit: 5 } })).rejects.toEqual(
        missing,
      );
    }
    for (const id of ids) await expireSilence(ground.as(), id);
  });

  it("pages by cursor, filters by state, and counts", async () => {
    const fields = { matcher: aMatcher({ matchSources: ["nowhere"] }), reason: "paged" };
    for (let step = 0; step < 3; step++) {
      ground.clock.nowMs += 1_000;
      await ground.silence({ ...fields, ...(step === 2 && { startsAtMs: ground.clock.nowMs + 60_000 }) });
    }
    const filter = { search: "paged" };
    const first = await listSilences(ground.as(), { filter, page: { limit: 2 } });
    expect([first.silences.length, first.total]).toEqual([2, 3]);
    const cursor = first.nextCursor ?? "";
    const second = await listSilences(ground.as(), { filter, page: { limit: 2, cursor } });
    expect([second.silences.length, second.nextCursor]).toEqual([1, null]);
    await expect(listSilences(ground.as(), { filter: {}, page: { limit: 2, cursor } })).rejects.toEqual(
      refused("invalid", "cursor_invalid"),
    );
    const totalOf = async (state: "scheduled" | "active" | "expired") =>
      (await listSilences(ground.as(), { filter: { ...filter, state }, page: { limit: 1 } })).total;
    expect([await totalOf("scheduled"), await totalOf("active"), await totalOf("expired")]).toEqual([
      1, 2, 0,
    ]);
  });
});
