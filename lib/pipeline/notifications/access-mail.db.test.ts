import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { findInvitationByHash } from "@/lib/db/invitation-store";
import { findPasswordResetByHash } from "@/lib/db/password-reset-store";
import { keyedHash } from "@/lib/digest";
import { createMailer } from "@/lib/mail/smtp-mailer";
import type { Context } from "@/lib/pipeline/context";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { openSmtpServer, type SmtpServer } from "@/lib/testing/smtp-server";
import { inviteUser } from "../access/invite-user";
import { makePasswordReset } from "../access/make-password-reset";
import { renewInvitation } from "../access/renew-invitation";
import { revokeInvitation } from "../access/revoke-invitation";
import { sendNotifications } from "./send-notifications";

let database: TestDatabase;
let db: Database;
let smtp: SmtpServer;
let nowMs = Date.UTC(2026, 5, 29, 12);
let counter = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
}, 60_000);
beforeEach(async () => {
  smtp = await openSmtpServer();
  nowMs += 86_400_000;
  counter += 1;
  await db.pool.query("TRUNCATE notifications, invitations, users CASCADE");
  return () => smtp.close();
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

function context(actor: Context["actor"] = actors.admin({ name: "Ada" }), hasMail = true): Context {
  const mailer = createMailer({
    ...{
      host: "127.0.0.1",
      port: smtp.port,
      secure: false,
      requireTls: false,
      user: null,
      passwordRef: null,
    },
    from: "monitor@example.test",
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "unset" } }),
  });
  const services = { publicUrl: "https://monitor.example.com/", ...(hasMail && { mailer }) };
  return testContext(db, actor, { nowMs, services });
}
const invite = (hasMail = true, email = `grace${counter}@example.test`) =>
  inviteUser(context(undefined, hasMail), { email, role: "viewer", projectRoles: {} });
const send = () => sendNotifications(context(actors.system("notifications")), () => nowMs);
const outbox = async () => (await db.pool.query("SELECT * FROM notifications ORDER BY created_at")).rows;
const linkIn = (text = "") => /https:\/\/\S+/.exec(text)?.[0] ?? "";
const hashOf = (link: string) => keyedHash("test-pepper", link.split("#")[1] ?? "");

it("an invitation is mailed with the link that its maker was shown, and no secret is kept", async () => {
  const made = await invite();
  expect(made.mailed).toBe(true);
  expect(JSON.stringify(await outbox())).not.toContain(made.rawToken.slice(11));
  expect(await send()).toEqual({ ended: 1 });
  const [mail] = smtp.received;
  expect(mail).toMatchObject({ to: `grace${counter}@example.test` });
  expect(mail?.text).toContain("Ada invited you");
  const link = linkIn(mail?.text);
  expect(link).toBe(`https://monitor.example.com/invitation#${made.rawToken}`);
  expect(await findInvitationByHash(db, hashOf(link), nowMs)).toMatchObject({
    invitationId: made.invitation.invitationId,
  });
  const { rows } = await db.pool.query(
    "SELECT action, outcome, detail FROM audit_entries WHERE subject_kind = 'notification' ORDER BY at DESC, action LIMIT 2",
  );
  expect(rows.map(({ action, outcome }) => [action.split(".").at(-1), outcome])).toEqual([
    ["ended", "done"],
    ["queued", "done"],
  ]);
  expect(JSON.stringify(rows)).not.toContain(made.rawToken);
});

it("without a mail server, or to an address of this machine alone, the link is its maker's to hand over", async () => {
  expect((await invite(false)).mailed).toBe(false);
  expect((await invite(true, "ops@localhost")).mailed).toBe(false);
  expect(await outbox()).toEqual([]);
});

it("a server that asks to come again gets the same message later; one that refuses ends it, and the link works on", async () => {
  const made = await invite();
  smtp.manner = "greylist";
  expect(await send()).toEqual({ ended: 0 });
  nowMs += 60_000;
  smtp.manner = "reject";
  expect(await send()).toEqual({ ended: 1 });
  expect(await outbox()).toMatchObject([
    { state: "failed", attempt_count: 2, last_reason: { code: "mail_refused" } },
  ]);
  expect(smtp.received).toEqual([]);
  expect(await findInvitationByHash(db, keyedHash("test-pepper", made.rawToken), nowMs)).not.toBeNull();
});

it("a link that was replaced or taken back before it left is sent to nobody", async () => {
  const first = await invite();
  const { invitationId } = first.invitation;
  nowMs += 1_000;
  const second = await renewInvitation(context(), invitationId);
  expect(second.rawToken).not.toBe(first.rawToken);
  await send();
  expect(smtp.received.map((mail) => linkIn(mail.text))).toEqual([
    `https://monitor.example.com/invitation#${second.rawToken}`,
  ]);
  nowMs += 1_000;
  await renewInvitation(context(), invitationId);
  await revokeInvitation(context(), invitationId);
  await send();
  expect(smtp.received).toHaveLength(1);
  expect((await outbox()).map(({ state, last_reason }) => [state, last_reason?.code])).toEqual([
    ["failed", "link_ended"],
    ["sent", undefined],
    ["failed", "recipient_gone"],
  ]);
});

it("a reset is mailed to its person, and not once another was made or they were disabled", async () => {
  await db.prisma.user.create({
    data: {
      id: "grace",
      name: "Grace",
      email: "grace@example.test",
      role: "viewer",
      passwordHash: "scrypt:x",
    },
  });
  const first = await makePasswordReset(context(), "grace");
  nowMs += 1_000;
  const second = await makePasswordReset(context(), "grace");
  expect([first.mailed, second.mailed]).toEqual([true, true]);
  await send();
  const [mail, ...others] = smtp.received;
  expect(others).toEqual([]);
  const link = linkIn(mail?.text);
  expect(link).toBe(`https://monitor.example.com/reset-password#${second.rawToken}`);
  expect(await findPasswordResetByHash(db, hashOf(link), nowMs)).toMatchObject({ userId: "grace" });
  await makePasswordReset(context(), "grace");
  await db.prisma.user.update({ where: { id: "grace" }, data: { disabledAt: new Date(nowMs) } });
  await send();
  expect(smtp.received).toHaveLength(1);
});
