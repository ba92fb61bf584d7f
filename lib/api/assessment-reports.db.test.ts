import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf } from "@/lib/testing/credentials";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";

/** The assessment report over the API: one deployment with two projects and things wrong in it. */
let api: TestApi;
let rawKey: string;
const secretName = "TANDEM_ASSESSMENT_TEST_SECRET";
const secretHost = "receiver-nobody-may-see.example.com";
const marker = "authorization-marker-nobody-may-see";
/** Words of a configuration, which may look like markup. */
const foreign = "Bank | of [nobody](else)";
const now = Date.now();
const dayMs = 86_400_000;

const path = (rest: string) => `/incident-monitor/security/${rest}`;
const generate = (body: object = {}, options?: Parameters<TestApi["call"]>[2]) =>
  api.call("POST", path("assessment-report"), { body, ...options });
const patch = async (body: object) => {
  const answer = await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor: body } });
  expect(answer.status, answer.text).toBe(200);
};
const withoutPack = ({ evidence_pack: _, ...document }: Record<string, unknown>) => document;
const digestOf = (document: unknown) => sha256Hex(canonicalJson(document));
const audits = () =>
  api.db.prisma.auditEntry.findMany({ where: { action: "incident_monitor.assessment_report.generated" } });
type Row = Record<string, any>;

const project = (project_id: string, fields: object = {}) => ({
  ...{
    project_id,
    name: project_id,
    repo: `acme/${project_id}`,
    workspace_root: `/workspace/repos/${project_id}`,
  },
  ...fields,
});

/** An incident that last changed so many days ago. */
async function seen(days: number, fields: Record<string, unknown>) {
  const at = new Date(now - days * dayMs);
  return anIncident(api.db, { firstSeenAt: at, lastSeenAt: at, createdAt: at, updatedAt: at, ...fields });
}

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

describe("an empty deployment", () => {
  it("case 140: has every section, and says what could not be tried instead of calling it good", async () => {
    const { status, body, text } = await generate();
    expect(status, text).toBe(200);
    expect(Object.keys(body.sections)).toEqual([
      ...["assessment_scope", "monitored_systems_and_sources", "authority_inventory", "approval_coverage"],
      ...["tenant_workspace_context_coverage", "detected_findings", "controlled_probe_results"],
      ...["adversarial_scenario_packs", "governance_maturity_metrics", "incidents_and_evidence_refs"],
      ...["destination_receipts", "recommended_mitigations", "residual_risk_and_follow_up"],
      ...["self_monitoring_boundary", "external_audit_export", "open_questions"],
    ]);
    expect(body.scope).toMatchObject({
      source: "incident_monitor_security_gap_assessment_report",
      ...{ read_only: true, dry_run: true, from_ms: null, to_ms: null, source_kind: null },
      ...{ raw_payloads_included: false, raw_payload_request_ignored: false },
    });
    expect(body.counts).toMatchObject({
      findings: 0,
      incidents: 0,
      probe_results: 6,
      adversarial_scenarios: 8,
    });
    expect(body.sections.adversarial_scenario_packs).toMatchObject({ state: "played", run_id: null });
    expect(await api.db.prisma.scenarioRun.count()).toBe(0);
    const codes = body.sections.open_questions.map((each: Row) => each.code);
    expect(codes).toEqual(
      expect.arrayContaining(["probe_blocked", "metric_not_evaluable", "nothing_registered"]),
    );
    expect(body.sections.residual_risk_and_follow_up.blocked_probes).toBe(5);
    expect(body.sections.external_audit_export.route_preview).toMatchObject({
      ...{ requested_destination_ids: [], mutates_external_systems: false },
    });
  });
});

describe("a deployment with things wrong in it", () => {
  beforeAll(async () => {
    await patch({
      destinations: [
        {
          ...{
            destination_id: "hook",
            name: "Hook",
            kind: "webhook",
            webhook_url: `https://${secretHost}/in`,
          },
          webhook_secret_ref: `env:${secretName}`,
        },
        { destination_id: "local", name: "Local", kind: "telemetry" },
      ],
      default_destination_ids: ["local"],
      monitored_projects: [
        project("shop", {
          allowed_destination_ids: ["hook", "local"],
          log_sources: [{ source_id: "api", path: "logs/api.log" }],
          data_readiness: { source_owner: "Payments on call", authorization_marker: marker },
        }),
        project("bank", { name: foreign, data_readiness: { source_owner: foreign } }),
      ],
      safety_defaults: { require_approval_for_high_risk: false },
    });
    const key = { project_id: "shop", name: "ci" };
    rawKey = (await api.call("POST", "/incident-monitor/intake/keys", { body: key })).body.raw_key;
    // What was played lately under these settings is not played again for every report.
    expect((await api.call("POST", path("scenario-packs"), { body: {} })).status).toBe(200);
    for (let at = 0; at < 203; at++) await seen(1, { projectId: "shop", sourceKind: "external_app" });
    await seen(1, { projectId: "shop", sourceKind: "tandem_monitor" });
    await seen(1, { projectId: "shop", sourceKind: "tandem_runtime" });
    await seen(1, { sourceKind: null, projectId: null });
    await seen(1, { projectId: "bank", sourceKind: "ci", eventType: "bank.failed" });
    const old = await seen(40, { projectId: "shop", sourceKind: "ci" });
    const draft = await aDraftRow(api.db, { incidentId: old.id, projectId: "shop" });
    const at = new Date(now - dayMs);
    const post = await aDelivery(api.db, {
      draftId: draft.id,
      state: "published",
      updatedAt: at,
      createdAt: at,
    });
    await api.db.prisma.receipt.create({
      data: {
        ...{ id: "receipt-of-test", deliveryId: post.id, status: "posted", externalId: "42", createdAt: at },
        receipt: { answer: "receipt-payload-nobody-may-see" },
      },
    });
  });

  it("case 140: counts every incident exactly, self and external apart, whatever is listed", async () => {
    const { body } = await generate({ persist_artifact: false });
    const { incidents_and_evidence_refs: incidents, self_monitoring_boundary: self } = body.sections;
    expect(incidents.counts).toEqual({
      incidents: 208,
      by_source_kind: { unknown: 1, ci: 2, external_app: 203, tandem_monitor: 1, tandem_runtime: 1 },
    });
    expect(incidents.incidents).toHaveLength(200);
    expect(self).toMatchObject({
      ...{ self_observed_incidents: 2, external_system_incidents: 206, incidents_of_unknown_source: 1 },
      external_export_required_for_high_assurance: true,
    });
    expect(body.counts).toMatchObject({ incidents: 208, destination_receipts: 1 });
    expect(body.sections.destination_receipts.counts).toEqual({
      ...{ receipts: 1, by_status: { posted: 1 } },
      by_destination_kind: expect.any(Object),
    });
    expect(body.evidence_pack).toEqual({ persisted: false, reason: "persist_artifact_false" });
  });

  it("case 140: audit rows show the names of what they hold and no value", async () => {
    const { body } = await generate({ persist_artifact: false });
    const { records } = body.sections.external_audit_export;
    const changed = records.find((each: Row) => each.event_type === "incident_monitor.config.updated");
    expect(changed.payload_keys.length).toBeGreaterThan(0);
    expect(changed.payload_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(changed).sort()).toEqual([
      ...["created_at_ms", "event_id", "event_type", "payload_hash", "payload_keys", "prev_hash_present"],
      ...["project_id", "record_hash", "seq", "tenant_context"],
    ]);
  });

  it("honours the window, the kind, the severity, the probes and what is to be included", async () => {
    const of = async (ask: object) => (await generate({ persist_artifact: false, ...ask })).body;
    const recent = await of({ from_ms: now - 10 * dayMs, to_ms: now + dayMs });
    expect(recent.counts.incidents).toBe(207);
    expect(recent.sections.governance_maturity_metrics.window.window_ms).toBe(11 * dayMs);
    const own = await of({ source_kind: "tandem_monitor" });
    expect(own.sections.incidents_and_evidence_refs.counts.by_source_kind).toEqual({ tandem_monitor: 1 });
    const all = await of({});
    const critical = await of({ min_severity: "critical" });
    expect(all.counts.findings).toBeGreaterThan(0);
    expect(critical.counts.findings).toBe(0);
    // What a report does not list still counts in its risk.
    const risk = (body: Row) => body.sections.residual_risk_and_follow_up.critical_or_high_findings;
    expect([risk(critical), risk(all) > 0]).toEqual([risk(all), true]);
    const some = await of({ probes: ["webhook_url_policy"], include_probe_results: false });
    expect(some.sections.controlled_probe_results).toMatchObject({
      ...{ selected_probe_ids: ["webhook_url_policy"], results: [] },
      counts: { results: 1 },
    });
    const drafts = await of({ include_draft_suggestions: true });
    const suggestions = (body: Row) =>
      body.sections.detected_findings.findings.filter((each: Row) => each.incident_draft_suggestion !== null);
    expect([suggestions(all).length, suggestions(drafts).length > 0]).toEqual([0, true]);
    const raw = await of({ include_raw_payloads: true });
    expect(raw.scope).toMatchObject({ raw_payloads_included: false, raw_payload_request_ignored: true });
    const routed = (await of({ route_destination_ids: ["hook", "nowhere"] })).sections.external_audit_export;
    expect(routed.route_preview).toMatchObject({
      ...{ requested_destination_ids: ["hook", "nowhere"], blocked: true },
      blocked_reasons: expect.arrayContaining(["destination_not_configured: nowhere"]),
    });
  });

  it("a failed scenario and a failed probe weigh on the risk; mitigations name who is to act, or nobody", async () => {
    const { body } = await generate({ persist_artifact: false });
    const { residual_risk_and_follow_up: risk, recommended_mitigations: mitigations } = body.sections;
    expect(risk).toMatchObject({ risk: "high" });
    expect(risk.failed_scenarios).toBeGreaterThan(0);
    expect(risk.because.map((each: Row) => each.code)).toContain("failed_scenarios");
    const owners = (kind: string, id: string) =>
      mitigations
        .filter((each: Row) => each.about.kind === kind && each.about.id === id)
        .map((each: Row) => each.owner);
    expect(owners("log_source", "shop/api")[0]).toMatchObject({ name: "Payments on call", assigned: true });
    expect(owners("destination", "hook")[0]).toMatchObject({
      ...{ name: "Payments on call", basis: "destination_sources" },
    });
    expect(owners("safety_defaults", "safety_defaults")[0]).toEqual({
      ...{ assigned: false, name: "unassigned", basis: "none" },
    });
    expect(mitigations.map((each: Row) => each.source)).toEqual(
      expect.arrayContaining([
        "posture_finding",
        "assessment_probe",
        "safety_defaults",
        "adversarial_scenario",
      ]),
    );
  });

  it("case 140: is kept as it was answered, with a digest that anybody can compute, its Markdown, and an audit entry", async () => {
    const before = await api.db.prisma.incident.count();
    const answer = await generate({ source_kind: "tandem_monitor" });
    const { path: kept, artifact_id, sha256 } = answer.body.evidence_pack;
    expect(digestOf(withoutPack(answer.body))).toBe(sha256);
    const read = await api.call("GET", kept);
    expect(read.body).toMatchObject({ report_id: artifact_id, sha256, verified: true, risk: "high" });
    expect(digestOf(read.body.report)).toBe(sha256);
    const listed = await api.call("GET", path("assessment-reports"));
    expect(listed.body.reports[0]).toMatchObject({
      report_id: artifact_id,
      sha256,
      actor: { kind: "token" },
    });
    for (const markdown of [
      await api.call("GET", `${kept}?format=markdown`),
      await api.call("GET", kept, { headers: { accept: "text/markdown" } }),
    ]) {
      expect(markdown.headers.get("content-type")).toContain("text/markdown");
      expect(markdown.text).toBe(answer.body.markdown_summary);
    }
    for (const head of [
      ...["# Security assessment report", "## Summary", "## Self-Monitoring Boundary"],
      ...["## Recommended Mitigations", "## Open Questions", "## Scenarios", "## Governance Metrics"],
    ]) {
      expect(answer.body.markdown_summary).toContain(`\n${head}\n`.slice(head.startsWith("# ") ? 1 : 0));
    }
    expect(answer.body.markdown_summary).toContain("Bank \\| of \\[nobody\\](else)");
    expect(answer.body.markdown_summary).not.toContain(foreign);
    const entry = (await audits()).find((each) => each.subjectId === artifact_id);
    expect(entry?.detail).toMatchObject({ sha256, risk: "high" });
    expect(await api.db.prisma.incident.count()).toBe(before);
    expect(await api.db.prisma.scenarioRun.count()).toBe(1);
    expect(await api.db.prisma.probeRun.count()).toBe(0);
  });

  it("nobody changes a report that is kept, and one that was tampered with around the trigger says so", async () => {
    const { artifact_id: id, path: kept } = (await generate()).body.evidence_pack;
    const change = `UPDATE assessment_reports SET document = jsonb_set(document, '{counts,incidents}', '0') WHERE id = $1`;
    await expect(api.db.pool.query(change, [id])).rejects.toThrow("cannot be changed");
    const client = await api.db.pool.connect();
    try {
      await client.query("ALTER TABLE assessment_reports DISABLE TRIGGER USER");
      await client.query(change, [id]);
      await client.query("ALTER TABLE assessment_reports ENABLE TRIGGER USER");
    } finally {
      client.release();
    }
    expect((await api.call("GET", kept)).body.verified).toBe(false);
  });

  it("case 140: no key, secret name, address, marker or payload is in any of it", async () => {
    const answer = await generate({ include_raw_payloads: true, include_draft_suggestions: true });
    const kept = await api.call("GET", answer.body.evidence_pack.path);
    const stored = await api.db.prisma.assessmentReport.findMany();
    for (const text of [answer.text, kept.text, JSON.stringify(stored)]) {
      for (const hidden of [rawKey, secretName, secretHost, marker, "receipt-payload-nobody-may-see"]) {
        expect(text).not.toContain(hidden);
      }
    }
  });

  it("case 140: of another project nothing is told, and its reports are nobody's who may not assess it", async () => {
    const whole = (await generate()).body.evidence_pack;
    const make = credentialsOf(() => api.process);
    const sessionOf = async (fields: Parameters<typeof make.makeUser>[0]) => {
      const { cookie } = await make.openSession(await make.makeUser(fields));
      return {
        token: null,
        headers: { cookie, origin: "http://localhost:39731", "sec-fetch-site": "same-origin" },
      };
    };
    const shop = await sessionOf({ role: "viewer", projectRoles: { shop: "auditor" } });
    const answer = await generate({}, shop);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.sections.assessment_scope.project_ids).toEqual(["shop"]);
    expect(answer.body.sections.adversarial_scenario_packs.state).toBe("withheld");
    expect(answer.body.counts.incidents).toBe(206);
    for (const hidden of [foreign, "bank.failed", "acme/bank", '"bank"'])
      expect(answer.text).not.toContain(hidden);
    const listed = await api.call("GET", path("assessment-reports"), shop);
    expect(listed.body.reports.map((each: Row) => each.report_id)).toEqual([
      answer.body.evidence_pack.artifact_id,
    ]);
    const missing = await api.call("GET", whole.path, shop);
    expect([missing.status, missing.body.code]).toEqual([
      404,
      "INCIDENT_MONITOR_ASSESSMENT_REPORT_NOT_FOUND",
    ]);
    const auditor = await sessionOf({ role: "auditor" });
    expect((await generate({ persist_artifact: false }, auditor)).status).toBe(200);
    expect((await api.call("GET", whole.path, auditor)).status).toBe(200);
    const viewer = await sessionOf({ role: "viewer" });
    for (const refused of [
      await generate({}, viewer),
      await api.call("GET", path("assessment-reports"), viewer),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([
        ...[403, "INCIDENT_MONITOR_ASSESSMENT_REPORT_ADMIN_REQUIRED"],
      ]);
    }
  });

  it("case 34: a scoped key's header is 403 even beside the full token; without a full token it is 401", async () => {
    const code = "INCIDENT_MONITOR_ASSESSMENT_REPORT_ADMIN_REQUIRED";
    const headers = { "x-tandem-incident-monitor-intake-key": rawKey };
    const calls = [
      (options: object) => generate({}, options),
      (options: object) => api.call("GET", path("assessment-reports"), options),
      (options: object) => api.call("GET", path("assessment-reports/any"), options),
    ];
    for (const call of calls) {
      for (const token of [api.tokens.admin, null, "wrong"]) {
        const answer = await call({ token, headers });
        expect([answer.status, answer.body.code]).toEqual([403, code]);
      }
      for (const token of [null, "wrong", rawKey]) {
        const answer = await call({ token });
        expect([answer.status, answer.body.code]).toEqual([401, code]);
      }
      for (const token of [api.tokens.service, api.tokens.agent]) {
        const answer = await call({ token });
        expect([answer.status, answer.body.code]).toEqual([403, code]);
      }
    }
  });

  it.each<[object, string]>([
    [{ from_ms: -1 }, "from_ms"],
    [{ from_ms: 2, to_ms: 1 }, "from_ms"],
    [{ route_destination_ids: [1] }, "route_destination_ids[0]"],
    [{ persist_artifact: "yes" }, "persist_artifact"],
  ])("of the wrong shape it is 422 and names the field: %j", async (body, field) => {
    const answer = await generate(body);
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });

  it("scenarios of a run count until something is configured; then they are played anew", async () => {
    const of = async () =>
      (await generate({ persist_artifact: false })).body.sections.adversarial_scenario_packs;
    const run = await api.db.prisma.scenarioRun.findFirstOrThrow();
    expect(await of()).toMatchObject({ state: "kept", run_id: run.id, counts: { total: 8 } });
    await patch({ safety_defaults: { require_approval_for_high_risk: true } });
    expect(await of()).toMatchObject({ state: "played", run_id: null, counts: { total: 8, failed: 0 } });
  });

  it("a report that is not there is 404, malformed JSON 400", async () => {
    const missing = await api.call("GET", path("assessment-reports/nothing"));
    expect([missing.status, missing.body.code]).toEqual([
      404,
      "INCIDENT_MONITOR_ASSESSMENT_REPORT_NOT_FOUND",
    ]);
    const malformed = await api.call("POST", path("assessment-report"), { raw: "{" });
    expect(malformed.status).toBe(400);
  });
});
