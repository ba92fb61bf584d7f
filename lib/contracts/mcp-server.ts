import { z } from "zod";
import { msSchema } from "./record-values";

const draftNames =
  "id draft_id fingerprint repo status title detail risk_level risk_category actor model tool_name action policy " +
  "approval_state blast_radius confidence expected_destination project_id log_source_id source_kind tenant_id " +
  "workspace_id event_schema_version triage_run_id evidence_digest";
const incidentNames =
  "id incident_id title event_type status detail source component level risk_level risk_category actor model " +
  "tool_name action policy approval_state blast_radius";
const below = (root: string, names: string) => names.split(" ").map((name) => `$${root}.${name}`);

/** What an argument of a tool may be taken from, by the type it gives (reference 4.6). */
export const mcpPlaceholders = {
  string: [
    ...below("draft", draftNames),
    ...below("incident", incidentNames),
    ...below("destination", "id kind route_id route_match_reason target_ref"),
    ...below("mcp", "server tool namespaced_tool schema_hash"),
    ...["$evidence.digest", "$idempotency_key"],
  ],
  array: [
    ...below("draft", "external_correlation_ids route_tags evidence_refs"),
    ...below("incident", "external_correlation_ids evidence_refs"),
  ],
  integer: ["$incident.occurrence_count"],
} as const satisfies Record<string, readonly string[]>;

const reasonSchema = z.object({ code: z.string(), message: z.string() });

/** A tool as its server described it. `allowed`: by the server's own list. `schema_hash` stands for its name and arguments. */
export const mcpToolSchema = z.object({
  name: z.string(),
  namespaced_name: z.string(),
  description: z.string(),
  input_schema: z.record(z.string(), z.unknown()),
  schema_hash: z.string(),
  read_only: z.boolean(),
  allowed: z.boolean(),
});

/**
 * An MCP server. Those of the host's file are chosen here by name and changed there. `allowed_tools` null: every tool; empty:
 * none. `url` is the origin alone for those who may not configure, who get no `auth_ref` either.
 */
export const mcpServerSchema = z.object({
  name: z.string(),
  transport: z.enum(["http", "stdio"]),
  declared_by: z.enum(["host", "panel"]),
  enabled: z.boolean(),
  connected: z.boolean(),
  allowed_tools: z.array(z.string()).nullable(),
  auth_header: z.string(),
  tools: z.array(mcpToolSchema),
  /** Everything that keeps its tools from being called now. */
  missing: z.array(reasonSchema),
  version: z.int(),
  url: z.string().optional(),
  auth_ref: z.string().optional(),
  inspected_at_ms: msSchema.optional(),
  connected_at_ms: msSchema.optional(),
  last_error: reasonSchema.optional(),
});

export const mcpServerListSchema = z.object({ mcp_servers: z.array(mcpServerSchema), count: z.int() });
export const mcpServerResponseSchema = z.object({ mcp_server: mcpServerSchema });
export const mcpServerDeletedSchema = z.object({ ok: z.literal(true), name: z.string() });

/** A server over HTTP, whole: what is left out has its default. Programs are declared in the host's file alone. */
export const putMcpServerSchema = z.object({
  url: z.string().max(2_000),
  enabled: z.boolean().nullish(),
  allowed_tools: z.array(z.string().max(300)).max(500).nullish(),
  auth_header: z.string().max(100).nullish(),
  /** A secret reference: env:NAME, NAME or file:name. A bare token in it is sent as a bearer token. */
  auth_ref: z.string().max(200).nullish(),
});

export type McpToolWire = z.infer<typeof mcpToolSchema>;
export type McpServerWire = z.infer<typeof mcpServerSchema>;
export type McpServerListWire = z.infer<typeof mcpServerListSchema>;
export type PutMcpServerWire = z.infer<typeof putMcpServerSchema>;
