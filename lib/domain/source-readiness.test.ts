import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aConfig, aLogSource, aProject } from "@/lib/testing/configs";
import type { DataReadiness, MonitoredProject } from "./config";
import { defaultSafetyDefaults } from "./config";
import { type SourceObservations, sourceBlocks, sourceKey, sourceReadiness } from "./source-readiness";

const now = Date.UTC(2026, 5, 29, 12);
const documented: DataReadiness = {
  sourceOwner: "team-shop",
  systemOfRecord: "orders",
  dataClassification: "internal",
  allowedUse: "triage",
  sourceOfTruth: "orders-db",
  expectedSchemaVersion: "V3",
  schemaDriftStatus: "No_Drift",
  qualityNotes: "good",
  authorizationMarker: "marker-shibboleth-77",
  freshnessSlaMs: 60_000,
  lastObservedAtMs: now - 1_000,
};
const ready = (fields: Partial<MonitoredProject> = {}) =>
  aProject({
    tenantId: "acme",
    workspaceId: "main",
    eventSchemaVersion: "v3",
    redactionProfile: "standard",
    retentionProfile: "short",
    dataReadiness: documented,
    ...fields,
  });
const without = (...fields: (keyof DataReadiness)[]) =>
  ready({
    dataReadiness: Object.fromEntries(
      Object.entries(documented).filter(([name]) => !fields.includes(name as never)),
    ),
  });
const rowsOf = (project: MonitoredProject, observations: SourceObservations = new Map()) =>
  sourceReadiness(aConfig({ monitoredProjects: [project] }), observations, now, sha256Hex);
const rowOf = (project: MonitoredProject, observations?: SourceObservations) => {
  const [row] = rowsOf(project, observations);
  if (!row) throw new Error("a project has a row");
  return row;
};

describe("case 141: source readiness", () => {
  it("complete metadata is ready, by every flag", () => {
    expect(rowOf(ready())).toEqual({
      projectId: "shop",
      sourceId: null,
      sourceKind: "customer_system",
      enabled: true,
      ready: true,
      governanceReady: true,
      lineageReady: true,
      freshnessReady: true,
      schemaReady: true,
      protectionReady: true,
      missing: [],
      warnings: [],
      findings: [],
      lastObservedAtMs: now - 1_000,
      staleAfterMs: now + 59_000,
      detail: null,
    });
  });

  const table: [string, MonitoredProject, string, string, string, string | null, string[]][] = [
    [
      "no owner",
      without("sourceOwner"),
      "source_governance_metadata_missing",
      "source_governance",
      "medium",
      "governanceReady",
      ["source_owner"],
    ],
    [
      "no system of record",
      without("systemOfRecord"),
      "source_governance_metadata_missing",
      "source_governance",
      "medium",
      "governanceReady",
      ["system_of_record"],
    ],
    [
      "no classification",
      without("dataClassification"),
      "source_governance_metadata_missing",
      "source_governance",
      "high",
      "governanceReady",
      ["data_classification"],
    ],
    [
      "no allowed use",
      without("allowedUse"),
      "source_governance_metadata_missing",
      "source_governance",
      "high",
      "governanceReady",
      ["allowed_use"],
    ],
    [
      "no tenant",
      ready({ tenantId: undefined }),
      "source_boundary_context_missing",
      "source_boundary",
      "high",
      "governanceReady",
      ["tenant_id"],
    ],
    [
      "workspace literally local",
      ready({ workspaceId: " local " }),
      "source_boundary_context_missing",
      "source_boundary",
      "high",
      "governanceReady",
      ["workspace_id"],
    ],
    [
      "no authorization",
      without("authorizationMarker"),
      "source_authorization_missing",
      "source_governance",
      "high",
      "governanceReady",
      ["legal_basis_or_authorization_marker"],
    ],
    [
      "no lineage",
      without("sourceOfTruth"),
      "source_lineage_missing",
      "source_lineage",
      "high",
      "lineageReady",
      ["source_of_truth_or_lineage_ref"],
    ],
    [
      "no SLA",
      without("freshnessSlaMs"),
      "source_freshness_sla_missing",
      "source_freshness",
      "medium",
      "freshnessReady",
      ["freshness_sla_ms"],
    ],
    [
      "SLA of 0",
      ready({ dataReadiness: { ...documented, freshnessSlaMs: 0 } }),
      "source_freshness_sla_missing",
      "source_freshness",
      "medium",
      "freshnessReady",
      ["freshness_sla_ms"],
    ],
    [
      "never observed",
      without("lastObservedAtMs"),
      "source_freshness_observation_missing",
      "source_freshness",
      "medium",
      "freshnessReady",
      ["last_observed_at_ms"],
    ],
    [
      "stale",
      ready({ dataReadiness: { ...documented, lastObservedAtMs: now - 60_001 } }),
      "source_stale",
      "source_freshness",
      "high",
      "freshnessReady",
      [],
    ],
    [
      "no schema version",
      ready({ eventSchemaVersion: "null" }),
      "source_schema_version_missing",
      "source_schema",
      "high",
      "schemaReady",
      ["event_schema_version"],
    ],
    [
      "another schema version",
      ready({ eventSchemaVersion: "v2" }),
      "source_schema_version_mismatch",
      "source_schema",
      "high",
      "schemaReady",
      [],
    ],
    [
      "drift not assessed",
      without("schemaDriftStatus"),
      "source_schema_drift_status_missing",
      "source_schema",
      "medium",
      "schemaReady",
      ["schema_drift_status"],
    ],
    [
      "drift unknown",
      ready({ dataReadiness: { ...documented, schemaDriftStatus: "who knows" } }),
      "source_schema_drift_unknown",
      "source_schema",
      "medium",
      "schemaReady",
      [],
    ],
    [
      "drifted",
      ready({ dataReadiness: { ...documented, schemaDriftStatus: "Drifted" } }),
      "source_schema_drift_detected",
      "source_schema",
      "high",
      "schemaReady",
      [],
    ],
    [
      "no redaction profile",
      ready({ redactionProfile: undefined }),
      "source_redaction_profile_missing",
      "source_protection",
      "high",
      "protectionReady",
      ["redaction_profile"],
    ],
    [
      "no retention profile",
      ready({ retentionProfile: undefined }),
      "source_retention_profile_missing",
      "source_protection",
      "medium",
      "protectionReady",
      ["retention_profile"],
    ],
    [
      "no quality notes",
      without("qualityNotes"),
      "source_quality_notes_missing",
      "source_quality",
      "low",
      null,
      ["quality_notes"],
    ],
  ];
  it.each(table)("%s", (_, project, ruleId, category, severity, flag, missing) => {
    const row = rowOf(project);
    expect(row).toMatchObject({ enabled: true, ready: false, missing });
    expect(row.findings).toMatchObject([{ ruleId, category, severity }]);
    expect(row.warnings).toEqual([`${severity}: ${row.findings[0]?.title}`]);
    const flags = {
      governanceReady: row.governanceReady,
      lineageReady: row.lineageReady,
      freshnessReady: row.freshnessReady,
      schemaReady: row.schemaReady,
      protectionReady: row.protectionReady,
    };
    const lowered = Object.entries(flags).flatMap(([name, holds]) => (holds ? [] : [name]));
    expect(lowered).toEqual(flag ? [flag] : []);
  });

  it("trouble reading makes a source unhealthy, and not ready", () => {
    const project = ready({ logSources: [aLogSource()] });
    const observations = new Map([[sourceKey("shop", "api"), { lastRecordAtMs: now, healthy: false }]]);
    const [projectRow, sourceRow] = rowsOf(project, observations);
    expect(projectRow?.ready).toBe(true);
    expect(sourceRow).toMatchObject({ sourceId: "api", ready: false, freshnessReady: true });
    expect(sourceRow?.findings).toMatchObject([{ ruleId: "source_runtime_unhealthy", severity: "medium" }]);
  });

  it("a record seen by the watcher is fresher than the configured time", () => {
    const stale = { ...documented, lastObservedAtMs: now - 100_000 };
    const seen = new Map([[sourceKey("shop", null), { lastRecordAtMs: now - 5, healthy: true }]]);
    expect(rowOf(ready({ dataReadiness: stale }), seen)).toMatchObject({
      ready: true,
      lastObservedAtMs: now - 5,
      staleAfterMs: now + 59_995,
    });
  });

  it("everything blank: each rule once, in the contract's order", () => {
    expect(rowOf(aProject()).findings.map((finding) => finding.ruleId)).toEqual([
      ...Array(4).fill("source_governance_metadata_missing"),
      "source_boundary_context_missing",
      "source_authorization_missing",
      "source_lineage_missing",
      "source_freshness_sla_missing",
      "source_schema_version_missing",
      "source_schema_drift_status_missing",
      "source_redaction_profile_missing",
      "source_retention_profile_missing",
      "source_quality_notes_missing",
    ]);
  });

  it.each([
    ["a disabled project", ready({ enabled: false }), "The project is disabled"],
    ["a paused project", ready({ paused: true }), "The project is paused"],
  ])("%s: all false and one warning", (_, project, warning) => {
    expect(rowOf(project)).toMatchObject({
      enabled: false,
      ready: false,
      governanceReady: false,
      protectionReady: false,
      missing: [],
      findings: [],
      warnings: [warning],
    });
  });

  it("a disabled log source stops alone", () => {
    const [project, source] = rowsOf(ready({ logSources: [aLogSource({ enabled: false })] }));
    expect(project?.enabled).toBe(true);
    expect(source).toMatchObject({
      sourceId: "api",
      enabled: false,
      warnings: ["The log source is disabled"],
    });
  });

  it("finding ids are stable, distinct and say nothing", () => {
    const project = aProject({ logSources: [aLogSource()] });
    const ids = rowsOf(project).flatMap((row) => row.findings.map((finding) => finding.findingId));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^srf_[0-9a-f]{16}$/);
    expect(rowsOf(project).flatMap((row) => row.findings.map((finding) => finding.findingId))).toEqual(ids);
  });

  it("no raw path and no marker value is in the output", () => {
    const project = aProject({
      workspaceRoot: "/workspace/repos/shibboleth-root",
      dataReadiness: { authorizationMarker: "marker-shibboleth-77", legalBasis: "basis-shibboleth" },
      logSources: [aLogSource({ path: "logs/shibboleth.log" })],
    });
    expect(JSON.stringify(rowsOf(project))).not.toContain("shibboleth");
  });
});

describe("sourceBlocks", () => {
  const config = (project: MonitoredProject, blockUnreadySources = true) =>
    aConfig({
      monitoredProjects: [project],
      safetyDefaults: { ...defaultSafetyDefaults, blockUnreadySources },
    });
  const blocks = (
    project: MonitoredProject,
    context: { projectId?: string; logSourceId?: string },
    on = true,
  ) => sourceBlocks(config(project, on), context, rowsOf(project));
  const codes = (...given: Parameters<typeof blocks>) => blocks(...given).map((each) => each.code);

  it("off: never", () => expect(codes(aProject(), { projectId: "shop" }, false)).toEqual([]));
  it("an unbound record: never", () => expect(codes(aProject(), {})).toEqual([]));
  it("a ready source: no", () => expect(codes(ready(), { projectId: "shop" })).toEqual([]));
  it("a source that is not ready: with the fragment others look for", () => {
    const [only] = blocks(aProject(), { projectId: "shop" });
    expect(only?.code).toBe("source_not_ready");
    expect(only?.message).toMatch(/^Source `shop` is not data-ready/);
  });
  it("case 74: without any row: blocked too", () => {
    const project = ready({ logSources: [aLogSource()] });
    const [only] = blocks(project, { projectId: "shop", logSourceId: "gone" });
    expect(only?.code).toBe("source_readiness_missing");
    expect(only?.message).toMatch(/^Source `shop\/gone` is not data-ready.*no readiness evidence/);
    expect(codes(project, { projectId: "elsewhere" })).toEqual(["source_readiness_missing"]);
  });
  it("keys of a project without log sources are judged by the project", () => {
    expect(codes(ready(), { projectId: "shop", logSourceId: "external" })).toEqual([]);
  });
});
