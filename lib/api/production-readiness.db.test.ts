import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { productionReadinessSchema } from "@/lib/contracts/readiness";
import type { Role } from "@/lib/domain/actor";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf } from "@/lib/testing/credentials";

/** Production readiness over the API: judged from the database, vouched for by people. */
let api: TestApi;
const path = "/incident-monitor/security/production-readiness";
const attestation = (controlId: string) => `${path}/${controlId}/attestation`;
type Session = { token: null; headers: Record<string, string> };
async function session(role: Role | null, projectRoles: Record<string, Role> = {}): Promise<Session> {
  const made = credentialsOf(() => api.process);
  const { cookie } = await made.openSession(await made.makeUser({ role, projectRoles }));
  return { token: null, headers: { cookie, origin: "http://localhost:39731" } };
}
async function stateOf(controlId: string) {
  const { body } = await api.call("GET", path);
  return body.controls.find((each: { control_id: string }) => each.control_id === controlId);
}

let admin: Session;
beforeAll(async () => {
  api = await createTestApi();
  admin = await session("admin");
});
afterAll(() => api.close());

it("judges a fresh deployment by what is there, and says nothing of what it cannot see", async () => {
  const { status, body } = await api.call("GET", path);
  expect([status, productionReadinessSchema.safeParse(body).error]).toEqual([200, undefined]);
  const states = Object.fromEntries(
    body.controls.map((each: { control_id: string; state: string }) => [each.control_id, each.state]),
  );
  expect(states).toMatchObject({
    ...{
      high_risk_approval: "met",
      unready_blocked: "met",
      probes: "not_evaluable",
      scenarios: "not_evaluable",
    },
    ...{ deployment_cards: "attention", retention: "attention", second_factor: "attention" },
    ...{ backups: "customer_owned", on_call: "customer_owned", assessment_report: "not_evaluable" },
  });
  const { counts } = body;
  expect(counts.met + counts.attention + counts.not_evaluable + counts.customer_owned).toBe(counts.controls);
  expect([counts.acknowledged, counts.open]).toEqual([0, counts.controls - counts.met]);
});

it("follows what changes: a probe run, a setting", async () => {
  await api.call("POST", "/incident-monitor/security/assessment-probes", { body: {} });
  expect((await stateOf("probes")).state).toBe("met");
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: { safety_defaults: { require_approval_for_high_risk: false, retention_days: 90 } },
    },
  });
  expect(await stateOf("high_risk_approval")).toMatchObject({
    state: "attention",
    next_step: expect.any(String),
  });
  expect((await stateOf("retention")).state).toBe("met");
  await api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { safety_defaults: { require_approval_for_high_risk: true } } },
  });
});

describe("vouching", () => {
  it("a person does, with a note that is redacted and a day on which it ends; it is audited", async () => {
    const secret = "ghp_4Kz9mQ2rT7vX1bN8cJ5hL3pW6yD0sFgAeUiO";
    const body = { note: `Restored on 3 March, token=${secret}`, expires_in_days: 30 };
    const made = await api.call("PUT", attestation("backups"), { ...admin, body });
    expect(made.status, made.text).toBe(200);
    const { attestation: said } = made.body;
    expect(said.expires_at_ms - said.attested_at_ms).toBe(30 * 86_400_000);
    expect(await stateOf("backups")).toMatchObject({
      ...{ state: "customer_owned", next_step: null },
      acknowledgement: { attestation_id: said.attestation_id, actor: { kind: "user" }, lapsed: false },
    });
    expect(JSON.stringify(await api.db.prisma.readinessAttestation.findMany())).not.toContain(secret);
    const entry = await api.db.prisma.auditEntry.findFirst({
      where: { action: "incident_monitor.readiness.attested" },
    });
    expect(entry?.detail).toMatchObject({ attestation_id: said.attestation_id });
  });

  it("it ends by its day, and when it is taken back", async () => {
    await api.db.prisma.readinessAttestation.updateMany({ data: { expiresAt: new Date(1) } });
    expect(await stateOf("backups")).toMatchObject({
      acknowledgement: { lapsed: true },
      next_step: expect.any(String),
    });
    await api.call("PUT", attestation("backups"), { ...admin, body: { note: "Again" } });
    expect((await stateOf("backups")).acknowledgement).toMatchObject({ note: "Again", lapsed: false });
    const gone = await api.call("DELETE", attestation("backups"), admin);
    expect([gone.status, gone.body.withdrawn]).toEqual([200, true]);
    expect((await stateOf("backups")).acknowledgement).toBeNull();
    expect(await api.db.prisma.readinessAttestation.count()).toBe(2);
  });

  it.each<[string, string, object, number, string]>([
    ["no note", "backups", { note: " " }, 400, "INCIDENT_MONITOR_ATTESTATION_INVALID"],
    ["for ever", "backups", { note: "x", expires_in_days: 367 }, 400, "INCIDENT_MONITOR_ATTESTATION_INVALID"],
    ["no days", "backups", { note: "x", expires_in_days: 0 }, 400, "INCIDENT_MONITOR_ATTESTATION_INVALID"],
    [
      "what is judged by looking",
      "posture",
      { note: "x" },
      404,
      "INCIDENT_MONITOR_READINESS_CONTROL_NOT_FOUND",
    ],
    ["what is nothing", "none", { note: "x" }, 404, "INCIDENT_MONITOR_READINESS_CONTROL_NOT_FOUND"],
    ["the wrong shape", "backups", { note: 1 }, 422, "VALIDATION_FAILED"],
  ])("%s is refused", async (_, controlId, body, status, code) => {
    const answer = await api.call("PUT", attestation(controlId), { ...admin, body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("no token vouches, whatever it may; nor does a role that may not configure, or not everything", async () => {
    const body = { note: "x" };
    const token = await api.call("PUT", attestation("backups"), { body });
    expect([token.status, token.body.code]).toEqual([403, "INCIDENT_MONITOR_PERSON_REQUIRED"]);
    expect((await api.call("DELETE", attestation("backups"))).status).toBe(403);
    for (const who of [await session("auditor"), await session(null, { shop: "admin" })]) {
      expect((await api.call("PUT", attestation("backups"), { ...who, body })).status).toBe(403);
    }
    expect((await api.call("GET", path, await session("auditor"))).status).toBe(200);
    expect((await api.call("GET", path, await session(null, { shop: "admin" }))).status).toBe(403);
    expect((await api.call("GET", path, { token: api.tokens.service })).status).toBe(403);
    expect((await api.call("GET", path, { token: null })).status).toBe(401);
  });
});
