import { afterEach, describe, expect, it } from "vitest";
import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { forgetOwnSession, resolveSession } from "@/lib/auth/session-cookie";
import { totpCodeAt } from "@/lib/credentials/totp";
import type { UserActor } from "@/lib/domain/actor";
import { isSteppedUp, stepUpLifetimeMs } from "@/lib/domain/step-up";
import { accountGround, refusalOf } from "@/lib/testing/account-ground";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { actors, testContext } from "@/lib/testing/context";
import { getAccount } from "./get-account";
import { stepUp } from "./step-up";

const auth = authDatabase();
const { signedIn, withTotp } = accountGround(auth);
afterEach(() => clearCredentialCaches());

const rejections = (userId: string) =>
  auth.auditEntries({ action: "incident_monitor.account.proof_rejected", subjectId: userId });

describe("stepUp", () => {
  it("by the password moves this session's last proof, for ten minutes, and tells the audit", async () => {
    const person = await signedIn();
    const other = await auth.openSession(person.userId);
    const ctx = await person.context();
    expect((await getAccount(ctx)).stepUpUntilMs).toBeNull();
    const { stepUpUntilMs } = await stepUp(ctx, { password: testPassword });
    expect(stepUpUntilMs).toBe(ctx.nowMs + stepUpLifetimeMs);

    expect((await person.actor()).stepUpAtMs).toBeNull();
    forgetOwnSession(ctx);
    const after = await person.context();
    expect(isSteppedUp((after.actor as UserActor).stepUpAtMs, after.nowMs)).toBe(true);
    expect((await getAccount(after)).stepUpUntilMs).toBe(stepUpUntilMs);
    expect((await resolveSession(auth.process(), other.sessionId))?.stepUpAtMs).toBeNull();
    const entries = await auth.auditEntries({ action: "incident_monitor.session.stepped_up" });
    expect(entries.filter((entry) => entry.subjectId === person.sessionId)).toMatchObject([
      { actorKey: `user:${person.userId}`, outcome: "done", detail: { by: "password" } },
    ]);
  });

  it("refuses a wrong password, moves nothing, and tells the audit", async () => {
    const person = await signedIn();
    const refused = await refusalOf(stepUp(await person.context(), { password: "not this one" }));
    expect([refused?.kind, refused?.reason, refused?.context.field]).toEqual([
      "forbidden",
      "proof_wrong",
      "password",
    ]);
    forgetOwnSession(await person.context());
    expect((await person.actor()).stepUpAtMs).toBeNull();
    const entries = await rejections(person.userId);
    expect(entries).toMatchObject([{ outcome: "denied", detail: { proof: "password" } }]);
    expect(JSON.stringify(entries)).not.toContain("not this one");
  });

  it("takes a code once, and where codes are asked for no password instead", async () => {
    const person = await signedIn();
    const secret = await withTotp(person.userId);
    const ctx = await person.context();
    const needed = await refusalOf(stepUp(ctx, { password: testPassword }));
    expect([needed?.kind, needed?.reason, needed?.context]).toEqual([
      "invalid",
      "code_required",
      { field: "code" },
    ]);
    const code = totpCodeAt(secret, ctx.nowMs);
    const outcomes = await Promise.allSettled([stepUp(ctx, { code }), stepUp(ctx, { code })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await refusalOf(stepUp(ctx, { code })))?.reason).toBe("proof_wrong");
    // The step before is used up with it.
    const earlier = totpCodeAt(secret, ctx.nowMs - 30_000);
    expect((await refusalOf(stepUp(ctx, { code: earlier })))?.reason).toBe("proof_wrong");
    await expect(
      stepUp({ ...ctx, nowMs: ctx.nowMs + 60_000 }, { code: totpCodeAt(secret, ctx.nowMs + 60_000) }),
    ).resolves.toBeTruthy();
  });

  it("looks at nothing after ten wrong ones, the right one included, until the window is over", async () => {
    const person = await signedIn();
    const secret = await withTotp(person.userId);
    const ctx = await person.context();
    const wrong = await Promise.all(
      Array.from({ length: 12 }, () => refusalOf(stepUp(ctx, { code: "abcde-fghjk" }))),
    );
    expect(wrong.filter((each) => each?.reason === "proof_wrong")).toHaveLength(10);
    const closed = await refusalOf(stepUp(ctx, { code: totpCodeAt(secret, ctx.nowMs) }));
    expect([closed?.kind, closed?.reason]).toEqual(["limited", "too_many_attempts"]);
    expect(closed?.context.retry_after_seconds).toBeGreaterThan(800);
    expect(await rejections(person.userId)).toHaveLength(11);
    const laterMs = ctx.nowMs + 15 * 60_000;
    const later = { ...ctx, nowMs: laterMs };
    await expect(stepUp(later, { code: totpCodeAt(secret, laterMs) })).resolves.toBeTruthy();
  });

  it("tells who has neither password nor codes where to prove themselves", async () => {
    const person = await signedIn();
    await auth.db().prisma.user.update({ where: { id: person.userId }, data: { passwordHash: null } });
    const refused = await refusalOf(stepUp(await person.context(), { password: testPassword }));
    expect([refused?.kind, refused?.reason]).toEqual(["conflict", "proof_impossible"]);
  });

  it("is no token's, and a session's that has ended no longer", async () => {
    for (const actor of [actors.adminToken(), actors.agentToken()]) {
      const refused = await refusalOf(stepUp(testContext(auth.db(), actor), { password: testPassword }));
      expect([refused?.kind, refused?.reason]).toEqual(["forbidden", "person_required"]);
    }
    const person = await signedIn();
    const ctx = await person.context();
    await auth
      .db()
      .prisma.session.update({ where: { id: person.sessionId }, data: { revokedAt: new Date() } });
    const refused = await refusalOf(stepUp(ctx, { password: testPassword }));
    expect([refused?.kind, refused?.reason]).toEqual(["unauthenticated", "session_ended"]);
  });
});
