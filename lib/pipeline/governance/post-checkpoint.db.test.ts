import { afterAll, beforeAll, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type Database, openDatabase } from "@/lib/db/client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { keeping, writeEntries } from "@/lib/testing/ledger-ground";
import { patchConfig } from "../settings/patch-config";
import { postCheckpoint } from "./post-checkpoint";
import { putAuditWitness } from "./put-audit-witness";
import { readNote } from "./remember-checkpoint";
import { sealAudit } from "./seal-audit";
import { verifyAudit } from "./verify-audit";

const secret = "the-secret-of-the-witness";
const fetch = createSafeFetch();
let database: TestDatabase;
let db: Database;
let receiver: WebhookReceiver;

const services = { fetch, resolveSecret: () => ({ ok: true as const, values: [secret] }), ledger: keeping() };
const admin = (nowMs = Date.now()) => testContext(db, actors.admin(), { nowMs, services });
const system = (nowMs = Date.now()) => testContext(db, actors.system("audit-witness"), { nowMs, services });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 5);
  receiver = await startWebhookReceiver({ secrets: [secret] });
  const witness = {
    ...{ destinationId: "witness", name: "Witness", kind: "webhook" as const },
    ...{ webhookUrl: `${receiver.url}/in`, webhookSecretRef: "env:TANDEM_WITNESS" },
    config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 1_000 },
  };
  const local = { destinationId: "notes", name: "Notes", kind: "internal_memory" as const };
  await patchConfig(admin(), { patch: { enabled: true, destinations: [witness, local] } });
  await writeEntries(db, 10, Date.now());
  await sealAudit(system());
}, 60_000);

afterAll(async () => {
  await receiver?.close();
  await fetch.close();
  await db?.close();
  await database?.drop();
});

const settings = { destinationId: "witness", intervalMinutes: 60, version: 1 };

it("nobody is told until an admin says who", async () => {
  expect(await postCheckpoint(system())).toEqual({ sent: 0 });
  expect(receiver.requests).toHaveLength(0);
  const auditor = testContext(db, actors.auditor());
  await expect(putAuditWitness(auditor, settings)).rejects.toMatchObject({ kind: "forbidden" });
  const unknown = { ...settings, destinationId: "none" };
  await expect(putAuditWitness(admin(), unknown)).rejects.toMatchObject({ reason: "destination_unknown" });
});

it("a destination that could not bear witness is refused with the reason", async () => {
  await expect(putAuditWitness(admin(), { ...settings, destinationId: "notes" })).rejects.toMatchObject({
    reason: "destination_no_witness",
    message: expect.stringContaining("kept in the database of the ledger"),
  });
});

it("a checkpoint is posted signed, once, tried again as the same, and the ledger is compared with it", async () => {
  await putAuditWitness(admin(), settings);
  await expect(putAuditWitness(admin(), settings)).rejects.toMatchObject({ reason: "witness_stale" });
  receiver.script({ kind: "status", status: 503, body: "deploying" });
  expect(await postCheckpoint(system())).toEqual({ sent: 0 });
  expect(await postCheckpoint(system(Date.now() + 600_000))).toEqual({ sent: 1 });
  expect(receiver.effectCount).toBe(1);
  expect(receiver.requests.map((each) => each.tandemSignatureValid)).toEqual([true, true]);
  const body = JSON.parse(receiver.requests[1]?.rawBody ?? "{}");
  expect(body).toMatchObject({ event: "incident_monitor.audit.checkpoint" });
  expect(readNote(body.checkpoint)).toMatchObject({ size: body.size });
  expect(receiver.requests[0]?.rawBody).toBe(receiver.requests[1]?.rawBody);

  // Nothing new within the interval; what was sent is compared when somebody verifies.
  await sealAudit(system());
  expect(await postCheckpoint(system(Date.now() + 60_000))).toEqual({ sent: 0 });
  expect(await verifyAudit(admin())).toMatchObject({ ok: true, copies: 2 });
});
