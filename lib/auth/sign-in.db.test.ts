import { scryptSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hashPassword } from "@/lib/credentials/password";
import { savePasswordHash } from "@/lib/db/account-store";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { sessionLifetimeMs } from "./open-session";
import { resolveSession } from "./session-cookie";
import { signIn } from "./sign-in";

const auth = authDatabase();
let address = "";
let count = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  address = `192.0.2.${++count}`;
});
afterEach(() => void vi.useRealTimers());

const attempt = (email: string, password: string, from = address) =>
  signIn(auth.process(), { email, password, address: from, userAgent: "Firefox" });
const newEmail = () => `person-${++count}@example.test`;
const wrong = { ok: false, reason: "wrong" };
const throttled = { ok: false, reason: "throttled" };

describe("signIn", () => {
  it("opens a session for the right password, whatever the capitals of the address", async () => {
    const email = newEmail();
    const userId = await auth.makeUser({ email });
    const outcome = await attempt(` ${email.toUpperCase()} `, testPassword);
    expect(outcome).toMatchObject({ ok: true, userId, email, name: "Ada" });
    const { sessionId } = outcome as { sessionId: string };
    expect(await resolveSession(auth.process(), sessionId)).toMatchObject({
      kind: "user",
      userId,
      sessionId,
    });
    const row = await auth.db().prisma.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(row.userAgent).toBe("Firefox");
    expect(row.expiresAt.getTime()).toBe(Date.now() + sessionLifetimeMs);
    expect(await auth.auditEntries({ subjectId: sessionId })).toMatchObject([
      { action: "incident_monitor.session.signed_in", actorKey: `user:${userId}`, outcome: "done" },
    ]);
  });

  it("answers alike for a wrong password, nobody and somebody disabled, and tells the audit which", async () => {
    const [email, gone] = [newEmail(), newEmail()];
    const userId = await auth.makeUser({ email });
    const goneId = await auth.makeUser({ email: gone, disabledAt: new Date() });
    expect(await attempt(email, "wrong password")).toEqual(wrong);
    expect(await attempt("nobody@example.test", testPassword)).toEqual(wrong);
    expect(await attempt(gone, testPassword)).toEqual(wrong);

    const entries = await auth.auditEntries({ action: "incident_monitor.session.rejected" });
    const told = new Map(entries.map((entry) => [entry.subjectId, entry.detail]));
    expect(told.get(userId)).toMatchObject({ reason: "password" });
    expect(told.get(goneId)).toMatchObject({ reason: "disabled" });
    expect(entries.map((entry) => (entry.detail as { reason: string }).reason)).toContain("unknown");
    expect(JSON.stringify(entries)).not.toMatch(/example\.test|192\.0\.2|wrong password/);
    expect(await auth.db().prisma.session.count({ where: { userId: goneId } })).toBe(0);
  });

  it("stores a hash of today's cost once the password is known to be right", async () => {
    const email = newEmail();
    const userId = await auth.makeUser({ email });
    const salt = Buffer.from("0123456789abcdef");
    const key = scryptSync(testPassword, salt, 32, { N: 1024, r: 8, p: 1 }).toString("base64url");
    const data = { passwordHash: `scrypt$1024$8$1$${salt.toString("base64url")}$${key}` };
    await auth.db().prisma.user.update({ where: { id: userId }, data });
    expect(await attempt(email, testPassword)).toMatchObject({ ok: true });
    const row = await auth.db().prisma.user.findUniqueOrThrow({ where: { id: userId } });
    expect(row.passwordHash).toMatch(/^scrypt\$32768\$/);
    expect(await attempt(email, testPassword)).toMatchObject({ ok: true });
  });
});

describe("a password that is changed while it is being checked", () => {
  const waiting =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

  /** Signs in while somebody else is changing the person: they have done it all and not committed yet. */
  async function signInDuring(email: string, change: (tx: Transaction) => Promise<void>) {
    let settled = false;
    const { signing } = await inTransaction(auth.db(), async (tx) => {
      await change(tx);
      const signing = attempt(email, testPassword).finally(() => {
        settled = true;
      });
      const stands = async () => settled || (await auth.db().pool.query(waiting)).rows.length > 0;
      await expect.poll(stands, { timeout: 10_000, interval: 20 }).toBe(true);
      return { signing };
    });
    return signing;
  }

  it("opens no session: whoever else knew the old one is out when the change is done", async () => {
    const email = newEmail();
    const userId = await auth.makeUser({ email });
    const { passwordHash } = await auth.db().prisma.user.findUniqueOrThrow({ where: { id: userId } });
    const outcome = await signInDuring(email, async (tx) => {
      const change = { from: passwordHash ?? "", to: "scrypt$another", nowMs: Date.now() };
      expect(await savePasswordHash(tx, userId, change)).toBe(true);
      await revokeSessionsOf(tx, userId, Date.now());
    });
    expect(outcome).toEqual(wrong);
    expect(await auth.db().prisma.session.count({ where: { userId, revokedAt: null } })).toBe(0);
  });

  it("nor for who is disabled meanwhile, which would come alive with them again", async () => {
    const email = newEmail();
    const userId = await auth.makeUser({ email });
    const outcome = await signInDuring(email, async (tx) => {
      await tx.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    });
    expect(outcome).toEqual(wrong);
    expect(await auth.db().prisma.session.count({ where: { userId } })).toBe(0);
  });

  it("the same password hashed anew meanwhile is the same password", async () => {
    const email = newEmail();
    const userId = await auth.makeUser({ email });
    const outcome = await signInDuring(email, async (tx) => {
      const data = { passwordHash: await hashPassword(testPassword) };
      await tx.user.update({ where: { id: userId }, data });
    });
    expect(outcome).toMatchObject({ ok: true, userId });
  });
});

/** Windows that have seen one attempt take more for seen: hashing takes its time, by design. */
async function haveSeen(attempts: number, kind = "pair"): Promise<void> {
  const where = { key: { startsWith: `${kind}:` }, count: 1 };
  await auth.db().prisma.signInThrottle.updateMany({ where, data: { count: attempts } });
}

describe("throttling", () => {
  it("closes a name to one address after ten failures, to the right password too, until the window is over", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    for (let i = 0; i < 10; i++) expect(await attempt(email, "wrong")).toEqual(wrong);
    expect(await attempt(email, testPassword)).toEqual(throttled);
    vi.setSystemTime(Date.now() + 15 * 60_000);
    expect(await attempt(email, testPassword)).toMatchObject({ ok: true });
  });

  it("a stranger's wrong words do not lock out the owner, who signs in from elsewhere", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    await attempt(email, "wrong");
    await haveSeen(10);
    expect(await attempt(email, "wrong")).toEqual(throttled);
    expect(await attempt(email, testPassword, "198.51.100.1")).toMatchObject({ ok: true });
  });

  it("closes a name to everybody after a hundred failures, wherever they come from", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    await attempt(email, "wrong", "198.51.100.9");
    await haveSeen(99, "email");
    expect(await attempt(email, "wrong", "198.51.100.10")).toEqual(wrong);
    expect(await attempt(email, testPassword, "198.51.100.11")).toEqual(throttled);
  });

  it("lets no more than ten through when all come at once", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    const outcomes = await Promise.all(Array.from({ length: 14 }, () => attempt(email, "wrong")));
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === "wrong")).toHaveLength(10);
  });

  it("starts over after a sign-in", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    await attempt(email, "wrong");
    await haveSeen(9);
    expect(await attempt(email, testPassword)).toMatchObject({ ok: true });
    for (let i = 0; i < 10; i++) expect(await attempt(email, "wrong")).toEqual(wrong);
    expect(await attempt(email, "wrong")).toEqual(throttled);
  });

  it("closes the door to whoever tries many names, tells the audit once, and to nobody else", async () => {
    const email = newEmail();
    await auth.makeUser({ email });
    const before = new Date();
    vi.setSystemTime(Date.now() + 1);
    const keys = await auth.db().prisma.signInThrottle.count();
    await attempt(newEmail(), "wrong");
    await haveSeen(48, "address");
    for (let i = 0; i < 2; i++) expect(await attempt(newEmail(), "wrong")).toEqual(wrong);
    for (let i = 0; i < 5; i++) expect(await attempt(newEmail(), "wrong")).toEqual(throttled);
    expect(await auth.db().prisma.signInThrottle.count()).toBe(keys + 7);
    expect(await attempt(email, testPassword)).toEqual(throttled);
    expect(await attempt(email, testPassword, "198.51.100.2")).toMatchObject({ ok: true });
    const detail = { path: ["reason"], equals: "throttled" };
    expect(await auth.auditEntries({ at: { gt: before }, detail })).toHaveLength(1);
  }, 60_000);

  it("keeps no window for good", async () => {
    const ended = () =>
      auth.db().prisma.signInThrottle.count({ where: { windowEndsAt: { lte: new Date() } } });
    await attempt(newEmail(), "wrong");
    vi.setSystemTime(Date.now() + 16 * 60_000);
    expect(await ended()).toBeGreaterThanOrEqual(2);
    await attempt(newEmail(), "wrong");
    expect(await ended()).toBe(0);
  });
});
