import type { ApprovalPolicy, SourceKind } from "./config";
import { normaliseList, storable } from "./text";

/** Optional scalar fields that every record carries through unchanged (contract 5.3, 5.4, 5.7). */
export const attributeNames = [
  "runId",
  "sessionId",
  "correlationId",
  "fileName",
  "process",
  "actor",
  "model",
  "toolName",
  "action",
  "policy",
  "approvalState",
  "blastRadius",
  "tenantId",
  "workspaceId",
  "eventSchemaVersion",
  "release",
  "environment",
  "redactionProfile",
  "retentionProfile",
] as const;
export type AttributeName = (typeof attributeNames)[number];
export type Attributes = Partial<Record<AttributeName, string>>;

/** What came in, trimmed and bounded but not yet defaulted: the quality gate looks at this (W-11). */
export type FailureReport = {
  title?: string;
  detail?: string;
  source?: string;
  event?: string;
  level?: string;
  component?: string;
  confidence?: string;
  riskLevel?: string;
  riskCategory?: string;
  expectedDestination?: string;
  fingerprint?: string;
  repo?: string;
  workspaceRoot?: string;
  excerpt: string[];
  evidenceRefs: string[];
  externalCorrelationIds: string[];
  attributes: Attributes;
  /** When the reporter says it happened, epoch ms. */
  occurredAtMs?: number;
  /** Set by the paths of runtime events and of own failures alone: what failed, where and why. */
  identity?: RuntimeIdentity;
  /** What the runtime said, as it is stored beside the incident. Set by the same paths. */
  eventPayload?: Record<string, unknown>;
};

/** Parts of the identity of a runtime's failure, in the order they are hashed. */
export const runtimeIdentityParts = [
  "reason",
  "event",
  "workflow",
  "task",
  "stage",
  "node",
  "component",
] as const;
export type RuntimeIdentity = Partial<Record<(typeof runtimeIdentityParts)[number], string>>;

/** How a report came in; set by the path, never by the reporter (W-31). */
export type Provenance =
  | "report"
  | "operator"
  | "intake_key"
  | "log_source"
  | "runtime_event"
  | "self_monitoring"
  | "security";

/** Where a report belongs, from configuration only. Null fields mean an unbound report. */
export type ReportOrigin = {
  provenance: Provenance;
  projectId: string | null;
  logSourceId: string | null;
  sourceKind: SourceKind | null;
  repo: string;
  workspaceRoot: string;
  routeTags: string[];
  allowedDestinationIds: string[];
  enforcesAllowlist: boolean;
  defaultDestinationIds: string[];
  sourceApprovalPolicy: ApprovalPolicy | null;
  /** The source's own demand (`require_approval_for_new_issues` of its project). */
  requireApproval: boolean;
  /** Paused or disabled, globally or for the project (D-15). */
  held: boolean;
  redactionProfile: string;
};

export const reportLimits = {
  title: 1_000,
  detail: 200_000,
  scalar: 1_000,
  fingerprint: 512,
  listRows: 50,
  excerptRow: 10_000,
  listRow: 2_000,
} as const;

/** Trim everything, drop blanks, keep the first 50 rows of each list (contract 5.7); nothing that a database refuses. */
export function normaliseReport(report: FailureReport): FailureReport {
  const trimmed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(report)) {
    if (typeof value !== "string") continue;
    const text = storable(value).trim();
    if (text !== "") trimmed[name] = text;
  }
  const attributes: Attributes = {};
  for (const name of attributeNames) {
    const text = storable(report.attributes[name] ?? "").trim();
    if (text) attributes[name] = text;
  }
  return {
    ...trimmed,
    excerpt: report.excerpt
      .map((row) => storable(row).trimEnd())
      .filter((row) => row !== "")
      .slice(0, reportLimits.listRows),
    evidenceRefs: normaliseList(report.evidenceRefs.map(storable)).slice(0, reportLimits.listRows),
    externalCorrelationIds: normaliseList(report.externalCorrelationIds.map(storable)).slice(
      0,
      reportLimits.listRows,
    ),
    attributes,
    occurredAtMs: report.occurredAtMs,
    ...(report.identity && { identity: report.identity }),
    ...(report.eventPayload && { eventPayload: report.eventPayload }),
  };
}
