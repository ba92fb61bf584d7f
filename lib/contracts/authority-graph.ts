import { z } from "zod";
import { msSchema, reasonSchema } from "./record-values";

/** One place in the graph: who acts or reports, the rule that is passed, or where it leads. */
export const graphNodeSchema = z.object({
  node_id: z.string(),
  column: z.enum(["who", "gate", "where"]),
  kind: z.enum([
    ...(["person", "token", "key", "source", "agent"] as const),
    ...(["route", "defaults", "agent_policy", "node_gate", "no_gate"] as const),
    ...(["destination", "mcp_server", "runtime_tools"] as const),
  ]),
  label: z.string(),
  note: z.string().nullable(),
});
/** `people`: how many different people must approve; 0 where nobody is asked, or only a runtime's own gate. */
export const graphPathSchema = z.object({
  who_id: z.string(),
  gate_id: z.string(),
  where_id: z.string(),
  approval: z.enum(["always", "high_risk", "gate", "never"]),
  people: z.int(),
  why: z.array(reasonSchema),
});
/** `truncated`: there are more paths than are given. */
export const authorityGraphSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  nodes: z.array(graphNodeSchema),
  paths: z.array(graphPathSchema),
  truncated: z.boolean(),
});
export type AuthorityGraphWire = z.infer<typeof authorityGraphSchema>;
export type GraphNodeWire = z.infer<typeof graphNodeSchema>;
export type GraphPathWire = z.infer<typeof graphPathSchema>;
