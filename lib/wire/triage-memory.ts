import type { DuplicateSummary } from "@/lib/domain/duplicate-summary";
import { duplicateMatchToWire, duplicateSummaryToWire } from "./triage";

type Remembered = {
  stored: boolean;
  memoryId: string;
  fingerprint: string;
  content: string;
  metadata: Record<string, unknown>;
  projectId: string | null;
  duplicates: DuplicateSummary;
};

/** Contract 5.14: what was remembered, or that it was remembered before. */
export function memoryToWire(memory: Remembered): Record<string, unknown> {
  const shared = {
    fingerprint: memory.fingerprint,
    duplicate_summary: duplicateSummaryToWire(memory.duplicates),
    duplicate_matches: memory.duplicates.matches.map(duplicateMatchToWire),
  };
  if (!memory.stored) return { stored: false, reason: "governed_failure_pattern_exists", ...shared };
  return {
    stored: true,
    memory_id: memory.memoryId,
    content: memory.content,
    metadata: memory.metadata,
    partition: { org_id: "local", workspace_id: "local", project_id: memory.projectId, tier: "project" },
    ...shared,
  };
}
