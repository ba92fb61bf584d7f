import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { probeRunsKept } from "@/lib/domain/probe-run";
import { createTestApi, type TestApi } from "@/lib/testing/api";

/** Posture and probes over the API: one deployment with things wrong in it, looked at from every side. */
let api: TestApi;
let rawKey: string;
const secretName = "TANDEM_POSTURE_TEST_SECRET";
const secretHost = "receiver-nobody-may-see.example.com";

const security = (path: string) => `/incident-monitor/security/${path}`;
const checks = async (query = "", options?: Parameters<TestApi["call"]>[2]) =>
  api.call("GET", security(`posture-checks${query}`), options);
const probes = (body: object = {}, options?: Parameters<TestApi["call"]>[2]) =>
  api.call("POST", security("assessment-probes"), { body, ...options });
const patch = async (body: object) => {
  const answer = await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor: body } });
  expect(answer.status, answer.text).toBe(200);
};
const audits = (action: string) =>
  api.db.prisma.auditEntry.findMany({ where: { action: `incident_monitor.${action}` } });
type Row = { rule_id: string; fingerprint: string; affected_objects: { id: string }[] };
const rules = (findings: Row[]) => [...new Set(findings.map((each) => each.rule_id))].sort();

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

describe("an empty deployment", () => {
  it("case 134: has no finding, and says which rules looked", async () => {
    const { status, body } = await checks();
    expect([status, body.counts]).toEqual([
      200,
      { findings: 0, by_severity: {}, by_category: {}, active_rules: 11 },
    ]);
    expect(body.scope).toMatchObject({
      source: "incident_monitor_security_posture_checks",
      ...{ read_only: true, dry_run: true },
    });
    expect(body.rules).toHaveLength(11);
  });

  it("case 135: probes have one blocked result each where nothing is configured", async () => {
    const { body } = await probes();
    const statuses = Object.fromEntries(
      body.results.map((each: { probe_id: string; status: string }) => [each.probe_id, each.status]),
    );
    expect(statuses).toEqual({
      approval_required_tool_policy: "pass",
      ...{ route_preview_high_risk_approval: "blocked", destination_readiness_fail_closed: "blocked" },
      ...{
        scoped_intake_restriction: "blocked",
        mcp_tool_allowlist: "blocked",
        webhook_url_policy: "blocked",
      },
    });
    expect(body.counts).toMatchObject({ results: 6, pass: 1, fail: 0, blocked: 5, draft_suggestions: 0 });
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
            webhook_url: `http://${secretHost}/in`,
          },
          webhook_secret_ref: `env:${secretName}`,
        },
        { destination_id: "crm", name: "CRM", kind: "mcp_tool", mcp_server: "crm", mcp_tool: "note" },
        { destination_id: "local", name: "Local", kind: "telemetry" },
      ],
      default_destination_ids: ["hook"],
      monitored_projects: ["shop", "bank"].map((project_id) => ({
        ...{
          project_id,
          name: project_id,
          repo: `acme/${project_id}`,
          workspace_root: `/workspace/repos/${project_id}`,
        },
      })),
      safety_defaults: { require_approval_for_high_risk: false, block_unready_destinations: false },
    });
    const key = { project_id: "shop", name: "ci" };
    rawKey = (await api.call("POST", "/incident-monitor/intake/keys", { body: key })).body.raw_key;
    const agent = (agent_id: string, fields: object) => ({ agent_id, ...fields });
    const registered = await api.call("PUT", security("authority-subjects"), {
      body: {
        ...{ runtime_id: "runtime", name: "Runtime" },
        automation_specs: [
          {
            ...{ automation_id: "nightly", name: "Nightly", status: "active" },
            agents: [agent("writer", { tool_policy: { allowlist: ["send_email", "read"], denylist: [] } })],
            nodes: [
              { node_id: "gated", agent_id: "writer", gate: { required: true } },
              { node_id: "open", agent_id: "writer" },
            ],
          },
        ],
        agents: [
          agent("caller", { mcp_policy: { allowed_servers: ["crm"], allowed_tools: [] } }),
          agent("reader", { tool_policy: { allowlist: ["read", "list_things"], denylist: [] } }),
        ],
      },
    });
    expect(registered.status, registered.text).toBe(200);
  });

  it("case 134: finds the write tool without a gate and the server without a list, and no reader", async () => {
    const { body } = await checks();
    const affected = (ruleId: string) =>
      body.findings
        .filter((each: Row) => each.rule_id === ruleId)
        .map((each: Row) => each.affected_objects[0]?.id);
    expect(affected("high_risk_tool_without_approval")).toEqual(["nightly/open"]);
    expect(affected("mcp_server_without_tool_allowlist")).toEqual(["caller"]);
    expect(affected("external_destination_without_approval").sort()).toEqual(["crm", "crm", "hook", "hook"]);
    expect(affected("retention_days_unset")).toEqual(["safety_defaults"]);
    expect(affected("unready_destination_fail_open")).toEqual(["crm"]);
    expect(affected("missing_tenant_context").sort()).toEqual(["bank", "nightly", "shop"]);
    expect(affected("source_readiness_failed").length).toBeGreaterThan(4);
    const prints = body.findings.map((each: Row) => each.fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("narrows by rules, severity and mode, and never changes anything", async () => {
    const before = await api.db.prisma.auditEntry.count();
    const only = await checks("?rules=retention_days_unset,unknown&mode=enforced");
    expect(rules(only.body.findings)).toEqual(["retention_days_unset"]);
    expect(only.body.baseline_policy).toMatchObject({ mode: "enabled", dry_run: false, read_only: true });
    const high = await checks("?min_severity=high&disabled_rules=source_readiness_failed");
    expect(Object.keys(high.body.counts.by_severity)).toEqual(["high"]);
    expect(rules(high.body.findings)).not.toContain("source_readiness_failed");
    expect((await checks("?mode=off")).body.findings).toEqual([]);
    expect(await api.db.prisma.auditEntry.count()).toBe(before);
  });

  it("each finding names the call that would fix it, and that call ends it", async () => {
    const { body } = await checks("?rules=external_destination_without_approval&min_severity=low");
    const found = body.findings.find(
      (each: { fix: { destination_id?: string } }) => each.fix.destination_id === "hook",
    );
    expect(found.fix).toEqual({
      ...{ kind: "setting", code: "destination_require_approval", field: "require_approval" },
      destination_id: "hook",
      api_call: {
        ...{ method: "PUT", path: "/config/incident-monitor/destinations/hook" },
        change: { field: "require_approval", value: true },
      },
    });
    const { method, path, change } = found.fix.api_call;
    const row = (await api.call("GET", path)).body.destination;
    const saved = await api.call(method, path, { body: { ...row, [change.field]: change.value } });
    expect(saved.status, saved.text).toBe(200);
    const after = (await checks("?rules=external_destination_without_approval")).body.findings;
    expect(after.map((each: Row) => each.affected_objects[0]?.id)).toEqual(["crm", "crm"]);
    await api.call(method, path, { body: row });
  });

  it("makes a draft through intake, and counts the second one on the same incident", async () => {
    const [finding] = (await checks("?rules=retention_days_unset")).body.findings;
    const make = (fingerprint: string, options?: object) =>
      api.call("POST", security("posture-drafts"), { body: { fingerprint }, ...options });
    const first = await make(finding.fingerprint);
    const second = await make(finding.fingerprint);
    expect([first.status, first.body.outcome, second.body.outcome]).toEqual([200, "new", "recurrence"]);
    expect(second.body.incident_id).toBe(first.body.incident_id);
    const draft = (await api.call("GET", `/incident-monitor/drafts/${first.body.draft_id}`)).body.draft;
    expect(draft).toMatchObject({
      ...{ title: finding.title, fingerprint: finding.fingerprint, risk_level: "medium" },
      route_tags: expect.arrayContaining(["security_posture", "retention_gap"]),
    });
    const incident = (await api.call("GET", `/incident-monitor/incidents/${first.body.incident_id}`)).body
      .incident;
    expect(incident).toMatchObject({ event_type: "security.posture.finding", occurrence_count: 2 });
    const gone = await make("sha256:0");
    expect([gone.status, gone.body.code]).toEqual([404, "INCIDENT_MONITOR_POSTURE_FINDING_NOT_FOUND"]);
    const keyed = { headers: { "x-tandem-incident-monitor-intake-key": rawKey } };
    expect((await make(finding.fingerprint, keyed)).status).toBe(403);
    expect((await make(finding.fingerprint, { token: null })).status).toBe(401);
  });

  it("case 135: probes report approval, MCP, readiness and webhook failures, and try the controls themselves", async () => {
    const { status, body } = await probes();
    expect(status).toBe(200);
    const failed = (probeId: string) =>
      body.results
        .filter(
          (each: { probe_id: string; status: string }) => each.probe_id === probeId && each.status === "fail",
        )
        .map((each: { target: { id: string } }) => each.target.id)
        .sort();
    expect(failed("approval_required_tool_policy")).toEqual(["nightly/open"]);
    expect(failed("mcp_tool_allowlist")).toEqual(["caller", "crm"]);
    expect(failed("destination_readiness_fail_closed")).toEqual(["crm", "hook"]);
    expect(failed("webhook_url_policy")).toEqual(["hook"]);
    // High risk asks for nobody here: by default, from each project, and to each external destination by name.
    expect(failed("route_preview_high_risk_approval")).toEqual([
      "bank",
      "crm",
      "hook",
      "shop",
      "synthetic_high_risk",
    ]);
    expect(failed("scoped_intake_restriction")).toEqual([]);
    for (const result of body.results) {
      expect(result.finding_id === null).toBe(result.status !== "fail");
      expect(result.incident_draft_suggestion === null).toBe(result.status !== "fail");
    }
    const none = await probes({
      probes: ["webhook_url_policy", "unknown"],
      include_draft_suggestions: false,
    });
    expect(none.body.probe_policy.selected_probe_ids).toEqual(["webhook_url_policy"]);
    expect(none.body.counts).toMatchObject({ results: 1, fail: 1, draft_suggestions: 0 });
  });

  it("case 135: keeps an artifact without addresses or secret names, with its hash and an audit entry", async () => {
    const run = await probes();
    const { path, artifact_id, sha256 } = run.body.evidence_pack;
    const kept = await api.call("GET", path);
    expect(kept.body.run).toMatchObject({ probe_run_id: artifact_id, sha256, verified: true });
    expect(kept.body.run.results).toEqual(run.body.results);
    const stored = await api.db.prisma.probeRun.findUniqueOrThrow({ where: { id: artifact_id } });
    for (const text of [run.text, kept.text, JSON.stringify(stored), (await checks()).text]) {
      expect(text).not.toContain(secretName);
      expect(text).not.toContain(secretHost);
      expect(text).not.toContain(rawKey);
    }
    const entries = await audits("assessment_probes.completed");
    expect(entries.find((each) => each.subjectId === artifact_id)?.detail).toMatchObject({ sha256 });
    const content = { ...(stored.content as { counts: object }) };
    const forged = { ...content, counts: { ...content.counts, fail: 0 } };
    const where = { id: artifact_id };
    await api.db.prisma.probeRun.update({ where, data: { content: forged } });
    expect((await api.call("GET", path)).body.run.verified).toBe(false);
    await api.db.prisma.probeRun.update({ where, data: { content } });
  });

  it("switched off, nothing is tried and nothing is kept", async () => {
    const before = await api.db.prisma.probeRun.count();
    const { body } = await probes({ mode: "disable" });
    expect([body.results, body.evidence_pack]).toEqual([[], { persisted: false, reason: "probes_disabled" }]);
    expect(await api.db.prisma.probeRun.count()).toBe(before);
  });

  it("keeps the newest runs and no more", async () => {
    const { id: _, ...row } = await api.db.prisma.probeRun.findFirstOrThrow();
    await api.db.prisma.probeRun.createMany({
      data: Array.from({ length: probeRunsKept + 5 }, (_, at) => ({
        ...{ ...row, id: `probe-run-old-${at}`, createdAt: new Date(at) },
        ...{ actor: row.actor as object, content: row.content as object },
      })),
    });
    const newest = (await probes({ probes: ["webhook_url_policy"] })).body.evidence_pack.artifact_id;
    const { body } = await api.call("GET", security("assessment-probes?limit=200"));
    expect([body.runs.length, body.kept_at_most, body.runs[0].probe_run_id]).toEqual([
      ...[probeRunsKept, probeRunsKept, newest],
    ]);
    const missing = await api.call("GET", security("assessment-probes/probe-run-old-0"));
    expect([missing.status, missing.body.code]).toEqual([404, "INCIDENT_MONITOR_PROBE_RUN_NOT_FOUND"]);
  });

  it("case 34: a scoped key's header is 403 even beside the full token; without a full token it is 401", async () => {
    const code = "INCIDENT_MONITOR_ASSESSMENT_PROBES_ADMIN_REQUIRED";
    const headers = { "x-tandem-incident-monitor-intake-key": rawKey };
    for (const token of [api.tokens.admin, null, "wrong"]) {
      const answer = await probes({}, { token, headers });
      expect([answer.status, answer.body.code]).toEqual([403, code]);
    }
    for (const token of [null, "wrong", rawKey]) {
      const answer = await probes({}, { token });
      expect([answer.status, answer.body.code]).toEqual([401, code]);
    }
    for (const token of [api.tokens.service, api.tokens.agent]) {
      const answer = await probes({}, { token });
      expect([answer.status, answer.body.code]).toEqual([403, code]);
    }
    const wrongShape = await probes({ probes: "all" });
    expect([wrongShape.status, wrongShape.body.field]).toEqual([422, "probes"]);
    const anonymous = await checks("", { token: null, headers });
    expect([anonymous.status, anonymous.body.code]).toEqual([401, "AUTH_REQUIRED"]);
    expect((await checks("", { headers })).status).toBe(200);
  });
});
