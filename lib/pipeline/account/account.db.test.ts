import { afterEach, describe, expect, it } from "vitest";
import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { verifyPassword } from "@/lib/credentials/password";
import { accountGround, refusalOf } from "@/lib/testing/account-ground";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { actors, testContext } from "@/lib/testing/context";
import { changePassword } from "./change-password";
import { listOwnSessions } from "./list-own-sessions";
import { revokeOtherSessions } from "./revoke-other-sessions";
import { revokeOwnSession } from "./revoke-own-session";

const auth = authDatabase();
const { signedIn, inForce, userRow } = accountGround(auth);
afterEach(() => clearCredentialCaches());

const newPassword = "a wooden harbor pelican";
const change = async (person: Awaited<ReturnType<typeof signedIn>>, to = newPassword, from = testPassword) =>
  changePassword(await person.context(), { currentPassword: from, newPassword: to });

describe("changePassword", () => {
  it("replaces the hash and ends every other session of the person, and nobody else's", async () => {
    const [person, stranger] = [await signedIn(), await signedIn()];
    const other = await auth.openSession(person.userId);
    expect(await change(person)).toEqual({ endedIds: [other.sessionId] });
    const { passwordHash } = await userRow(person.userId);
    expect(await verifyPassword(newPassword, passwordHash)).toMatchObject({ matches: true });
    expect(await verifyPassword(testPassword, passwordHash)).toEqual({ matches: false });
    expect(await Promise.all([person, other, stranger].map((each) => inForce(each.sessionId)))).toEqual([
      true,
      false,
      true,
    ]);
    const entries = await auth.auditEntries({ subjectId: person.userId });
    expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
      ["incident_monitor.account.password_changed", { ended_sessions: 1 }],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/pelican|scrypt/);
  });

  it.each([
    ["Password2024!!", "password_common"],
    ["too short", "password_too_short"],
    [testPassword, "password_unchanged"],
  ])("refuses %s and changes nothing", async (to, reason) => {
    const person = await signedIn();
    const before = await userRow(person.userId);
    const refused = await refusalOf(change(person, to));
    expect([refused?.kind, refused?.reason, refused?.context.field]).toEqual([
      "invalid",
      reason,
      "new_password",
    ]);
    expect((await userRow(person.userId)).passwordHash).toBe(before.passwordHash);
  });

  it("needs the current one, counts guesses at it, and tells the audit", async () => {
    const person = await signedIn();
    const ctx = await person.context();
    const guess = () => changePassword(ctx, { currentPassword: "not this one", newPassword });
    const refusals = await Promise.all(Array.from({ length: 11 }, () => refusalOf(guess())));
    expect(refusals.filter((each) => each?.reason === "proof_wrong")).toHaveLength(10);
    expect((await refusalOf(change(person)))?.reason).toBe("too_many_attempts");
    const action = "incident_monitor.account.proof_rejected";
    expect(await auth.auditEntries({ action, subjectId: person.userId })).toHaveLength(11);
  });

  it("of two at once one wins", async () => {
    const person = await signedIn();
    const outcomes = await Promise.allSettled([
      change(person),
      change(person, "another harbor, another bird"),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("has nothing to change for who signs in through a provider", async () => {
    const person = await signedIn();
    await auth.db().prisma.user.update({ where: { id: person.userId }, data: { passwordHash: null } });
    expect((await refusalOf(change(person)))?.reason).toBe("no_password");
  });
});

describe("own sessions", () => {
  it("are listed, this one first, without those that are over and without anybody else's", async () => {
    const [person] = [await signedIn(), await signedIn()];
    const later = await auth.openSession(person.userId);
    const over = await auth.openSession(person.userId, -1);
    const sessions = await listOwnSessions(await person.context());
    expect(sessions.map(({ sessionId, current }) => [sessionId, current])).toEqual([
      [person.sessionId, true],
      [later.sessionId, false],
    ]);
    expect(sessions.map(({ sessionId }) => sessionId)).not.toContain(over.sessionId);
  });

  it("one is ended, and the audit told; what is not one's own is not there", async () => {
    const [person, stranger] = [await signedIn(), await signedIn()];
    const other = await auth.openSession(person.userId);
    const ctx = await person.context();
    const foreign = await refusalOf(revokeOwnSession(ctx, { sessionId: stranger.sessionId }));
    expect([foreign?.kind, foreign?.reason]).toEqual(["not_found", "session_not_found"]);
    await revokeOwnSession(ctx, { sessionId: other.sessionId });
    expect(await Promise.all([person, other, stranger].map((each) => inForce(each.sessionId)))).toEqual([
      true,
      false,
      true,
    ]);
    expect((await refusalOf(revokeOwnSession(ctx, { sessionId: other.sessionId })))?.kind).toBe("not_found");
    expect(await auth.auditEntries({ subjectId: other.sessionId })).toMatchObject([
      { action: "incident_monitor.session.revoked", actorKey: `user:${person.userId}` },
    ]);
  });

  it("all others are ended at once", async () => {
    const person = await signedIn();
    const others = await Promise.all([1, 2, 3].map(() => auth.openSession(person.userId)));
    const { endedIds } = await revokeOtherSessions(await person.context());
    expect(endedIds.sort()).toEqual(others.map(({ sessionId }) => sessionId).sort());
    expect(await inForce(person.sessionId)).toBe(true);
    expect(await revokeOtherSessions(await person.context())).toEqual({ endedIds: [] });
  });

  it("no token has any", async () => {
    const ctx = testContext(auth.db(), actors.adminToken());
    const asked = [
      () => listOwnSessions(ctx),
      () => revokeOtherSessions(ctx),
      () => revokeOwnSession(ctx, { sessionId: "x" }),
    ];
    for (const ask of asked) expect((await refusalOf(ask()))?.reason).toBe("person_required");
  });
});
