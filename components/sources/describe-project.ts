import {
  type DescribedField,
  type DescribedRow,
  jsonWords,
  listWords,
  yesNo,
} from "@/components/settings/described";
import { approvalWord, logFormatWord, peopleWords, sourceKindWord } from "@/components/settings/words";
import type { LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { describeReading } from "./describe-reading";
import { readinessFields } from "./readiness-fields-list";

/** A project and each of its log sources, as rows a person reads before saving. */
export function describeProject(project: MonitoredProjectWire): DescribedRow[] {
  const row: DescribedRow = {
    id: `project:${project.project_id}`,
    kind: "Project",
    title: project.project_id,
    fields: [
      { label: "Name", value: project.name },
      { label: "Repository", value: project.repo },
      { label: "Folder", value: project.workspace_root },
      { label: "Kind", value: sourceKindWord[project.source_kind] },
      { label: "Enabled", value: yesNo(project.enabled) },
      { label: "Paused", value: yesNo(project.paused) },
      { label: "Approval of new issues", value: yesNo(project.require_approval_for_new_issues) },
      { label: "Files new issues", value: yesNo(project.auto_create_new_issues) },
      { label: "Comments on open issues", value: yesNo(project.auto_comment_on_matched_open_issues) },
      { label: "MCP server", value: project.mcp_server ?? "" },
      { label: "Models", value: jsonWords(project.model_policy) },
      { label: "Issue template", value: project.issue_template ?? "" },
      ...bindingFields(project),
    ],
  };
  return [row, ...project.log_sources.map((source) => describeLogSource(project.project_id, source))];
}

function describeLogSource(projectId: string, source: LogSourceWire): DescribedRow {
  return {
    id: `source:${projectId}/${source.source_id}`,
    kind: "Log source",
    title: `${source.source_id} of ${projectId}`,
    fields: [
      { label: "File", value: source.path },
      { label: "Format", value: logFormatWord[source.format] },
      { label: "From level", value: source.minimum_level },
      { label: "Kind", value: source.source_kind ? sourceKindWord[source.source_kind] : "" },
      { label: "Enabled", value: yesNo(source.enabled) },
      { label: "Paused", value: yesNo(source.paused) },
      { label: "Start at", value: source.start_position },
      { label: "Look every", value: `${source.watch_interval_seconds} s` },
      { label: "Read at most", value: `${source.max_bytes_per_poll} bytes` },
      { label: "Candidates at most", value: String(source.max_candidates_per_poll) },
      { label: "Quiet for", value: `${Math.round(source.fingerprint_cooldown_ms / 1000)} s` },
      ...describeReading(source.reading),
      ...bindingFields(source),
    ],
  };
}

type Binding = Pick<
  LogSourceWire,
  | "allowed_destination_ids"
  | "default_destination_ids"
  | "default_route_tags"
  | "approval_policy"
  | "approvals_required"
  | "approvers"
  | "tenant_id"
  | "workspace_id"
  | "event_schema_version"
  | "redaction_profile"
  | "retention_profile"
  | "data_readiness"
>;

function bindingFields(row: Binding): DescribedField[] {
  return [
    { label: "May send to", value: listWords(row.allowed_destination_ids) },
    { label: "Sends by default to", value: listWords(row.default_destination_ids) },
    { label: "Tags", value: listWords(row.default_route_tags) },
    { label: "Approval", value: approvalWord[row.approval_policy] },
    { label: "Approved by", value: peopleWords(row.approvals_required) },
    { label: "Named approvers", value: listWords(row.approvers ?? []) },
    { label: "Tenant", value: row.tenant_id ?? "" },
    { label: "Workspace", value: row.workspace_id ?? "" },
    { label: "Schema version", value: row.event_schema_version ?? "" },
    { label: "Redaction profile", value: row.redaction_profile ?? "" },
    { label: "Retention profile", value: row.retention_profile ?? "" },
    ...readinessFields.map(({ key, label, words }) => {
      const value = row.data_readiness[key];
      return { label, value: typeof value === "number" && words ? words(value) : String(value ?? "") };
    }),
  ];
}

export function describeUnassigned(repo: string | undefined, folder: string | undefined): DescribedRow {
  return {
    id: "unassigned",
    kind: "",
    title: "Reports without a project",
    fields: [
      { label: "Repository", value: repo ?? "" },
      { label: "Folder", value: folder ?? "" },
    ],
  };
}
