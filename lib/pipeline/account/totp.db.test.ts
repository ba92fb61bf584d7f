import { afterEach, describe, expect, it } from "vitest";
import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { totpCodeAt } from "@/lib/credentials/totp";
import { accountGround, refusalOf } from "@/lib/testing/account-ground";
import { authDatabase } from "@/lib/testing/auth-database";
import { actors, testContext } from "@/lib/testing/context";
import { beginTotp } from "./begin-totp";
import { confirmTotp } from "./confirm-totp";
import { disableTotp } from "./disable-totp";
import { getAccount } from "./get-account";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { resetTotp } from "./reset-totp";
import { stepUp } from "./step-up";

const auth = authDatabase();
const { signedIn, withTotp, inForce, userRow } = accountGround(auth);
afterEach(() => clearCredentialCaches());

const actionsOn = async (userId: string) =>
  (await auth.auditEntries({ subjectId: userId })).map(({ action }) => action.split(".").at(-1));

describe("one-time codes", () => {
  it("are on once a code has confirmed the secret, which lies sealed; its codes and the recovery codes prove", async () => {
    const person = await signedIn();
    const ctx = await person.stepped();
    const { secret, uri } = await beginTotp(ctx);
    expect(decodeURIComponent(uri)).toContain(`Incident Monitor:${person.email}`);
    expect((await getAccount(ctx)).totpEnabledAtMs).toBeNull();
    const code = totpCodeAt(secret, ctx.nowMs);
    const { recoveryCodes } = await confirmTotp(ctx, { code: `${code.slice(0, 3)} ${code.slice(3)}` });

    expect(await getAccount(ctx)).toMatchObject({ totpEnabledAtMs: ctx.nowMs, recoveryCodesLeft: 10 });
    const row = await userRow(person.userId);
    const kept = await auth.db().prisma.recoveryCode.findMany({ where: { userId: person.userId } });
    expect(JSON.stringify([row, kept, await auth.auditEntries({})])).not.toContain(secret);
    for (const each of recoveryCodes) expect(JSON.stringify(kept)).not.toContain(each);
    // The code that confirmed it is used up.
    expect((await refusalOf(stepUp(ctx, { code })))?.reason).toBe("proof_wrong");
    const [first = ""] = recoveryCodes;
    await stepUp(ctx, { code: first.toUpperCase() });
    expect((await refusalOf(stepUp(ctx, { code: first })))?.reason).toBe("proof_wrong");
    expect((await getAccount(ctx)).recoveryCodesLeft).toBe(9);
    expect(await actionsOn(person.userId)).toEqual(
      expect.arrayContaining(["totp_begun", "totp_enabled", "proof_rejected"]),
    );
  });

  it("are not on by a wrong code, without a beginning, or by another's", async () => {
    const person = await signedIn();
    const ctx = await person.stepped();
    expect((await refusalOf(confirmTotp(ctx, { code: "123456" })))?.reason).toBe("totp_not_begun");
    const { secret } = await beginTotp(ctx);
    const { secret: second } = await beginTotp(ctx);
    const stale = totpCodeAt(secret, ctx.nowMs);
    const refused = await refusalOf(confirmTotp(ctx, { code: stale }));
    expect([refused?.kind, refused?.reason, refused?.context.field]).toEqual([
      "invalid",
      "totp_code_wrong",
      "code",
    ]);
    // Sealed for its owner: copied into another row it opens nothing.
    const thief = await signedIn();
    const { totpPending } = await userRow(person.userId);
    await auth.db().prisma.user.update({ where: { id: thief.userId }, data: { totpPending } });
    const code = totpCodeAt(second, ctx.nowMs);
    expect((await refusalOf(confirmTotp(await thief.stepped(), { code })))?.reason).toBe("totp_not_begun");
    expect((await getAccount(ctx)).totpEnabledAtMs).toBeNull();
  });

  it("guesses at a secret that is not confirmed yet end as any other: with the tenth, and with them the right one", async () => {
    const person = await signedIn();
    const { secret } = await beginTotp(await person.stepped());
    // Who only holds the session has proven nothing; the recovery codes would prove everything.
    const thief = await person.context();
    const right = totpCodeAt(secret, thief.nowMs);
    const wrong = right.replace(/^./, (digit) => String((Number(digit) + 5) % 10));
    for (let each = 0; each < 10; each++)
      expect((await refusalOf(confirmTotp(thief, { code: wrong })))?.reason).toBe("totp_code_wrong");
    for (const code of [wrong, right]) {
      expect(await refusalOf(confirmTotp(thief, { code }))).toMatchObject({
        ...{ kind: "limited", reason: "too_many_attempts" },
        context: { retry_after_seconds: expect.any(Number) },
      });
    }
    expect((await getAccount(thief)).totpEnabledAtMs).toBeNull();
    expect(await actionsOn(person.userId)).toContain("proof_rejected");
  });

  it("begin, end and renew ask for step-up, and only a code or nothing changes them", async () => {
    const person = await signedIn();
    const plain = await person.context();
    for (const verb of [beginTotp, disableTotp, renewRecoveryCodes])
      expect((await refusalOf(verb(plain)))?.reason).toBe("step_up_required");
    const ctx = await person.stepped();
    expect((await refusalOf(renewRecoveryCodes(ctx)))?.reason).toBe("totp_disabled");
    await withTotp(person.userId);
    expect((await refusalOf(beginTotp(ctx)))?.reason).toBe("totp_enabled");
    const { recoveryCodes: old } = await renewRecoveryCodes(ctx);
    const { recoveryCodes } = await renewRecoveryCodes(ctx);
    expect((await refusalOf(stepUp(ctx, { code: old[0] })))?.reason).toBe("proof_wrong");
    await stepUp(ctx, { code: recoveryCodes[0] });

    await disableTotp(ctx);
    await disableTotp(ctx);
    expect(await userRow(person.userId)).toMatchObject({
      totpSecret: null,
      totpPending: null,
      totpLastStep: null,
    });
    expect(await auth.db().prisma.recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
    expect((await actionsOn(person.userId)).filter((action) => action === "totp_disabled")).toHaveLength(1);
  });

  it("an admin takes them away: the person's sessions end, and the audit knows who did it", async () => {
    const person = await signedIn();
    await withTotp(person.userId);
    const { userId } = person;
    const denied = await refusalOf(resetTotp(testContext(auth.db(), actors.approver()), { userId }));
    expect(denied?.kind).toBe("forbidden");
    const admin = testContext(auth.db(), actors.admin(), { nowMs: Date.now() });
    expect((await refusalOf(resetTotp(admin, { userId: "user-none" })))?.reason).toBe("user_not_found");
    expect(await resetTotp(admin, { userId })).toEqual({ wasEnabled: true, endedIds: [person.sessionId] });
    expect((await userRow(userId)).totpSecret).toBeNull();
    expect(await inForce(person.sessionId)).toBe(false);
    expect(await resetTotp(admin, { userId })).toEqual({ wasEnabled: false, endedIds: [] });
    expect(await auth.auditEntries({ action: "incident_monitor.account.totp_reset" })).toMatchObject([
      { subjectId: userId, actorKey: "user:user-admin", detail: { was_enabled: true, ended_sessions: 1 } },
    ]);
  });

  it("are nobody's to take away from themselves without a proof, nor a narrowed token's from an admin", async () => {
    const admin = await signedIn({ role: "admin" });
    await withTotp(admin.userId);
    const ownSession = await admin.context();
    expect((await refusalOf(disableTotp(ownSession)))?.reason).toBe("step_up_required");
    expect(await refusalOf(resetTotp(ownSession, { userId: admin.userId }))).toMatchObject({
      ...{ kind: "conflict", reason: "own_account" },
    });
    const token = testContext(auth.db(), actors.adminToken({ scopes: ["manageAccess"] }));
    expect(await refusalOf(resetTotp(token, { userId: admin.userId }))).toMatchObject({
      ...{ kind: "forbidden", reason: "grants_more_than_held" },
    });
    expect((await userRow(admin.userId)).totpSecret).not.toBeNull();
    expect(await inForce(admin.sessionId)).toBe(true);
    const host = testContext(auth.db(), actors.adminToken());
    expect(await resetTotp(host, { userId: admin.userId })).toMatchObject({ wasEnabled: true });
  });
});
