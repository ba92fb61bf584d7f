import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploymentCardsResponseSchema } from "@/lib/contracts/deployment-card";
import type { Role } from "@/lib/domain/actor";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf } from "@/lib/testing/credentials";

/** Deployment cards over the API: made, stored, reviewed, taken back, and who may do which. */
let api: TestApi;
let rawKey: string;
const cards = "/incident-monitor/security/deployment-cards";
const code = "INCIDENT_MONITOR_DEPLOYMENT_CARDS_ADMIN_REQUIRED";
const monitorId = "tandem:self_monitoring:incident_monitor";
const shopId = "monitored_source:shop:project";
const planted = "ghp_4Kz9mQ2rT7vX1bN8cJ5hL3pW6yD0sFgAeUiO";

const full = {
  ...{ intended_purpose: "Takes failures in", business_owner: "Ada", accountable_team: "platform" },
  ...{ autonomy_level: "acts after approval", data_classification: "internal" },
  ...{ approval_protocol: "one approver", escalation_protocol: "on call", review_cadence_days: 30 },
};
const metadataOf = (cardId: string) => `${cards}/${encodeURIComponent(cardId)}/metadata`;
const reviewsOf = (cardId: string) => `${cards}/${encodeURIComponent(cardId)}/reviews`;
const make = (body: object = {}, options?: Parameters<TestApi["call"]>[2]) =>
  api.call("POST", cards, { body, ...options });
const put = (cardId: string, body: object, headers: Record<string, string> = {}) =>
  api.call("PUT", metadataOf(cardId), { body, headers });
const missingOf = (body: { cards: Array<{ card_id: string; missing_fields: string[] }> }, cardId: string) =>
  body.cards.find((each) => each.card_id === cardId)?.missing_fields;
async function session(role: Role | null, projectRoles: Record<string, Role> = {}) {
  const made = credentialsOf(() => api.process);
  const { cookie } = await made.openSession(await made.makeUser({ role, projectRoles }));
  return { token: null, headers: { cookie, origin: "http://localhost:39731" } };
}

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

it("case 138: an empty system has the monitor's card alone, with high findings about who answers for it", async () => {
  const { status, body } = await make();
  expect([status, deploymentCardsResponseSchema.safeParse(body).error]).toEqual([200, undefined]);
  expect(body.cards.map((each: { card_id: string }) => each.card_id)).toEqual([monitorId]);
  const high = body.findings.filter((each: { severity: string }) => each.severity === "high");
  expect(
    high.map((each: { affected_objects: [{ field: string }] }) => each.affected_objects[0].field),
  ).toEqual([...["business_owner", "accountable_team", "escalation_protocol"]]);
  expect(body.counts).toMatchObject({
    cards: 1,
    findings: 7,
    missing_required_fields: 7,
    overdue_reviews: 0,
  });
  expect(body.reassessment.schedule).toHaveLength(1);
  expect(body.markdown_export).toContain(`- Card: ${monitorId}`);
});

it("case 138: full metadata leaves no finding, stores nothing, and is in the audit", async () => {
  const { body } = await make({ defaults: full, include_markdown: false, include_raw_inventory: true });
  expect([body.findings, body.markdown_export]).toEqual([[], null]);
  expect(body.scope).toMatchObject({ raw_inventory_included: false, raw_inventory_request_ignored: true });
  const { purpose: _, ...rest } = { ...full, purpose: "" };
  const aliased = await make({
    metadata: { incident_monitor: { ...rest, intended_purpose: null, purpose: "By its alias" } },
  });
  expect(aliased.body.cards[0].intended_purpose).toBe("By its alias");
  expect(aliased.body.card_policy.metadata_card_ids).toEqual(["incident_monitor"]);
  expect(await api.db.prisma.deploymentCardVersion.count()).toBe(0);
  const action = "incident_monitor.deployment_cards.generated";
  const entry = await api.db.prisma.auditEntry.findFirst({ where: { action }, orderBy: { at: "desc" } });
  expect(entry?.detail).toMatchObject({ schema_version: 1, cards: 1, tandem_self_monitoring: 1 });
});

it("a secret that is sent along or stored comes out of nothing", async () => {
  const sent = await make({ defaults: { ...full, escalation_protocol: `call with token=${planted}` } });
  const saved = await put(monitorId, { ...full, residual_risks: [`password: ${planted}`] });
  expect([sent.status, saved.status]).toEqual([200, 200]);
  const read = await api.call("GET", metadataOf(monitorId));
  const rows = await api.db.prisma.deploymentCardVersion.findMany();
  for (const text of [sent.text, saved.text, read.text, JSON.stringify(rows)])
    expect(text).not.toContain(planted);
  expect((await api.call("DELETE", metadataOf(monitorId))).status).toBe(200);
});

describe("two projects", () => {
  beforeAll(async () => {
    const project = (project_id: string) => ({
      ...{ project_id, name: project_id, repo: `acme/${project_id}` },
      workspace_root: `/workspace/repos/${project_id}`,
    });
    await api.call("PATCH", "/config/incident-monitor", {
      body: { incident_monitor: { monitored_projects: [project("shop"), project("shop-2")] } },
    });
    const key = { project_id: "shop", name: "ci" };
    rawKey = (await api.call("POST", "/incident-monitor/intake/keys", { body: key })).body.raw_key;
  });

  it("case 138: what is linked is a card's own, by whole ids (W-60)", async () => {
    const report = { title: "Settlement failed", detail: "exit code 1", source: "ci", event: "ci.failed" };
    const headers = { "x-tandem-incident-monitor-intake-key": rawKey };
    const taken = await api.call("POST", "/incident-monitor/intake/report", {
      ...{ token: null, headers, body: { project_id: "shop", report } },
    });
    const probed = await api.call("POST", "/incident-monitor/security/assessment-probes", { body: {} });
    const { body } = await api.call("GET", cards);
    const linksOf = (cardId: string) =>
      body.cards.find((each: { card_id: string }) => each.card_id === cardId).linked_evidence;
    const incident = { kind: "incident", id: taken.body.incident.incident_id };
    expect(linksOf(shopId).incident_refs).toEqual([incident]);
    expect(linksOf("monitored_source:shop-2:project").incident_refs).toEqual([]);
    const finding = { kind: "posture_finding", rule_id: "missing_tenant_context", severity: "high" };
    expect(linksOf(shopId).posture_finding_refs).toEqual(
      expect.arrayContaining([expect.objectContaining(finding)]),
    );
    const packs = linksOf(monitorId).evidence_pack_refs;
    expect(packs).toMatchObject([{ kind: "probe_run", id: probed.body.evidence_pack.artifact_id }]);
    expect(body.counts.posture_findings_linked).toBeGreaterThan(1);
  });

  it("stored metadata stands above defaults and below what is sent for the card", async () => {
    await put(shopId, { ...full, business_owner: "stored" });
    const ownerOf = async (body: object) =>
      (await make(body)).body.cards.find((each: { card_id: string }) => each.card_id === shopId)
        .business_owner;
    expect(await ownerOf({ defaults: { business_owner: "default" } })).toBe("stored");
    expect(await ownerOf({ metadata: { shop: { business_owner: "target" } } })).toBe("target");
    const both = { shop: { business_owner: "target" }, [shopId]: { business_owner: "card" } };
    expect(await ownerOf({ metadata: both })).toBe("card");
    await api.call("DELETE", metadataOf(shopId));
  });

  it("has versions with what changed, by whom; a stale writer is told", async () => {
    const empty = await api.call("GET", metadataOf(shopId));
    const first = await put(shopId, full, { "if-none-match": "*" });
    const version = first.body.version as number;
    expect([first.status, version, first.headers.get("etag")]).toEqual([
      200,
      empty.body.version + 1,
      `"${version}"`,
    ]);
    expect(missingOf((await api.call("GET", cards)).body, shopId)).toEqual([]);
    const again = await put(shopId, full, { "if-match": `"${version}"` });
    expect(again.body.version).toBe(version);
    const second = await put(shopId, { ...full, business_owner: "Grace" }, { "if-match": `"${version}"` });
    expect(second.body.versions[0]).toMatchObject({
      ...{ version: version + 1, action: "saved", actor: { kind: "token", name: "admin" } },
      changes: [{ field: "business_owner", before: "Ada", after: "Grace" }],
    });
    const conditions: Record<string, string>[] = [{ "if-match": `"${version}"` }, { "if-none-match": "*" }];
    for (const headers of conditions) {
      const stale = await put(shopId, full, headers);
      expect([stale.status, stale.body.code]).toEqual([409, "INCIDENT_MONITOR_CARD_METADATA_STALE"]);
    }
    const entry = await api.db.prisma.auditEntry.findFirst({
      where: { action: "incident_monitor.deployment_card.saved", subjectId: shopId },
      orderBy: { at: "desc" },
    });
    expect(entry?.detail).toEqual({ version: version + 1, fields: ["business_owner"] });
    const waiting = await api.call("GET", "/incident-monitor/security/reassessments");
    expect(waiting.body.waiting.map((each: { trigger: string }) => each.trigger)).toContain(
      "compliance_mapping_change",
    );
  });

  it("of many writers at once over the same version one is let through", async () => {
    const { body } = await api.call("GET", metadataOf(shopId));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        put(shopId, { ...full, business_owner: `Writer ${at}` }, { "if-match": `"${body.version}"` }),
      ),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it("is overdue after its cadence, listed as that, until somebody reviews it", async () => {
    const long = new Date(Date.now() - 31 * 86_400_000);
    await api.db.prisma.deploymentCardVersion.updateMany({
      where: { cardId: shopId },
      data: { describedAt: long },
    });
    const late = (await api.call("GET", cards)).body;
    expect(late.counts.overdue_reviews).toBe(1);
    expect(late.findings.map((each: { finding_id: string }) => each.finding_id)).toContain(
      `deployment_card_overdue:${shopId}`,
    );
    const reviewed = await api.call("POST", reviewsOf(shopId));
    expect([reviewed.status, reviewed.body.versions[0].action]).toEqual([200, "reviewed"]);
    const after = (await api.call("GET", `${cards}?card_id=${encodeURIComponent(shopId)}`)).body;
    expect([after.cards.length, after.counts.overdue_reviews]).toEqual([1, 0]);
    const { due_at_ms, last_reviewed_at_ms } = after.cards[0].review;
    expect(due_at_ms - last_reviewed_at_ms).toBe(30 * 86_400_000);
  });

  it("taken back it lacks everything again, and its versions stay", async () => {
    const gone = await api.call("DELETE", metadataOf(shopId));
    expect([gone.status, gone.body.metadata, gone.body.versions[0].action]).toEqual([200, null, "removed"]);
    expect(gone.body.versions.length).toBeGreaterThan(3);
    expect(missingOf((await api.call("GET", cards)).body, shopId)).toHaveLength(7);
    for (const answer of [
      await api.call("DELETE", metadataOf(shopId)),
      await api.call("POST", reviewsOf(shopId)),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, "INCIDENT_MONITOR_CARD_METADATA_NOT_FOUND"]);
    }
    const unknown = await put("automation:never", full);
    expect([unknown.status, unknown.body.code]).toEqual([404, "INCIDENT_MONITOR_DEPLOYMENT_CARD_NOT_FOUND"]);
  });

  it("what was said of a thing that is gone stays readable", async () => {
    const subjects = "/incident-monitor/security/authority-subjects";
    const automation_specs = [{ automation_id: "nightly", name: "Nightly", status: "active" }];
    await api.call("PUT", subjects, { body: { runtime_id: "engine", automation_specs } });
    expect((await put("automation:nightly", full)).status).toBe(200);
    await api.call("DELETE", `${subjects}/engine`);
    const { body } = await api.call("GET", metadataOf("automation:nightly"));
    expect([body.target, body.metadata.business_owner]).toEqual([null, "Ada"]);
    expect(JSON.stringify((await api.call("GET", cards)).body.cards)).not.toContain("automation:nightly");
  });

  it("who has a role on one project gets its cards and no other's, and changes them only as its admin", async () => {
    const viewer = await session(null, { shop: "viewer" });
    const listed = await api.call("GET", cards, viewer);
    expect(listed.body.cards.map((each: { card_id: string }) => each.card_id)).toEqual([monitorId, shopId]);
    expect(listed.text).not.toContain("shop-2");
    const other = await api.call("GET", metadataOf("monitored_source:shop-2:project"), viewer);
    expect([other.status, other.body.code]).toEqual([404, "INCIDENT_MONITOR_DEPLOYMENT_CARD_NOT_FOUND"]);
    expect((await make({}, viewer)).status).toBe(403);
    expect((await api.call("PUT", metadataOf(shopId), { ...viewer, body: full })).status).toBe(403);
    const admin = await session(null, { shop: "admin" });
    expect((await api.call("PUT", metadataOf(shopId), { ...admin, body: full })).status).toBe(200);
    expect((await api.call("PUT", metadataOf(monitorId), { ...admin, body: full })).status).toBe(403);
    const made = await make({}, admin);
    expect([made.status, made.body.counts.cards]).toEqual([200, 2]);
  });

  it("case 34: a scoped key's header is 403 even beside the full token; without a full token it is 401", async () => {
    const headers = { "x-tandem-incident-monitor-intake-key": rawKey };
    for (const token of [api.tokens.admin, null, "wrong"]) {
      const answer = await make({}, { token, headers });
      expect([answer.status, answer.body.code]).toEqual([403, code]);
    }
    for (const [token, status] of [
      [null, 401],
      ["wrong", 401],
      [api.tokens.service, 403],
      [api.tokens.agent, 403],
    ] as const) {
      const answer = await make({}, { token });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it.each<[object, string]>([
    [{ defaults: { review_cadence_days: 1.5 } }, "defaults.review_cadence_days"],
    [{ metadata: { card: { evidence_refs: "x" } } }, "metadata.card.evidence_refs"],
  ])("of the wrong shape is 422 and names %#", async (body, field) => {
    const answer = await make(body);
    expect([answer.status, answer.body.field]).toEqual([422, field]);
    const stored = await put(shopId, { review_cadence_days: "often" });
    expect([stored.status, stored.body.field]).toEqual([422, "review_cadence_days"]);
  });

  it("what cards lack is found by a reassessment too", async () => {
    const { body } = await api.call("POST", "/incident-monitor/security/reassessments", { body: {} });
    const found = body.reassessment.findings.filter(
      (each: { rule_id: string }) => each.rule_id === "deployment_card_required_field_missing",
    );
    expect(found.map((each: { scope: string }) => each.scope)).toEqual(
      expect.arrayContaining(["deployment", "source:shop-2"]),
    );
  });
});
