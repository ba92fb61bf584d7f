import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForChanges } from "@/lib/db/change-listener";
import { authDatabase } from "@/lib/testing/auth-database";
import { clearCredentialCaches } from "./credential-cache";
import { resolveCredential } from "./resolve-credential";
import { signOut } from "./sign-out";

const auth = authDatabase();
const resolve = (headers: Record<string, string>) => resolveCredential(auth.process(), new Headers(headers));

// Only the clock of caches and expiry: timers of the database driver keep running.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe("tokens", () => {
  it.each([
    ["x-agent-token", (raw: string) => raw],
    ["x-tandem-token", (raw: string) => ` ${raw} `],
    ["authorization", (raw: string) => `Bearer ${raw}`],
    ["authorization", (raw: string) => `bearer ${raw}`],
  ])("are taken from %s", async (name, write) => {
    const raw = await auth.makeToken({ name: "ci" });
    expect(await resolve({ [name]: write(raw) })).toMatchObject({
      kind: "actor",
      via: "token",
      actor: { kind: "token", name: "ci", tokenKind: "admin" },
    });
  });

  it.each([
    ["admin", { kind: "token", tokenKind: "admin" }],
    ["service", { kind: "token", tokenKind: "service" }],
    ["agent", { kind: "agent" }],
  ] as const)("of kind %s act as such, whichever header carried them", async (kind, expected) => {
    const raw = await auth.makeToken({ kind });
    for (const name of ["x-agent-token", "x-tandem-token"]) {
      expect(await resolve({ [name]: raw })).toMatchObject({ kind: "actor", actor: expected });
    }
  });

  it("in an earlier header win, and a wrong one is not made up for by a right one later", async () => {
    const [agent, admin] = [await auth.makeToken({ kind: "agent" }), await auth.makeToken()];
    expect(await resolve({ "x-agent-token": agent, authorization: `Bearer ${admin}` })).toMatchObject({
      actor: { kind: "agent" },
    });
    expect(await resolve({ "x-agent-token": "wrong", authorization: `Bearer ${admin}` })).toEqual({
      kind: "invalid",
    });
    expect(await resolve({ "x-agent-token": " ", authorization: `Bearer ${admin}` })).toMatchObject({
      actor: { kind: "token" },
    });
  });

  it("that are wrong are invalid even with a good session beside them", async () => {
    const { cookie } = await auth.openSession(await auth.makeUser());
    expect(await resolve({ cookie })).toMatchObject({ kind: "actor", via: "cookie" });
    expect(await resolve({ cookie, authorization: "Bearer wrong" })).toEqual({ kind: "invalid" });
  });

  it("that were disabled, have expired or are overlong are invalid", async () => {
    const disabled = await auth.makeToken({ disabledAt: new Date() });
    const expired = await auth.makeToken({ expiresAtMs: Date.now() - 1 });
    for (const raw of [disabled, expired, "x".repeat(10_000)]) {
      expect(await resolve({ "x-tandem-token": raw })).toEqual({ kind: "invalid" });
    }
  });

  it("end on time although they are remembered", async () => {
    const raw = await auth.makeToken({ expiresAtMs: Date.now() + 1_000 });
    expect(await resolve({ "x-tandem-token": raw })).toMatchObject({ kind: "actor" });
    later(1_000);
    expect(await resolve({ "x-tandem-token": raw })).toEqual({ kind: "invalid" });
  });

  it("cost one query in five seconds, and record their use", async () => {
    const raw = await auth.makeToken({ tokenId: "token-busy" });
    await resolve({ "x-tandem-token": raw });
    const query = vi.spyOn(auth.db().pool, "query");
    for (let i = 0; i < 100; i++) await resolve({ "x-tandem-token": raw });
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
    const row = await auth.db().prisma.apiToken.findUniqueOrThrow({ where: { id: "token-busy" } });
    expect(row.lastUsedAt?.getTime()).toBe(Date.now());
  });

  it("disabled elsewhere stop within five seconds, or at once when it is heard", async () => {
    const raws = [await auth.makeToken(), await auth.makeToken()];
    for (const raw of raws) await resolve({ "x-tandem-token": raw });
    await auth.db().prisma.apiToken.updateMany({ data: { disabledAt: new Date() } });
    later(5_000);
    expect(await resolve({ "x-tandem-token": raws[0] ?? "" })).toEqual({ kind: "invalid" });
    later(-5_000);
    expect(await resolve({ "x-tandem-token": raws[1] ?? "" })).toMatchObject({ kind: "actor" });
    clearCredentialCaches();
    expect(await resolve({ "x-tandem-token": raws[1] ?? "" })).toEqual({ kind: "invalid" });
  });
});

describe("nothing presented", () => {
  it.each([[{}], [{ authorization: "Basic eDp5" }], [{ cookie: "theme=dark" }]])(
    "%j is none",
    async (headers) => {
      expect(await resolve(headers as Record<string, string>)).toEqual({ kind: "none" });
    },
  );
});

describe("session cookies", () => {
  it("carry the person with roles as they are now", async () => {
    const userId = await auth.makeUser({ email: "Ada@Example.test", role: null });
    await auth.db().prisma.userProjectRole.create({ data: { userId, projectId: "shop", role: "triager" } });
    const { cookie, sessionId } = await auth.openSession(userId);
    expect(await resolve({ cookie })).toEqual({
      kind: "actor",
      via: "cookie",
      actor: {
        ...{
          kind: "user",
          userId,
          sessionId,
          name: "Ada",
          email: "ada@example.test",
          role: null,
          stepUpAtMs: null,
        },
        projectRoles: { shop: "triager" },
      },
    });
  });

  it("of a session that has ended are none", async () => {
    const userId = await auth.makeUser();
    const ended = await auth.openSession(userId, -1);
    expect(await resolve(ended)).toEqual({ kind: "none" });
    const short = await auth.openSession(userId, 1_000);
    expect(await resolve(short)).toMatchObject({ kind: "actor" });
    later(1_000);
    expect(await resolve(short)).toEqual({ kind: "none" });
  });

  it("of a session that signed out are ended everywhere: each process is told which", async () => {
    vi.useRealTimers();
    const { sessionId } = await auth.openSession(await auth.makeUser());
    const heard: string[] = [];
    const listener = listenForChanges(
      auth.db().url,
      ({ topic, id }) => heard.push(`${topic} ${id}`),
      () => heard.push("listening"),
    );
    try {
      await expect.poll(() => heard, { timeout: 20_000 }).toContain("listening");
      await signOut(auth.process(), sessionId);
      await expect.poll(() => heard, { timeout: 8_000 }).toContain(`session ${sessionId}`);
    } finally {
      await listener.close();
    }
  });

  it("of a revoked session are none within five seconds, and at once after a sign-out here", async () => {
    const userId = await auth.makeUser();
    const [elsewhere, here] = [await auth.openSession(userId), await auth.openSession(userId)];
    for (const { cookie } of [elsewhere, here])
      expect(await resolve({ cookie })).toMatchObject({ kind: "actor" });
    await auth.db().prisma.session.update({
      where: { id: elsewhere.sessionId },
      data: { revokedAt: new Date() },
    });
    await signOut(auth.process(), here.sessionId);
    expect(await resolve({ cookie: here.cookie })).toEqual({ kind: "none" });
    later(5_000);
    expect(await resolve({ cookie: elsewhere.cookie })).toEqual({ kind: "none" });
    const [entry, ...rest] = await auth.auditEntries({ subjectId: here.sessionId });
    expect(entry).toMatchObject({
      action: "incident_monitor.session.signed_out",
      actorKey: `user:${userId}`,
    });
    expect(rest).toEqual([]);
  });

  it("of a disabled person are none", async () => {
    const { cookie } = await auth.openSession(await auth.makeUser({ disabledAt: new Date() }));
    expect(await resolve({ cookie })).toEqual({ kind: "none" });
  });

  it("altered, of another secret or of no session are none", async () => {
    const { cookie } = await auth.openSession(await auth.makeUser());
    expect(await resolve({ cookie: `${cookie}x` })).toEqual({ kind: "none" });
    expect(await resolve({ cookie: "next-auth.session-token=not-a-token" })).toEqual({ kind: "none" });
    const stranger = { ...auth.process(), authSecret: "another secret that is long enough too" };
    expect(await resolveCredential(stranger, new Headers({ cookie }))).toEqual({ kind: "none" });
  });

  it("over https are taken under the secure name alone", async () => {
    const { cookie } = await auth.openSession(await auth.makeUser());
    const process = { ...auth.process(), publicUrl: "https://incidents.example.com" };
    expect(await resolveCredential(process, new Headers({ cookie }))).toEqual({ kind: "none" });
    const secure = new Headers({ cookie: `__Secure-${cookie}` });
    expect(await resolveCredential(process, secure)).toMatchObject({ kind: "actor" });
  });
});
