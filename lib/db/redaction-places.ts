import type { RedactedPlace } from "@/lib/domain/redaction-run";

/**
 * How a column's texts are read: `text` and `lines` as they are; `members` as JSON whose member names may promise a
 * secret; `texts` as JSON of ours, whose words count and whose names do not; `refs` as references that may be our own.
 */
export type ColumnReading = "text" | "lines" | "members" | "texts" | "refs";

export type TextPlace = {
  table: string;
  /** Read by `from`, with `r` as the rows; the columns of `keys` name one. */
  from: string;
  keys: readonly { column: string; type: "text" | "int" }[];
  project: string;
  source: string;
  destination: string;
  /** The incident that a legal hold may cover. */
  incident: string;
  columns: Readonly<Record<string, ColumnReading>>;
  /** Beside what the redactor changes: `revision` moves; `redactions` counts; `sha256` is of the new content. */
  also: readonly ("revision" | "redactions" | "sha256")[];
  when: string;
  /** Digests rest on it: counted, never changed. */
  frozen: boolean;
};

const byId = [{ column: "id", type: "text" }] as const;
const none = "NULL::text";
const plain = {
  ...{ keys: byId, destination: none, also: [], when: "true", frozen: false },
} satisfies Partial<TextPlace>;
const ofIncident = { project: "i.project_id", source: "i.log_source_id" };
const ofDraft = { project: "d.project_id", source: "d.log_source_id", incident: "d.incident_id" };
const reported = {
  title: "text",
  detail: "text",
  event_type: "text",
  source: "text",
  component: "text",
  excerpt: "lines",
  evidence_refs: "refs",
  external_correlation_ids: "lines",
  attributes: "members",
  quality_gate: "texts",
} as const satisfies Record<string, ColumnReading>;
const sent = "deliveries v ON v.id = r.delivery_id LEFT JOIN drafts d ON d.id = v.draft_id";

/** Every column that a reported text may be in. Audit entries hold none, settings are their authors' own words. */
export const textPlaces: Record<RedactedPlace, TextPlace> = {
  incidents: {
    ...plain,
    ...{ table: "incidents", from: "incidents r", incident: "r.id" },
    ...{ project: "r.project_id", source: "r.log_source_id", also: ["revision", "redactions"] },
    columns: { ...reported, identity: "texts", event_payload: "members", last_error: "text" },
    when: "r.erased_at IS NULL",
  },
  occurrences: {
    ...plain,
    ...{ table: "occurrences", from: "occurrences r", incident: "r.incident_id" },
    ...{ project: "r.project_id", source: "r.log_source_id", columns: { sighting: "members" } },
  },
  drafts: {
    ...plain,
    ...{ table: "drafts", from: "drafts r", incident: "r.incident_id", when: "r.erased_at IS NULL" },
    ...{ project: "r.project_id", source: "r.log_source_id", also: ["revision", "redactions"] },
    columns: reported,
  },
  draftRevisions: {
    ...plain,
    ...{ table: "draft_revisions", from: "draft_revisions r JOIN drafts d ON d.id = r.draft_id", ...ofDraft },
    keys: [
      { column: "draft_id", type: "text" },
      { column: "revision", type: "int" },
    ],
    columns: { content: "texts", changes: "texts" },
  },
  approvals: {
    ...plain,
    ...{ table: "approvals", from: "approvals r JOIN drafts d ON d.id = r.draft_id", ...ofDraft },
    // What an approver saw is shown, and hashed nowhere: the digest is of payloads.
    columns: { seen: "texts", ended_diff: "texts", ended_reason: "texts", reason: "text", because: "texts" },
  },
  triageRuns: {
    ...plain,
    ...{ table: "triage_runs", from: "triage_runs r JOIN drafts d ON d.id = r.draft_id", ...ofDraft },
    ...{ also: ["revision"], when: "r.erased_at IS NULL AND r.status NOT IN ('queued', 'running')" },
    columns: {
      ...{ phases: "texts", summary: "texts", edits: "texts", issue_draft: "texts", gate: "texts" },
      ...{ duplicates: "texts", last_error: "texts", cancelled_reason: "text" },
    },
  },
  evidence: {
    ...plain,
    from: "evidence_artifacts r LEFT JOIN incidents i ON i.id = r.incident_id",
    ...{ table: "evidence_artifacts", incident: "r.incident_id", ...ofIncident },
    ...{ columns: { content: "texts" }, also: ["redactions", "sha256"] },
  },
  quarantine: {
    ...plain,
    ...{ table: "log_quarantine", from: "log_quarantine r", incident: none, project: "r.project_id" },
    ...{ source: "r.source_id", columns: { detail: "text", excerpt: "lines" } },
  },
  merges: {
    ...plain,
    ...{ table: "incident_merges", from: "incident_merges r JOIN incidents i ON i.id = r.lead_id" },
    ...{ ...ofIncident, incident: "r.lead_id", columns: { draft: "texts", reason: "text" } },
  },
  rekeys: {
    ...plain,
    ...{ table: "incident_rekeys", from: "incident_rekeys r JOIN incidents i ON i.id = r.incident_id" },
    ...{ ...ofIncident, incident: "r.incident_id", columns: { identity: "texts" } },
    keys: [
      { column: "rule_id", type: "text" },
      { column: "incident_id", type: "text" },
    ],
  },
  attempts: {
    ...plain,
    ...{ table: "delivery_attempts", from: `delivery_attempts r LEFT JOIN ${sent}`, ...ofDraft },
    keys: [
      { column: "delivery_id", type: "text" },
      { column: "attempt", type: "int" },
    ],
    columns: { response_excerpt: "text", reason: "texts" },
  },
  memory: {
    ...plain,
    ...{ table: "memory_records", from: `memory_records r LEFT JOIN ${sent}`, ...ofDraft },
    columns: { summary: "text", facts: "texts" },
  },
  snapshots: {
    ...{ ...plain, frozen: true, destination: "r.destination_id", ...ofDraft },
    ...{ table: "payload_snapshots", from: "payload_snapshots r JOIN drafts d ON d.id = r.draft_id" },
    columns: { content: "texts", rendered: "texts" },
  },
  deliveries: {
    ...{ ...plain, frozen: true, destination: "r.destination_id", ...ofDraft },
    ...{ table: "deliveries", from: "deliveries r JOIN drafts d ON d.id = r.draft_id" },
    ...{ columns: { body: "text" }, when: "r.erased_at IS NULL" },
  },
  receipts: {
    ...{ ...plain, frozen: true, destination: "v.destination_id", ...ofDraft },
    ...{ table: "receipts", from: `receipts r JOIN ${sent}` },
    columns: { receipt: "texts", error: "text", external_title: "text" },
  },
  telemetry: {
    ...{ ...plain, frozen: true, destination: "r.destination_id", ...ofDraft },
    ...{ table: "telemetry_records", from: `telemetry_records r LEFT JOIN ${sent}` },
    columns: { record: "texts" },
  },
};
