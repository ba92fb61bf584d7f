import type { SourceReadinessWire } from "@/lib/contracts/status";
import { readinessFields } from "./readiness-fields-list";

const labels = new Map<string, string>([
  ...readinessFields.map(({ key, label }) => [key, label] as const),
  ["tenant_id", "Tenant"],
  ["workspace_id", "Workspace"],
  ["event_schema_version", "Schema version"],
  ["redaction_profile", "Redaction profile"],
  ["retention_profile", "Retention profile"],
  ["max_bytes_per_poll", "Read at most"],
]);

/** A sentence of the server with its setting names as this page labels them. */
export function inLabels(sentence: string): string {
  return sentence.replaceAll(/\b(?:data_readiness\.)?([a-z]+(?:_[a-z]+)+)\b/g, (all, key: string) => {
    const label = labels.get(key);
    return label ? `"${label}"` : all;
  });
}

/** The row of a project (no source) or of one of its log sources. */
export function readinessRow(
  rows: readonly SourceReadinessWire[] | undefined,
  projectId: string,
  sourceId?: string,
): SourceReadinessWire | undefined {
  return rows?.find((row) => row.project_id === projectId && row.source_id === sourceId);
}

export const readinessParts = [
  { key: "governance_ready", word: "Governance" },
  { key: "lineage_ready", word: "Lineage" },
  { key: "freshness_ready", word: "Freshness" },
  { key: "schema_ready", word: "Schema" },
  { key: "protection_ready", word: "Protection" },
] as const satisfies readonly { key: keyof SourceReadinessWire; word: string }[];
