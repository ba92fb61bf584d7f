import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { userListSchema, userSessionListSchema } from "@/lib/contracts/access";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf, testPassword } from "@/lib/testing/credentials";

let api: TestApi;
let make: ReturnType<typeof credentialsOf>;
const access = "/incident-monitor/access";
const users = `${access}/users`;
const origin = { origin: "http://localhost:39731" };
const post = (path: string, body: object = {}, options: object = {}) =>
  api.call("POST", `${access}${path}`, { body, ...options });
const as = (cookie: string) => ({ token: null, headers: { cookie, ...origin } });
const linkOf = (answer: { body: { link: string } }) => answer.body.link.split("#")[1] ?? "";

beforeAll(async () => {
  api = await createTestApi();
  make = credentialsOf(() => api.process);
  const monitored_projects = ["shop", "bank"].map((id) => ({
    ...{ project_id: id, name: id, repo: `a/${id}`, workspace_root: `/workspace/repos/${id}` },
  }));
  const incident_monitor = { monitored_projects };
  await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
});
afterAll(() => api.close());

const entries = (action: string) =>
  api.db.prisma.auditEntry.findMany({ where: { action }, orderBy: { at: "asc" } });

describe("an invitation", () => {
  let email: string;
  let counter = 0;
  beforeEach(() => {
    counter += 1;
    email = `grace${counter}@example.test`;
  });
  const invite = (body: object = {}) =>
    post("/invitations", { email, project_roles: { shop: "approver" }, ...body });

  it("becomes a user with its roles, once, who can sign in and sees their project only", async () => {
    const made = await invite();
    expect(made.status).toBe(200);
    expect(made.body.link).toMatch(/^http:\/\/localhost:39731\/invitation#tim_invite_\w{48}$/);
    const token = linkOf(made);
    const found = await post("/invitations/find", { token }, { token: null });
    expect(found.body).toMatchObject({ email, project_roles: { shop: "approver" } });

    const accept = () =>
      post("/invitations/accept", { token, name: " Grace Hopper ", password: testPassword }, { token: null });
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const [joined] = both.filter(({ status }) => status === 200);
    const userId = joined?.body.user_id as string;
    const { cookie } = await make.openSession(userId);
    const user = (await api.call("GET", `${users}/${userId}`)).body.user;
    expect(user).toMatchObject({ name: "Grace Hopper", email, session_count: 1, version: 1 });
    expect(user.role).toBeUndefined();
    expect((await api.call("GET", "/incident-monitor/session", as(cookie))).body.role).toBeUndefined();
    expect((await api.call("GET", users, as(cookie))).status).toBe(403);

    const [invited] = (await entries("incident_monitor.user.invited")).slice(-1);
    expect(invited).toMatchObject({ actorKey: expect.stringMatching(/^token:/), outcome: "done" });
    const [entry] = (await entries("incident_monitor.user.joined")).slice(-1);
    expect(entry).toMatchObject({ actorKey: `user:${userId}`, subjectId: userId });
    expect(JSON.stringify([invited, entry])).not.toContain(token);
    const stored = JSON.stringify(await api.db.prisma.invitation.findMany());
    expect(stored).not.toContain(token.slice(11));
    expect((await api.call("GET", `${access}/invitations`)).text).not.toMatch(/link|hash|tim_invite/);
  });

  it("is refused to an address that has an account, or is invited already", async () => {
    await invite();
    const again = await invite({ email: email.toUpperCase() });
    expect([again.status, again.body.code, again.body.field]).toEqual([
      ...[409, "INCIDENT_MONITOR_INVITATION_OPEN", "email"],
    ]);
    await make.makeUser({ email: "taken@example.test" });
    const taken = await invite({ email: "taken@example.test" });
    expect([taken.status, taken.body.code]).toEqual([409, "INCIDENT_MONITOR_USER_EXISTS"]);
  });

  it.each([
    ["no role at all", { role: null, project_roles: {} }, 400, "ROLES_REQUIRED", "role"],
    [
      "a project that is none",
      { project_roles: { nope: "viewer" } },
      400,
      "PROJECT_UNKNOWN",
      "project_roles",
    ],
  ])("needs %s mended", async (_, body, status, code, field) => {
    const answer = await invite(body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      status,
      `INCIDENT_MONITOR_${code}`,
      field,
    ]);
  });

  it("is asked for a good password and a name, and stays open meanwhile", async () => {
    const token = linkOf(await invite());
    const accept = (body: object) =>
      post("/invitations/accept", { token, name: "Grace", password: testPassword, ...body }, { token: null });
    for (const [body, code, field] of [
      [{ password: "short" }, "PASSWORD_TOO_SHORT", "password"],
      [{ password: email }, "PASSWORD_PERSONAL", "password"],
      [{ password: "Password1234!" }, "PASSWORD_COMMON", "password"],
      [{ name: "   " }, "NAME_REQUIRED", "name"],
    ] as const) {
      const answer = await accept(body);
      expect([answer.status, answer.body.code, answer.body.field]).toEqual([
        400,
        `INCIDENT_MONITOR_${code}`,
        field,
      ]);
    }
    expect((await accept({})).status).toBe(200);
  });

  it("is accepted by no token", async () => {
    const token = linkOf(await invite());
    const answer = await post("/invitations/accept", { token, name: "Bot", password: testPassword });
    expect([answer.status, answer.body.code]).toEqual([400, "INCIDENT_MONITOR_INVITATION_NEEDS_A_PERSON"]);
    expect((await post("/invitations/find", { token }, { token: null })).status).toBe(200);
  });

  it("ends: replaced by a new link, taken back, expired; an expired one makes room", async () => {
    const made = await invite();
    const id = made.body.invitation.invitation_id;
    const renewed = await post(`/invitations/${id}/renew`);
    const find = async (token: string) =>
      (await post("/invitations/find", { token }, { token: null })).status;
    expect(await find(linkOf(made))).toBe(401);
    expect(await find(linkOf(renewed))).toBe(200);
    await api.db.prisma.invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await find(linkOf(renewed))).toBe(401);
    const listed = (await api.call("GET", `${access}/invitations?q=${email}`)).body.invitations;
    expect(listed.map((each: { state: string }) => each.state)).toEqual(["expired"]);
    const second = await invite();
    expect(second.status).toBe(200);
    const secondId = second.body.invitation.invitation_id;
    expect((await post(`/invitations/${secondId}/revoke`)).status).toBe(200);
    expect(await find(linkOf(second))).toBe(401);
    expect((await post(`/invitations/${secondId}/revoke`)).status).toBe(404);
    expect(await entries("incident_monitor.invitation.rejected")).not.toEqual([]);
  });

  it("is not to be guessed: after fifty wrong links an address waits", async () => {
    const guess = () =>
      post(
        "/invitations/find",
        { token: "tim_invite_guess" },
        { token: null, headers: { "x-forwarded-for": "203.0.113.9" } },
      );
    const statuses = [];
    for (let n = 0; n < 53; n++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 50).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(50)).toEqual([429, 429, 429]);
  });
});

describe("a user", () => {
  it("is listed in the declared shape, found by words, role and project", async () => {
    const userId = await make.makeUser({ role: null, projectRoles: { bank: "triager" } });
    const { body } = await api.call("GET", `${users}?project=bank`);
    expect(userListSchema.strict().parse(body)).toEqual(body);
    expect(body.users.map((each: { user_id: string }) => each.user_id)).toEqual([userId]);
    for (const query of [`q=${userId}`, "role=auditor", "disabled=true", "limit=1"]) {
      expect((await api.call("GET", `${users}?${query}`)).status).toBe(200);
    }
  });

  it("gets other roles from their next request on, and a stale write is refused", async () => {
    const userId = await make.makeUser({ role: "viewer" });
    const { cookie } = await make.openSession(userId);
    const seen = async () => (await api.call("GET", "/incident-monitor/session", as(cookie))).body.role;
    expect(await seen()).toBe("viewer");
    const change = { version: 1, role: "approver", project_roles: { shop: "admin" } };
    const answer = await api.call("PATCH", `${users}/${userId}`, { body: change });
    expect(answer.body.user).toMatchObject({
      role: "approver",
      version: 2,
      project_roles: { shop: "admin" },
    });
    expect(answer.headers.get("etag")).toBe('"2"');
    expect(await seen()).toBe("approver");
    const late = await api.call("PATCH", `${users}/${userId}`, { body: change });
    expect([late.status, late.body.code, late.body.current_version]).toEqual([
      409,
      "INCIDENT_MONITOR_USER_STALE",
      2,
    ]);
    const byTag = { body: { name: "Grace" }, headers: { "if-match": '"1"' } };
    expect((await api.call("PATCH", `${users}/${userId}`, byTag)).status).toBe(409);
    const [entry] = (await entries("incident_monitor.user.updated")).slice(-1);
    expect(entry).toMatchObject({
      subjectId: userId,
      detail: { from: { role: "viewer" }, to: { role: "approver" } },
    });
  });

  it("keeps a role on a project that has gone, and gets none on one that never was", async () => {
    const userId = await make.makeUser({ role: null, projectRoles: { gone: "viewer" } });
    const patch = (project_roles: object) =>
      api.call("PATCH", `${users}/${userId}`, { body: { project_roles } });
    expect((await patch({ gone: "triager" })).status).toBe(200);
    expect((await patch({ gone: "triager", never: "viewer" })).body.code).toBe(
      "INCIDENT_MONITOR_PROJECT_UNKNOWN",
    );
  });

  it("who is disabled is out at once, with every session, and may come back", async () => {
    const userId = await make.makeUser({ role: "viewer" });
    const sessions = [await make.openSession(userId), await make.openSession(userId)];
    const status = async ({ cookie }: { cookie: string }) =>
      (await api.call("GET", "/incident-monitor/session", as(cookie))).status;
    for (const session of sessions) expect(await status(session)).toBe(200);
    const answer = await post(`/users/${userId}/disable`);
    expect(answer.body.user).toMatchObject({ session_count: 0, disabled_at_ms: expect.any(Number) });
    for (const session of sessions) expect(await status(session)).toBe(401);
    expect((await post(`/users/${userId}/disable`)).status).toBe(200);
    expect(
      (await entries("incident_monitor.user.disabled")).filter((each) => each.subjectId === userId),
    ).toHaveLength(1);
    expect((await post(`/users/${userId}/enable`)).body.user.disabled_at_ms).toBeUndefined();
    for (const session of sessions) expect(await status(session)).toBe(401);
    expect(await status(await make.openSession(userId))).toBe(200);
  });

  it("removed is gone with roles and sessions", async () => {
    const userId = await make.makeUser({ role: "viewer", projectRoles: { shop: "admin" } });
    const { cookie } = await make.openSession(userId);
    expect((await api.call("DELETE", `${users}/${userId}`)).body).toEqual({ user_id: userId, removed: true });
    expect((await api.call("GET", "/incident-monitor/session", as(cookie))).status).toBe(401);
    expect((await api.call("GET", `${users}/${userId}`)).status).toBe(404);
    expect((await api.call("DELETE", `${users}/${userId}`)).body.code).toBe(
      "INCIDENT_MONITOR_USER_NOT_FOUND",
    );
  });

  it("who is the last admin stays one, even when two demote each other at once", async () => {
    await api.db.prisma.user.updateMany({ where: { role: "admin" }, data: { role: "viewer" } });
    const [ada, bob] = [await make.makeUser({ role: "admin" }), await make.makeUser({ role: "admin" })];
    const cookies = { [ada]: await make.openSession(ada), [bob]: await make.openSession(bob) };
    const demote = (who: string, by: string) =>
      api.call("PATCH", `${users}/${who}`, { ...as(cookies[by]?.cookie ?? ""), body: { role: "viewer" } });
    const answers = await Promise.all([demote(ada, bob), demote(bob, ada)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.anything()]);
    // Whoever comes second is the last admin's, or no admin any more.
    expect([403, 409]).toContain(Math.max(...answers.map(({ status }) => status)));
    const [left] = await api.db.prisma.user.findMany({ where: { role: "admin" } });
    const last = left?.id ?? "";
    for (const refused of [
      await api.call("DELETE", `${users}/${last}`),
      await post(`/users/${last}/disable`),
      await api.call("PATCH", `${users}/${last}`, { body: { role: null, project_roles: { shop: "admin" } } }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, "INCIDENT_MONITOR_LAST_ADMIN"]);
    }
    const own = await post(`/users/${last}/disable`, {}, as(cookies[last]?.cookie ?? ""));
    expect([own.status, own.body.code]).toEqual([409, "INCIDENT_MONITOR_OWN_ACCOUNT"]);
    const denied = await api.db.prisma.auditEntry.findMany({ where: { subjectId: last, outcome: "denied" } });
    const reasons = denied.map((each) => (each.detail as { reason: string }).reason);
    expect(reasons.filter((each) => each === "last_admin").length).toBeGreaterThanOrEqual(3);
    expect(reasons).toContain("own_account");
  });
});

describe("sessions", () => {
  it("are listed without a secret, and ended by their person or whoever manages access", async () => {
    const userId = await make.makeUser({ role: "viewer" });
    const [here, there] = [await make.openSession(userId), await make.openSession(userId)];
    const { body } = await api.call("GET", `${users}/${userId}/sessions`);
    expect(userSessionListSchema.strict().parse(body)).toEqual(body);
    expect(body.count).toBe(2);

    const other = await make.openSession(await make.makeUser({ role: "approver" }));
    const revoke = (id: string, by: { cookie: string }) => post(`/sessions/${id}/revoke`, {}, as(by.cookie));
    expect((await revoke(there.sessionId, other)).status).toBe(403);
    expect((await revoke(there.sessionId, here)).status).toBe(200);
    expect((await api.call("GET", "/incident-monitor/session", as(there.cookie))).status).toBe(401);
    expect((await post(`/sessions/${here.sessionId}/revoke`)).body.revoked).toBe(true);
    expect((await post("/sessions/none/revoke")).status).toBe(404);
    const ended = await entries("incident_monitor.session.revoked");
    expect(ended.slice(-2).map(({ detail }) => (detail as { own: boolean }).own)).toEqual([true, false]);
  });

  it("all at once: of one's own all but this one, of somebody else all", async () => {
    const userId = await make.makeUser({ role: "viewer" });
    const [here, ...others] = await Promise.all([1, 2, 3].map(() => make.openSession(userId)));
    expect((await post(`/users/${userId}/sessions/revoke`, {}, as(here?.cookie ?? ""))).body.ended).toBe(2);
    expect(others).toHaveLength(2);
    expect((await post(`/users/${userId}/sessions/revoke`)).body).toEqual({ user_id: userId, ended: 1 });
    expect((await post(`/users/${userId}/sessions/revoke`)).body.ended).toBe(0);
  });
});

describe("a token", () => {
  const create = (body: object, options: object = {}) =>
    post("/tokens", { name: "CI", kind: "service", ...body }, options);
  const read = (token: string) => api.call("GET", "/incident-monitor/incidents", { token });

  it("is shown once, does what its scopes say and nothing else, and stops when disabled", async () => {
    const made = await create({ scopes: ["read", "read"] });
    const { raw_token: raw, token } = made.body;
    expect(token).toMatchObject({ scopes: ["read"], bootstrap: false, prefix: raw.slice(0, 14) });
    expect((await read(raw)).status).toBe(200);
    const refused = await api.call("POST", "/incident-monitor/report", {
      token: raw,
      body: { report: { title: "x" } },
    });
    expect([refused.status, refused.body.code]).toEqual([403, "INCIDENT_MONITOR_SCOPE_MAY_NOT"]);
    expect(refused.body.error).toContain("narrowed to its scopes");
    const { text, body } = await api.call("GET", `${access}/tokens?q=CI`);
    expect(text).not.toContain(raw);
    expect(text).not.toMatch(/hash/i);
    expect(body.tokens[0].last_used_at_ms).toEqual(expect.any(Number));
    expect((await post(`/tokens/${token.token_id}/disable`)).body.token.disabled_at_ms).toEqual(
      expect.any(Number),
    );
    expect((await read(raw)).status).toBe(401);
  });

  it("is rotated with an overlap, or without one", async () => {
    const first = (await create({ scopes: ["read"] })).body;
    const rotate = (id: string, body: object = {}) => post(`/tokens/${id}/rotate`, body);
    const second = (await rotate(first.token.token_id)).body;
    expect(second.token).toMatchObject({
      scopes: ["read"],
      kind: "service",
      rotated_from_id: first.token.token_id,
    });
    expect(second.previous.expires_at_ms).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    for (const raw of [first.raw_token, second.raw_token]) expect((await read(raw)).status).toBe(200);
    const third = (await rotate(second.token.token_id, { overlap_ms: 0 })).body;
    expect((await read(second.raw_token)).status).toBe(401);
    expect((await read(third.raw_token)).status).toBe(200);
    const ended = await rotate(second.token.token_id);
    expect([ended.status, ended.body.code]).toEqual([409, "INCIDENT_MONITOR_TOKEN_NOT_ACTIVE"]);
  });

  it.each([
    ["an expiry that has passed", { expires_at_ms: 1 }, 400, "INCIDENT_MONITOR_TOKEN_EXPIRED"],
    [
      "a scope beyond its kind",
      { kind: "agent", scopes: ["publish"] },
      400,
      "INCIDENT_MONITOR_TOKEN_SCOPE_BEYOND_KIND",
    ],
    ["a scope that is none", { scopes: ["everything"] }, 422, "VALIDATION_FAILED"],
    ["a name of blanks", { name: "  " }, 400, "INCIDENT_MONITOR_NAME_REQUIRED"],
  ])("is not made with %s", async (_, body, status, code) => {
    const answer = await create(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("that was narrowed gives away no more than it holds, by no way round", async () => {
    const narrow = (await create({ kind: "admin", scopes: ["read", "readAccess", "manageAccess"] })).body;
    const wide = (await create({ kind: "admin" })).body;
    const invited = await post("/invitations", { email: "wide@example.test", role: "admin" });
    const disabled = await make.makeUser({ role: "approver", disabledAt: new Date() });
    const by = { token: narrow.raw_token };
    const attempts = [
      await create({ kind: "admin" }, by),
      await post(`/tokens/${wide.token.token_id}/rotate`, {}, by),
      await post("/invitations", { email: "mine@example.test", role: "admin" }, by),
      await post(`/invitations/${invited.body.invitation.invitation_id}/renew`, {}, by),
      await post(`/users/${disabled}/enable`, {}, by),
      await api.call("PATCH", `${users}/${disabled}`, { ...by, body: { role: "admin" } }),
    ];
    for (const { status, body } of attempts) {
      expect([status, body.code]).toEqual([403, "INCIDENT_MONITOR_GRANTS_MORE_THAN_HELD"]);
    }
    expect((await create({ kind: "service", scopes: ["read"] }, by)).status).toBe(200);
    const denied = await api.db.prisma.auditEntry.findMany({
      where: { actorKey: `token:${narrow.token.token_id}`, outcome: "denied" },
    });
    expect(denied).toHaveLength(attempts.length);
  });

  it("of the host is the host's to end", async () => {
    const tokenId = "token-of-the-host";
    const raw = await make.makeToken({ tokenId, bootstrap: true });
    for (const path of ["disable", "rotate"]) {
      const answer = await post(`/tokens/${tokenId}/${path}`);
      expect([answer.status, answer.body.code]).toEqual([409, "INCIDENT_MONITOR_TOKEN_IS_HOSTS"]);
    }
    expect((await read(raw)).status).toBe(200);
  });
});

it("the table of roles is the one that decides", async () => {
  const { body } = await api.call("GET", `${access}/roles`, { token: api.tokens.agent });
  const auditor = body.roles.find((each: { role: string }) => each.role === "auditor");
  expect(auditor.permissions).toEqual(["read", "assess", "readAccess", "readAudit", "reviewBreakGlass"]);
  expect(body.permissions).not.toContain("ownAccount");
  const agent = body.token_kinds.find((each: { kind: string }) => each.kind === "agent");
  expect(agent.permissions).toEqual(["read", "report", "triage"]);
});
