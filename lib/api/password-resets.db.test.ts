import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "@/lib/auth/sign-in";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf, testPassword } from "@/lib/testing/credentials";

let api: TestApi;
let make: ReturnType<typeof credentialsOf>;
const access = "/incident-monitor/access";
const origin = { origin: "http://localhost:39731" };
const post = (path: string, body: object = {}, options: object = {}) =>
  api.call("POST", `${access}${path}`, { body, ...options });
const as = (cookie: string) => ({ token: null, headers: { cookie, ...origin } });
const linkOf = (answer: { body: { link: string } }) => answer.body.link.split("#")[1] ?? "";

beforeAll(async () => {
  api = await createTestApi();
  make = credentialsOf(() => api.process);
});
afterAll(() => api.close());

const entries = (action: string) =>
  api.db.prisma.auditEntry.findMany({ where: { action }, orderBy: { at: "asc" } });

describe("a link to set another password", () => {
  const reset = (userId: string, options: object = {}) =>
    post(`/users/${userId}/password-reset`, {}, options);
  const use = (token: string, password: string, options: object = { token: null }) =>
    post("/password-resets/use", { token, password }, options);
  const another = "another sentence than before";
  const signedIn = (email: string, password: string) =>
    signIn(api.process, { email, password, address: "203.0.113.9", userAgent: null });

  it("sets it once, ends every session, and signs nobody in", async () => {
    const userId = await make.makeUser({ role: "viewer", email: "forgot@example.test" });
    const { cookie } = await make.openSession(userId);
    const made = await reset(userId);
    expect(made.body).toMatchObject({ user_id: userId, email: "forgot@example.test", mailed: false });
    expect(made.body.link).toMatch(/^http:\/\/localhost:39731\/reset-password#tim_reset_\w{48}$/);
    const token = linkOf(made);
    const found = await post("/password-resets/find", { token }, { token: null });
    expect(found.body).toEqual({ email: "forgot@example.test", expires_at_ms: made.body.expires_at_ms });
    expect((await use(token, "too short")).body).toMatchObject({
      ...{ code: "INCIDENT_MONITOR_PASSWORD_TOO_SHORT", field: "password" },
    });
    expect((await use(token, another, {})).body.code).toBe("INCIDENT_MONITOR_PASSWORD_RESET_NEEDS_A_PERSON");
    expect((await api.call("GET", "/incident-monitor/session", as(cookie))).status).toBe(200);

    const both = await Promise.all([use(token, another), use(token, another)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(both.find(({ status }) => status === 200)?.body).toEqual({
      email: "forgot@example.test",
      ended: 1,
    });
    expect((await api.call("GET", "/incident-monitor/session", as(cookie))).status).toBe(401);
    expect(await signedIn("forgot@example.test", testPassword)).toMatchObject({ ok: false, reason: "wrong" });
    expect(await signedIn("forgot@example.test", another)).toMatchObject({ ok: true, userId });

    const [entry] = (await entries("incident_monitor.password_reset.used")).slice(-1);
    expect(entry).toMatchObject({
      actorKey: `user:${userId}`,
      subjectId: userId,
      detail: { ended_sessions: 1 },
    });
    const [madeEntry] = (await entries("incident_monitor.password_reset.made")).slice(-1);
    expect(madeEntry).toMatchObject({ actorKey: expect.stringMatching(/^token:/), subjectId: userId });
    const kept = JSON.stringify([entry, madeEntry, await api.db.prisma.passwordReset.findMany()]);
    expect(kept).not.toContain(token.slice(10));
    expect(await entries("incident_monitor.password_reset.rejected")).not.toEqual([]);
  });

  it("leaves the second factor as it is", async () => {
    const userId = await make.makeUser({ role: "viewer", email: "factor@example.test" });
    await api.db.prisma.user.update({
      where: { id: userId },
      data: { totpSecret: "sealed", totpLastStep: 7 },
    });
    expect((await use(linkOf(await reset(userId)), another)).status).toBe(200);
    const row = await api.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    expect(row).toMatchObject({ totpSecret: "sealed", totpLastStep: 7 });
    expect(await signedIn("factor@example.test", another)).toEqual({ ok: false, reason: "code_required" });
  });

  it("a newer link, its end, or a person who was disabled makes it open nothing", async () => {
    const userId = await make.makeUser({ role: "viewer" });
    const first = linkOf(await reset(userId));
    const second = linkOf(await reset(userId));
    const find = async (token: string) =>
      (await post("/password-resets/find", { token }, { token: null })).status;
    expect([await find(first), await find(second)]).toEqual([401, 200]);
    await post(`/users/${userId}/disable`);
    expect([await find(second), (await use(second, another)).status]).toEqual([401, 401]);
    expect((await reset(userId)).body.code).toBe("INCIDENT_MONITOR_USER_DISABLED");
    await post(`/users/${userId}/enable`);
    await api.db.prisma.passwordReset.updateMany({ where: { userId }, data: { expiresAt: new Date() } });
    expect((await use(second, another)).status).toBe(401);
  });

  it("is made by who manages access, for nobody with more than they hold, and not for oneself", async () => {
    const viewer = await make.makeUser({ role: "viewer" });
    const admin = await make.makeUser({ role: "admin" });
    const { cookie } = await make.openSession(admin);
    expect((await reset(admin, as(cookie))).body.code).toBe("INCIDENT_MONITOR_OWN_ACCOUNT");
    expect((await reset("nobody")).status).toBe(404);
    const { cookie: theirs } = await make.openSession(viewer);
    expect((await reset(admin, as(theirs))).status).toBe(403);
    const narrow = { name: "Desk", kind: "admin", scopes: ["read", "manageAccess"] };
    const by = { token: (await post("/tokens", narrow)).body.raw_token };
    expect((await reset(admin, by)).body.code).toBe("INCIDENT_MONITOR_GRANTS_MORE_THAN_HELD");
    expect((await reset(viewer, by)).status).toBe(200);
    await api.db.prisma.user.update({ where: { id: viewer }, data: { passwordHash: null } });
    expect((await reset(viewer)).body.code).toBe("INCIDENT_MONITOR_NO_PASSWORD");
  });
});
