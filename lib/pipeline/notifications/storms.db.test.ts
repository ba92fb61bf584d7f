import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { UserActor } from "@/lib/domain/actor";
import type { Mailer } from "@/lib/domain/notification";
import { createMailer } from "@/lib/mail/smtp-mailer";
import type { Context } from "@/lib/pipeline/context";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aReport } from "@/lib/testing/reports";
import { openSmtpServer, type SmtpServer } from "@/lib/testing/smtp-server";
import { muteIncident } from "../incidents/quiet-incident";
import { wakeIncidents } from "../incidents/wake-incidents";
import { acceptReport } from "../intake/accept-report";
import { putNotificationPreference } from "./notification-settings";
import { queueMessages } from "./queue-messages";
import { sendNotifications } from "./send-notifications";

let database: TestDatabase;
let db: Database;
let smtp: SmtpServer;
/** After the migration, so that what is reported is news. */
let nowMs = Date.now() + 60_000;
const minute = 60_000;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
}, 60_000);
beforeEach(async () => {
  smtp = await openSmtpServer();
  nowMs += 60 * minute;
  await db.pool.query(
    "TRUNCATE notices, notifications, notification_links, notification_recipients, notification_preferences, users, incidents CASCADE",
  );
  await db.pool.query("UPDATE notification_settings SET collected_until = $1", [new Date(nowMs)]);
  return () => smtp.close();
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

const realMailer = () =>
  createMailer({
    ...{
      host: "127.0.0.1",
      port: smtp.port,
      secure: false,
      requireTls: false,
      user: null,
      passwordRef: null,
    },
    ...{ from: "monitor@example.test", timeoutMs: 5_000 },
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "unset" } }),
  });

function context(actor: Context["actor"] = actors.system("notifications"), mailer: Mailer = realMailer()) {
  return testContext(db, actor, { nowMs, services: { publicUrl: "https://monitor.example.com", mailer } });
}

async function person(name: string): Promise<UserActor> {
  const fields = { name, email: `${name}@example.test`, role: "approver" as const };
  await db.prisma.user.create({ data: { id: name, ...fields } });
  return actors.approver({ userId: name, ...fields });
}

async function dueDraft(riskLevel: "low" | "high"): Promise<{ draftId: string; incidentId: string }> {
  const fields = { fingerprint: `failure-of-${riskLevel}-risk`, title: "It stopped", detail: "", riskLevel };
  const { draft, incident } = await acceptReport(testContext(db, actors.admin(), { nowMs }), aReport(fields));
  const { draftId = "" } = draft ?? {};
  await db.pool.query("UPDATE drafts SET approval = 'required' WHERE id = $1", [draftId]);
  return { draftId, incidentId: incident.incidentId };
}

async function tick(): Promise<number> {
  await queueMessages(context());
  return (await sendNotifications(context(), () => nowMs)).ended;
}

describe("more than one turn takes", () => {
  it("the worst is told of at once, and nothing is left out", async () => {
    const ann = await person("ann");
    await putNotificationPreference(context(ann), { email: true, kinds: ["approvals"], riskRankMin: 4 });
    const { draftId } = await dueDraft("low");
    await db.pool.query(
      `INSERT INTO drafts SELECT (jsonb_populate_record(d, jsonb_build_object('id', 'storm-' || n))).*
       FROM drafts d, generate_series(1, 6000) n WHERE d.id = $1`,
      [draftId],
    );
    nowMs += 1_000;
    const { draftId: worst } = await dueDraft("high");
    expect(await tick()).toBe(1);
    expect(smtp.received[0]?.text).toContain(`Approval due: ${worst}`);
    for (let turn = 1; turn <= 2; turn += 1) {
      nowMs += 5 * minute;
      await tick();
    }
    const noticed = await db.pool.query("SELECT count(DISTINCT subject_id)::int AS n FROM notices");
    expect(noticed.rows).toEqual([{ n: 6_002 }]);
  });
});

it("a draft whose incident is quiet is told of when that wakes, once", async () => {
  await person("ann");
  const { draftId, incidentId } = await dueDraft("high");
  const approver = testContext(db, actors.approver(), { nowMs });
  await muteIncident(approver, { incidentId, untilMs: nowMs + 30 * minute });
  expect(await tick()).toBe(0);
  nowMs += 30 * minute;
  expect(await tick()).toBe(0);
  await wakeIncidents(testContext(db, actors.system("quiet"), { nowMs }));
  expect(await tick()).toBe(1);
  expect(smtp.received[0]?.text).toContain(`Approval due: ${draftId}`);
  nowMs += 30 * minute;
  expect(await tick()).toBe(0);
});

it("a slow server's messages are sent once, although another process looks meanwhile", async () => {
  for (const name of ["ann", "bob", "cal", "dee", "eva", "fay"]) await person(name);
  await dueDraft("high");
  await queueMessages(context());
  const mailer = realMailer();
  const slow: Mailer = {
    host: mailer.host,
    send: async (mail) => {
      nowMs += minute / 2;
      await sendNotifications(context(), () => nowMs);
      return mailer.send(mail);
    },
  };
  await sendNotifications(context(actors.system("notifications"), slow), () => nowMs);
  const told = smtp.received.map((mail) => mail.to).sort();
  expect(told).toEqual(["ann", "bob", "cal", "dee", "eva", "fay"].map((name) => `${name}@example.test`));
});
