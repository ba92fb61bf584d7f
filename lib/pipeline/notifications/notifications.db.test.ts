import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Role, UserActor } from "@/lib/domain/actor";
import { createMailer } from "@/lib/mail/smtp-mailer";
import type { Context } from "@/lib/pipeline/context";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aReport } from "@/lib/testing/reports";
import { openSmtpServer, type SmtpServer } from "@/lib/testing/smtp-server";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { putNotificationPreference, putNotificationSettings } from "./notification-settings";
import { openNotificationLink } from "./open-link";
import { queueMessages } from "./queue-messages";
import { sendNotifications } from "./send-notifications";

let database: TestDatabase;
let db: Database;
let smtp: SmtpServer;
/** After the migration, so that what is reported is news. */
let nowMs = Date.now() + 60_000;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
}, 60_000);
beforeEach(async () => {
  smtp = await openSmtpServer();
  nowMs += 3_600_000;
  await db.pool.query(
    "TRUNCATE notices, notifications, notification_links, notification_recipients, notification_preferences, users CASCADE",
  );
  await db.pool.query("UPDATE drafts SET approval = 'denied'");
  await db.pool.query(
    "UPDATE notification_settings SET version = 1, interval_minutes = 10, collected_until = $1",
    [new Date(nowMs)],
  );
  return () => smtp.close();
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

function context(actor: Context["actor"] = actors.system("notifications"), hasMail = true): Context {
  const mailer = createMailer({
    ...{
      host: "127.0.0.1",
      port: smtp.port,
      secure: false,
      requireTls: false,
      user: null,
      passwordRef: null,
    },
    ...{ from: "monitor@example.test", timeoutMs: 400 },
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "unset" } }),
  });
  const services = { publicUrl: "https://monitor.example.com", ...(hasMail && { mailer }) };
  return testContext(db, actor, { nowMs, services });
}

async function person(
  name: string,
  role: Role | null,
  projectRoles: Record<string, Role> = {},
): Promise<UserActor> {
  const email = `${name}@example.test`;
  const created = {
    create: Object.entries(projectRoles).map(([projectId, each]) => ({ projectId, role: each })),
  };
  await db.prisma.user.create({ data: { id: name, name, email, role, projectRoles: created } });
  return actors.approver({ userId: name, name, email, role, projectRoles });
}

let reported = 0;

/** A draft of its own each time. */
async function dueDraft(title = "Card 4111 1111 1111 1111 of Jane Roe declined"): Promise<string> {
  reported += 1;
  const fields = {
    fingerprint: `failure-${reported}`,
    title,
    detail: `${title} in detail`,
    riskLevel: "high",
  };
  const { draft } = await acceptReport(testContext(db, actors.admin(), { nowMs }), aReport(fields));
  await db.pool.query("UPDATE drafts SET approval = 'required' WHERE id = $1", [draft?.draftId]);
  return draft?.draftId ?? "";
}

async function tick(hasMail = true) {
  const { queued } = await queueMessages(context(undefined, hasMail));
  const { ended } = await sendNotifications(context(undefined, hasMail), () => nowMs);
  return [queued, ended];
}

const tokenIn = (text: string) => /\/notice\/([0-9a-f]{64})/.exec(text)?.[1] ?? "";
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => "opened",
    (error: { reason: string }) => error.reason,
  );
const audited = async (action: string) =>
  (
    await db.pool.query(
      "SELECT actor_key, outcome, detail FROM audit_entries WHERE action = $1 ORDER BY at",
      [action],
    )
  ).rows;

describe("an approval that is due", () => {
  it("is told to those alone whom a setting names", async () => {
    await person("ada", "approver");
    await person("ben", "approver");
    const name = (approversHighRisk: string[]) =>
      patchConfig(testContext(db, actors.admin(), { nowMs }), {
        patch: { safetyDefaults: { approversHighRisk } },
      });
    await name(["ada"]);
    await dueDraft();
    expect(await tick()).toEqual([1, 1]);
    await name([]);
    expect(smtp.received.map((mail) => mail.to)).toEqual(["ada@example.test"]);
  });

  it("is told of by mail: an id, a risk and a link, and no word of the report", async () => {
    const ann = await person("ann", "approver");
    await person("vic", "viewer");
    const draftId = await dueDraft();
    expect(await tick()).toEqual([1, 1]);
    expect(smtp.received.map((mail) => mail.to)).toEqual(["ann@example.test"]);
    const [mail] = smtp.received;
    expect(mail?.text).toContain(`Approval due: ${draftId} (no project, high risk)`);
    expect(mail?.raw + (mail?.text ?? "")).not.toMatch(/4111|Jane|declined|detail/i);
    const token = tokenIn(mail?.text ?? "");
    const opened = await openNotificationLink(context(ann), token);
    expect(opened).toMatchObject({ draftId });
    expect(opened.digest).toMatch(/^[0-9a-f]{64}$/);
    const stored = await db.pool.query(
      "SELECT row_to_json(l)::text || row_to_json(n)::text AS all_of_it FROM notification_links l, notifications n",
    );
    expect(stored.rows[0]?.all_of_it).not.toContain(token);
    expect((await audited("incident_monitor.notification.ended")).at(-1)).toMatchObject({ outcome: "done" });
  });

  it("the link opens once, for whoever got it, while it is good, and for people alone", async () => {
    const ann = await person("ann", "approver");
    const bob = await person("bob", "approver");
    await putNotificationPreference(context(bob), { email: false, kinds: [], riskRankMin: 0 });
    await dueDraft();
    await tick();
    const token = tokenIn(smtp.received[0]?.text ?? "");
    expect(await refusal(openNotificationLink(context(bob), token))).toBe("link_of_another");
    expect(await refusal(openNotificationLink(context(actors.adminToken()), token))).toBe("people_only");
    expect(await refusal(openNotificationLink(context(ann), "0".repeat(64)))).toBe("link_unknown");
    // The right person, who may not decide any more.
    expect(await refusal(openNotificationLink(context({ ...ann, role: "viewer" }), token))).toBe(
      "role_may_not",
    );
    const both = await Promise.all([1, 2].map(() => refusal(openNotificationLink(context(ann), token))));
    expect(both.sort()).toEqual(["link_used", "opened"]);
    const denied = (await audited("incident_monitor.notification.link_opened")).filter(
      (row) => row.outcome === "denied",
    );
    expect(denied.map((row) => row.detail.reason)).toEqual(
      expect.arrayContaining(["link_of_another", "link_used", "link_unknown"]),
    );
  });

  it("a link of 72 hours ago has expired", async () => {
    const ann = await person("ann", "approver");
    await dueDraft();
    await tick();
    nowMs += 72 * 3_600_000;
    expect(await refusal(openNotificationLink(context(ann), tokenIn(smtp.received[0]?.text ?? "")))).toBe(
      "link_expired",
    );
  });

  it("says another digest once the draft has changed", async () => {
    const ann = await person("ann", "approver");
    const draftId = await dueDraft();
    await tick();
    await db.pool.query("UPDATE drafts SET title = 'Another title', revision = revision + 1 WHERE id = $1", [
      draftId,
    ]);
    const { digest } = await openNotificationLink(context(ann), tokenIn(smtp.received[0]?.text ?? ""));
    const { getDraftReview } = await import("../drafts/get-draft-review");
    expect((await getDraftReview(context(ann), draftId)).digest).not.toBe(digest);
  });
});

describe("few messages", () => {
  it("a storm is one message, and one more when the time is over", async () => {
    await person("ann", "approver");
    for (let index = 0; index < 30; index += 1)
      await dueDraft(`Failure number ${index} of kind ${String.fromCharCode(97 + index)}x`);
    expect(await tick()).toEqual([1, 1]);
    expect(smtp.received[0]?.text).toMatch(/^30 approvals due \(30 of high risk\)/);
    await dueDraft("One more that comes meanwhile");
    nowMs += 60_000;
    expect(await tick()).toEqual([0, 0]);
    nowMs += 540_000;
    expect(await tick()).toEqual([1, 1]);
    expect(smtp.received[1]?.text).toMatch(/^1 approval due/);
    nowMs += 600_000;
    expect(await tick()).toEqual([0, 0]);
  });

  it("what was decided before anybody was told is no news", async () => {
    await person("ann", "approver");
    const draftId = await dueDraft();
    await db.pool.query("UPDATE drafts SET approval = 'granted' WHERE id = $1", [draftId]);
    expect(await tick()).toEqual([0, 0]);
  });

  it("two processes at once send one", async () => {
    await person("ann", "approver");
    await dueDraft();
    const both = await Promise.all([queueMessages(context()), queueMessages(context())]);
    expect(both.map(({ queued }) => queued).sort()).toEqual([0, 1]);
    await Promise.all([sendNotifications(context(), () => nowMs), sendNotifications(context(), () => nowMs)]);
    expect(smtp.received).toHaveLength(1);
  });

  it.each([
    ["nothing is configured", async () => tick(false)],
    [
      "it is switched off",
      async () => {
        await db.pool.query("UPDATE notification_settings SET enabled = false");
        return tick().finally(() => db.pool.query("UPDATE notification_settings SET enabled = true"));
      },
    ],
  ])("none where %s", async (_, run) => {
    await person("ann", "approver");
    await dueDraft();
    expect(await run()).toEqual([0, 0]);
    expect([smtp.connections, (await db.pool.query("SELECT 1 FROM notifications")).rowCount]).toEqual([0, 0]);
  });

  it("each by their own wishes and projects", async () => {
    const calm = await person("calm", "approver");
    await putNotificationPreference(context(calm), { email: true, kinds: ["approvals"], riskRankMin: 5 });
    await person("member", null, { shop: "approver" });
    await person("reader", null, { shop: "viewer" });
    await person("ann", "admin");
    const draftId = await dueDraft();
    await db.pool.query("UPDATE drafts SET project_id = 'shop' WHERE id = $1", [draftId]);
    await tick();
    expect(smtp.received.map((mail) => mail.to).sort()).toEqual(["ann@example.test", "member@example.test"]);
  });
});

describe("a mail server that misbehaves", () => {
  it.each(["refuse", "hang", "greylist"] as const)("%s: tried again, and sent in the end", async (manner) => {
    await person("ann", "approver");
    await dueDraft();
    smtp.manner = manner;
    expect(await tick()).toEqual([1, 0]);
    expect(await tick()).toEqual([0, 0]);
    smtp.manner = "accept";
    nowMs += 30_000;
    expect(await tick()).toEqual([0, 1]);
    expect(smtp.received).toHaveLength(1);
  });

  it("gone after the message: it is sent again under the same id", async () => {
    await person("ann", "approver");
    await dueDraft();
    smtp.manner = "drop-after-data";
    await tick();
    smtp.manner = "accept";
    nowMs += 30_000;
    await tick();
    const ids = smtp.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it("a recipient that is refused for good is given up, and said so", async () => {
    await person("ann", "approver");
    await dueDraft();
    smtp.manner = "reject";
    expect(await tick()).toEqual([1, 1]);
    const { rows } = await db.pool.query("SELECT state, last_reason FROM notifications");
    expect(rows).toMatchObject([{ state: "failed", last_reason: { code: "mail_refused" } }]);
    expect((await audited("incident_monitor.notification.ended")).at(-1)).toMatchObject({
      outcome: "failed",
    });
  });

  it("a process that died while it sent is taken over", async () => {
    await person("ann", "approver");
    await dueDraft();
    await queueMessages(context());
    await db.pool.query("UPDATE notifications SET state = 'sending', attempt_count = 1, lease_until = $1", [
      new Date(nowMs + 120_000),
    ]);
    expect(await sendNotifications(context(), () => nowMs)).toEqual({ ended: 0 });
    expect(await sendNotifications(context(), () => nowMs + 120_001)).toEqual({ ended: 1 });
  });
});

describe("settings", () => {
  const wish = {
    enabled: true,
    kinds: ["approvals" as const],
    riskRankMin: 0,
    intervalMinutes: 5,
    webhookDestinationId: null,
  };

  it("are written over the version that was read, by those who may configure", async () => {
    const admin = context(actors.admin());
    const { settings } = await putNotificationSettings(admin, { ...wish, version: 1 });
    expect([settings.version, settings.intervalMinutes]).toEqual([2, 5]);
    expect(await refusal(putNotificationSettings(admin, { ...wish, version: 1 }))).toBe(
      "notifications_stale",
    );
    expect(await refusal(putNotificationSettings(context(actors.approver()), { ...wish, version: 2 }))).toBe(
      "role_may_not",
    );
    expect(
      await refusal(putNotificationSettings(admin, { ...wish, webhookDestinationId: "none", version: 2 })),
    ).toBe("destination_unknown");
  });
});
