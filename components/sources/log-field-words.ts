import type { LogField } from "./edit-reading";

/** What can be found in a line, in the order people look for it. */
export const logFieldWords: Record<LogField, string> = {
  level: "Level",
  message: "Message",
  timestamp: "Time",
  component: "Component",
  event: "Event",
  fingerprint: "Fingerprint",
  stack: "Stack trace",
  risk_level: "Risk",
  confidence: "Confidence",
  process: "Process",
  schema_version: "Schema version",
  run_id: "Run",
  session_id: "Session",
  correlation_id: "Correlation",
  external_correlation_ids: "External ids",
  release: "Release",
  environment: "Environment",
  actor: "Actor",
  model: "Model",
  tool_name: "Tool",
  action: "Action",
  policy: "Policy",
  approval_state: "Approval state",
  risk_category: "Risk category",
  blast_radius: "Blast radius",
};

export const logFieldNames = Object.keys(logFieldWords) as LogField[];
