import { z } from "zod";

const text = z.string().max(20_000).nullish();
const word = z.string().max(200).nullish();
const rows = z.array(z.string().max(10_000)).max(1_000).nullish();
/** Kept as given: what an enricher or an agent found, in its own shape. */
const findings = z.array(z.unknown()).max(1_000).nullish();

/**
 * TriageSummaryInput (contract 5.8). Every key is optional; an unknown confidence, failure type or risk level is taken
 * and normalised later, a wrong type is refused.
 */
export const triageSummaryInputSchema = z.object({
  suggested_title: text,
  what_happened: text,
  why_it_likely_happened: text,
  root_cause_confidence: word,
  failure_type: word,
  affected_components: rows,
  likely_files_to_edit: rows,
  expected_behavior: text,
  steps_to_reproduce: rows,
  environment: rows,
  logs: rows,
  related_existing_issues: findings,
  related_failure_patterns: findings,
  research_sources: findings,
  file_references: findings,
  fix_points: findings,
  recommended_fix: text,
  acceptance_criteria: rows,
  verification_steps: rows,
  coder_ready: z.boolean().nullish(),
  risk_level: word,
  required_tool_scopes: rows,
  missing_tool_scopes: rows,
  permissions_available: z.boolean().nullish(),
  notes: text,
});

export type TriageSummaryInputWire = z.infer<typeof triageSummaryInputSchema>;
