import { afterAll, beforeAll, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type Database, openDatabase } from "@/lib/db/client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { putNotificationSettings } from "./notification-settings";
import { queueMessages } from "./queue-messages";
import { sendNotifications } from "./send-notifications";

const secret = "the-secret-of-the-team-chat";
const fetch = createSafeFetch();
let database: TestDatabase;
let db: Database;
let receiver: WebhookReceiver;

const services = {
  fetch,
  resolveSecret: () => ({ ok: true as const, values: [secret] }),
  publicUrl: "https://monitor.example.com",
};
const admin = () => testContext(db, actors.admin(), { nowMs: Date.now(), services });
const system = () => testContext(db, actors.system("notifications"), { nowMs: Date.now(), services });
const states = async () =>
  (await db.pool.query("SELECT channel, state, attempt_count, last_reason FROM notifications")).rows;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  receiver = await startWebhookReceiver({ secrets: [secret] });
  const chat = {
    ...{ destinationId: "chat", name: "Team chat", kind: "webhook" as const },
    ...{ webhookUrl: `${receiver.url}/in`, webhookSecretRef: "env:TANDEM_CHAT" },
    config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 1_000 },
  };
  await patchConfig(admin(), { patch: { enabled: true, destinations: [chat] } });
  await putNotificationSettings(admin(), {
    ...{ version: 1, enabled: true, kinds: ["approvals"], riskRankMin: 0, intervalMinutes: 5 },
    webhookDestinationId: "chat",
  });
}, 60_000);

afterAll(async () => {
  await receiver?.close();
  await fetch.close();
  await db?.close();
  await database?.drop();
});

it("a message by webhook is signed, says nothing of the report, and is the same one when it is tried again", async () => {
  const title = "Ledger of Jane Roe does not add up";
  const { draft } = await acceptReport(
    admin(),
    aReport({ fingerprint: "told", title, detail: `${title}: 17 are missing`, riskLevel: "high" }),
  );
  expect(await queueMessages(system())).toEqual({ queued: 1 });

  receiver.script({ kind: "status", status: 503, body: "deploying" });
  expect(await sendNotifications(system(), () => Date.now())).toEqual({ ended: 0 });
  expect(await states()).toMatchObject([{ channel: "webhook", state: "due", attempt_count: 1 }]);
  expect(await sendNotifications(system(), () => Date.now() + 600_000)).toEqual({ ended: 1 });
  expect(await states()).toMatchObject([{ state: "sent", attempt_count: 2 }]);

  expect(receiver.requests).toHaveLength(2);
  expect(receiver.effectCount).toBe(1);
  for (const request of receiver.requests) {
    expect(request).toMatchObject({ tandemSignatureValid: true, standardSignatureValid: true });
    expect(request.headers["x-tandem-event"]).toBe("incident_monitor.notification");
    expect(request.rawBody).not.toMatch(/Ledger|Jane|17 are missing/);
  }
  expect(receiver.requests[1]?.rawBody).toBe(receiver.requests[0]?.rawBody);
  expect(JSON.parse(receiver.requests[0]?.rawBody ?? "{}")).toMatchObject({
    event: "incident_monitor.notification",
    counts: { approvals: 1 },
    high_risk: 1,
    items: [{ kind: "approvals", draft_id: draft?.draftId }],
  });
});

it("a destination that is chosen no more gets nothing, and the message says why it ended", async () => {
  await acceptReport(admin(), aReport({ fingerprint: "told-later", title: "Another", riskLevel: "high" }));
  await db.pool.query("UPDATE notification_recipients SET last_message_at = NULL");
  expect(await queueMessages(system())).toEqual({ queued: 1 });
  await patchConfig(admin(), { patch: { destinations: [] } });
  const before = receiver.connectionCount;
  expect(await sendNotifications(system(), () => Date.now())).toEqual({ ended: 1 });
  expect(receiver.connectionCount).toBe(before);
  expect(await states()).toContainEqual(
    expect.objectContaining({
      state: "failed",
      last_reason: expect.objectContaining({ code: "webhook_not_chosen" }),
    }),
  );
});
