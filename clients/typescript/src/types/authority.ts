import type { JsonObject, OpenRecord } from "./values.js";

/** Who or what acts, the rule it passes, or where that leads. */
export interface AuthorityNode extends OpenRecord {
  node_id: string;
  column: "who" | "gate" | "where";
  kind: string;
  label: string;
  note: string | null;
}

/** `people`: how many different people must approve; 0 where nobody here is asked. */
export interface AuthorityPath extends OpenRecord {
  who_id: string;
  gate_id: string;
  where_id: string;
  approval: "always" | "high_risk" | "gate" | "never";
  people: number;
  why: { code: string; message: string }[];
}

export interface AuthorityGraph extends OpenRecord {
  schema_version: number;
  generated_at_ms: number;
  nodes: AuthorityNode[];
  paths: AuthorityPath[];
  truncated: boolean;
}

/** Names alone: a member that is not known, or holds a value of anything, is refused. */
export interface AuthoritySubjectsInput {
  runtime_id: string;
  name?: string | null;
  /** 1 minute to 90 days; a week where it is left out. */
  expires_in_ms?: number | null;
  workflows?: JsonObject[];
  automation_specs?: JsonObject[];
  agents?: JsonObject[];
  tool_policies?: JsonObject[];
}

export interface AuthorityRegistration extends OpenRecord {
  runtime_id: string;
  name: string;
  generation: number;
  registered_at_ms: number;
  expires_at_ms: number;
  age_ms: number;
  stale: boolean;
  counts: Record<string, number>;
  workflows: JsonObject[];
  automation_specs: JsonObject[];
  agents: JsonObject[];
  tool_policies: JsonObject[];
}

export interface AuthorityRegistrations extends OpenRecord {
  registrations: AuthorityRegistration[];
  count: number;
}

/** `changed` false: the same was said before, and only its age began anew. */
export interface AuthorityRegistered extends OpenRecord {
  registration: AuthorityRegistration;
  changed: boolean;
}
