import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashPassword } from "@/lib/credentials/password";
import { dropEndedWindows } from "@/lib/db/sign-in-throttle-store";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { setPaused } from "../settings/set-paused";
import { forgetSpentAccess } from "./forget-spent-access";

let ground: SilenceGround;
const dayMs = 86_400_000;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const turn = () => forgetSpentAccess(ground.as(actors.system("retention")));
const ago = (days: number) => new Date(ground.clock.nowMs - days * dayMs);
const later = (days: number) => ago(-days);
const people = ["ada", "bob"];

beforeEach(async () => {
  await ground.db.pool.query(
    "TRUNCATE users, sessions, invitations, password_resets, notifications, sign_in_throttles CASCADE",
  );
  const passwordHash = await hashPassword("a password of this test");
  await ground.db.prisma.user.createMany({
    data: people.map((id) => ({ id, email: `${id}@example.test`, name: id, passwordHash })),
  });
});

type Times = { seen: Date; expiresAt: Date; revokedAt?: Date };
const session = (id: string, userId: string, { seen, expiresAt, revokedAt }: Times) =>
  ground.db.prisma.session.create({
    data: { id, userId, createdAt: seen, lastSeenAt: seen, expiresAt, revokedAt: revokedAt ?? null },
  });
const sessions = async () =>
  (await ground.db.prisma.session.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

describe("forgetting what let somebody in", () => {
  it("takes sessions that ended or expired 90 days ago, never a person's newest, nor one in force", async () => {
    await session("ada-expired", "ada", { seen: ago(110), expiresAt: ago(91) });
    await session("ada-ended", "ada", { seen: ago(100), expiresAt: later(1), revokedAt: ago(92) });
    await session("ada-ended-lately", "ada", { seen: ago(99), expiresAt: ago(95), revokedAt: ago(1) });
    await session("ada-fresh", "ada", { seen: ago(80), expiresAt: ago(60) });
    await session("ada-in-force", "ada", { seen: ago(0), expiresAt: later(10) });
    await session("bob-first", "bob", { seen: ago(300), expiresAt: ago(280) });
    await session("bob-newest", "bob", { seen: ago(200), expiresAt: ago(180) });

    expect(await turn()).toEqual({ sessions: 4 });
    expect(await sessions()).toEqual(["ada-fresh", "ada-in-force", "bob-newest"]);
    expect(await ground.audits("retention.enforced", "access")).toMatchObject([{ detail: { sessions: 4 } }]);
    expect(await turn()).toEqual({});
  });

  it("takes used and expired links, invitations, and ended messages with their links", async () => {
    const { passwordReset, invitation, notification } = ground.db.prisma;
    const link = (id: string) => ({ id, tokenHash: id, createdAt: ago(200) });
    const by = { madeBy: {}, userId: "ada" };
    await passwordReset.create({ data: { ...link("used"), ...by, expiresAt: later(1), usedAt: ago(91) } });
    await passwordReset.create({
      data: { ...link("lapsed"), ...by, expiresAt: ago(91), revokedAt: ago(80) },
    });
    await passwordReset.create({ data: { ...link("open"), ...by, expiresAt: later(1) } });
    const invited = { invitedBy: {}, email: "c@example.test" };
    await invitation.create({
      data: { ...link("accepted"), ...invited, expiresAt: ago(89), acceptedAt: ago(95) },
    });
    await invitation.create({ data: { ...link("renewable"), ...invited, expiresAt: ago(10) } });
    const message = (id: string, createdAt: Date, endedAt: Date | null) =>
      notification.create({
        data: {
          ...{ id, channel: "email", recipientKey: "user:ada", content: {}, nextAttemptAt: createdAt },
          ...{ createdAt, endedAt, state: endedAt ? "sent" : "due" },
          links: {
            create: [{ ...link(`link-${id}`), draftId: "d", digest: "x", expiresAt: createdAt }],
          },
        },
      });
    await message("old", ago(100), ago(99));
    await message("lasting", ago(100), ago(80));
    await message("waiting", ago(100), null);

    expect(await turn()).toEqual({ passwordResets: 2, invitations: 1, messages: 1 });
    expect((await passwordReset.findMany()).map(({ id }) => id)).toEqual(["open"]);
    expect((await invitation.findMany()).map(({ id }) => id)).toEqual(["renewable"]);
    const links = await ground.db.prisma.notificationLink.findMany({ orderBy: { id: "asc" } });
    expect(links.map(({ id }) => id)).toEqual(["link-lasting", "link-waiting"]);
  });

  it("goes in batches, until nothing is left", async () => {
    await ground.db.pool.query(
      `INSERT INTO sessions (id, user_id, created_at, last_seen_at, expires_at)
       SELECT 's-' || n, 'ada', $1, $1::timestamptz + n * interval '1 second', $2 FROM generate_series(1, 1201) n`,
      [ago(200), ago(180)],
    );
    const before = (await ground.audits("retention.enforced", "access")).length;
    expect(await turn()).toEqual({ sessions: 1_200 });
    expect(await sessions()).toEqual(["s-1201"]);
    expect(await ground.audits("retention.enforced", "access")).toHaveLength(before + 3);
  });

  it("leaves everything while a hold covers everything or the monitor is paused, but spent attempts", async () => {
    await session("old", "ada", { seen: ago(200), expiresAt: ago(180) });
    await session("newest", "ada", { seen: ago(100), expiresAt: ago(95) });
    const attempts = async (ended: number) => {
      await ground.db.pool.query(
        `INSERT INTO sign_in_throttles SELECT 'k-' || n, 1, CASE WHEN n > $1 THEN $3 ELSE $2 END::timestamptz
         FROM generate_series(1, $1 + 2) n ON CONFLICT (key) DO NOTHING`,
        [ended, ago(1), later(1)],
      );
    };
    const held = { scope: "all", reason: "a case", placedBy: {}, placedAt: ago(1) } as const;
    await ground.db.prisma.retentionHold.create({ data: { id: "hold", ...held } });
    await attempts(1_100);
    expect(await turn()).toEqual({});
    expect(await ground.db.prisma.signInThrottle.count()).toBe(2);
    await ground.db.prisma.retentionHold.update({ where: { id: "hold" }, data: { releasedAt: ago(0) } });

    await setPaused(ground.as(), { paused: true });
    expect(await turn()).toEqual({});
    await setPaused(ground.as(), { paused: false });
    expect(await turn()).toEqual({ sessions: 1 });

    await attempts(1_100);
    expect(await dropEndedWindows(ground.db, ground.clock.nowMs)).toBe(500);
  });

  it("is nobody's but the system's", async () => {
    expect((await refusal(forgetSpentAccess(ground.as(actors.adminToken())))).kind).toBe("forbidden");
  });
});
