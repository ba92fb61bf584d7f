import { z } from "zod";
import { statusSchema } from "./status";

/** Status with the tools of the selected MCP server (contract 4.3); both lists are empty without one. */
export const debugResponseSchema = z.object({
  status: statusSchema,
  selected_server_tools: z.array(z.record(z.string(), z.unknown())),
  canonicalized_discovered_tools: z.array(
    z.object({
      server_name: z.string(),
      tool_name: z.string(),
      namespaced_name: z.string(),
      canonical_name: z.string(),
    }),
  ),
});

export type DebugResponseWire = z.infer<typeof debugResponseSchema>;
