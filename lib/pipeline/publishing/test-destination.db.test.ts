import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { destinationTestSchema } from "@/lib/contracts/status";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import type { Actor } from "@/lib/domain/actor";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors, testServices } from "@/lib/testing/context";
import { destinationTestToWire } from "@/lib/wire/status";
import { testDestination } from "./test-destination";

const { db, context, patch, auditEntries } = configDatabase();
const secret = "a-webhook-secret-of-some-length";
const fetch = createSafeFetch();
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: [secret] });
});
afterAll(async () => {
  await receiver.close();
  await fetch.close();
});
beforeEach(async () => {
  await db().pool.query("TRUNCATE destination_health");
  receiver.script();
  receiver.requests.length = 0;
  await patch({
    destinations: [
      { destination_id: "local", name: "Local", kind: "telemetry" },
      {
        destination_id: "hook",
        name: "Hook",
        kind: "webhook",
        webhook_url: `${receiver.url}/in`,
        webhook_secret_ref: "env:TANDEM_HOOK",
        config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 1_000 },
      },
    ],
  });
});

async function test(destinationId: string, actor?: Actor, clock: { nowMs?: number } = {}) {
  const services = {
    ...testServices(),
    fetch,
    resolveSecret: () => ({ ok: true as const, values: [secret] }),
  };
  const tested = await testDestination(context(actor, { services, ...clock }), { destinationId });
  return destinationTestSchema.strict().parse(destinationTestToWire(tested));
}
const tested = async () =>
  (await auditEntries()).filter((each) => each.action.endsWith("destination.tested"));

describe("testing a webhook", () => {
  it("sends one signed event marked as a test, with no incident text, and records it with its actor", async () => {
    // The receiver holds the signature's time against its own clock.
    const answer = await test("hook", undefined, { nowMs: Date.now() });
    expect(answer).toMatchObject({
      destination_id: "hook",
      ok: true,
      outcome: "published",
      status_code: 202,
    });
    expect(answer.message).toContain("202");
    expect(answer.response_excerpt).toContain("accepted");
    const [request] = receiver.requests;
    expect(receiver.requests).toHaveLength(1);
    expect(request).toMatchObject({ tandemSignatureValid: true, standardSignatureValid: true });
    expect(request?.headers["x-tandem-event"]).toBe("incident_monitor.test");
    const body = JSON.parse(request?.rawBody ?? "{}");
    expect(body).toMatchObject({ event: "incident_monitor.test", test: true });
    expect(body).not.toHaveProperty("draft");
    expect(await tested()).toMatchObject([
      {
        actorKey: "user:user-admin",
        outcome: "done",
        subjectId: "hook",
        detail: { outcome: "published", status_code: 202, kind: "webhook" },
      },
    ]);
    expect(JSON.stringify(await tested())).not.toContain("127.0.0.1");
    expect((await readDestinationHealth(db())).get("hook")).toMatchObject({ lastTestOutcome: "published" });
    expect(await db().prisma.delivery.count()).toBe(0);
  });

  it.each([
    [{ kind: "status", status: 503 }, "retryable", 503, /would be tried again/],
    [{ kind: "status", status: 400 }, "rejected", 400, /400/],
    [{ kind: "redirect", location: "http://elsewhere.example/" }, "rejected", 302, /redirect/],
    [{ kind: "drop" }, "retryable", undefined, /would be tried again/],
  ] as const)("%o is %s", async (step, outcome, status, words) => {
    receiver.script(step);
    const answer = await test("hook");
    expect(answer).toMatchObject({ ok: false, outcome });
    expect(answer.status_code).toBe(status);
    expect(answer.message).toMatch(words);
    expect(receiver.requests).toHaveLength(1);
    expect(await tested()).toMatchObject([{ outcome: "failed", detail: { outcome } }]);
  });

  it("shows a receiver's words only redacted (W-44)", async () => {
    const body = '{"echo":{"authorization":"Bearer abcdefghijklmnopqrstuvwxyz012345"}}';
    receiver.script({ kind: "status", status: 500, body });
    const answer = await test("hook");
    expect(answer.response_excerpt).toContain("echo");
    expect(answer.response_excerpt).not.toContain("abcdefghijklmnopqrstuvwxyz012345");
  });

  it.each([
    ["paused", { paused: true }, /paused/],
    ["disabled", { enabled: false }, /disabled/],
  ])("a monitor that is %s calls nobody", async (_, change, words) => {
    await patch(change);
    const answer = await test("hook");
    expect(answer).toMatchObject({ ok: false, outcome: "not_ready", duration_ms: 0 });
    expect(answer.message).toMatch(words);
    expect(receiver.requests).toHaveLength(0);
    expect(await tested()).toMatchObject([{ outcome: "failed", detail: { outcome: "not_ready" } }]);
  });

  it("a private address without the opt-in is not knocked at", async () => {
    await patch({
      destinations: [
        {
          destination_id: "hook",
          name: "Hook",
          kind: "webhook",
          webhook_url: `${receiver.url}/in`,
          webhook_secret_ref: "env:TANDEM_HOOK",
          config: { allow_insecure_http: true },
        },
      ],
    });
    const connections = receiver.connectionCount;
    expect(await test("hook")).toMatchObject({ outcome: "not_ready" });
    expect(receiver.connectionCount).toBe(connections);
  });

  it("one that goes through lifts an automatic stop; one that does not leaves it", async () => {
    await db().prisma.destinationHealth.create({
      data: { destinationId: "hook", disabledReason: "gone", consecutiveFailures: 4 },
    });
    receiver.script({ kind: "status", status: 410 });
    await test("hook");
    expect((await readDestinationHealth(db())).get("hook")).toMatchObject({ disabledReason: "gone" });
    await test("hook");
    expect((await readDestinationHealth(db())).get("hook")).toMatchObject({
      disabledReason: null,
      consecutiveFailures: 0,
    });
  });
});

describe("testing other kinds", () => {
  it("local telemetry is ready, and keeps no record of a test", async () => {
    const answer = await test("local");
    expect(answer).toMatchObject({ ok: true, outcome: "published" });
    expect(answer.message).toMatch(/leaves no record/);
    expect(await db().prisma.telemetryRecord.count()).toBe(0);
  });

  it("a kind that cannot publish yet says so", async () => {
    await patch({
      destinations: [{ destination_id: "gh", name: "GitHub", kind: "github_issue", repo: "acme/shop" }],
    });
    expect(await test("gh")).toMatchObject({ ok: false, outcome: "not_ready" });
  });
});

describe("who may", () => {
  it.each([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["an agent token", actors.agentToken()],
    ["a service token", actors.serviceToken()],
    ["a scoped key", actors.intakeKey()],
  ])("%s may not, and nothing is sent", async (_, actor) => {
    expect((await refusal(test("hook", actor))).kind).toBe("forbidden");
    expect(receiver.requests).toHaveLength(0);
    expect((await auditEntries()).at(-1)).toMatchObject({ action: "incident_monitor.access.denied" });
  });

  it("an unknown destination is named", async () => {
    expect(await refusal(test("gone"))).toMatchObject({
      kind: "not_found",
      reason: "destination_not_found",
      context: { destination_id: "gone" },
    });
  });
});
