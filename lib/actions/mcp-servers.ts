"use server";

import { z } from "zod";
import { type PutMcpServerWire, putMcpServerSchema } from "@/lib/contracts/mcp-server";
import { deleteMcpServer as remove } from "@/lib/pipeline/mcp/delete-mcp-server";
import { inspectMcpServer as inspect } from "@/lib/pipeline/mcp/inspect-mcp-server";
import { putMcpServer as put } from "@/lib/pipeline/mcp/put-mcp-server";
import { mcpServerToWire, mcpSettingsFromWire } from "@/lib/wire/mcp-server";
import { defineAction } from "./define-action";

const name = z.string().min(1).max(200);

const putAction = defineAction({
  permission: "configure",
  schema: putMcpServerSchema.extend({ name, version: z.int().nullable() }),
  redacts: "verb",
  verb: async (ctx, { name, version, ...settings }) => {
    // Made only where there is none yet, changed only over what was read.
    const seen = version === null ? { ifNoneMatch: "*" } : { ifMatch: `"${version}"` };
    const saved = await put(ctx, { settings: mcpSettingsFromWire(name, settings), ...seen });
    return { mcp_server: mcpServerToWire(saved) };
  },
});

const inspectAction = defineAction({
  permission: "configure",
  schema: z.object({ name }),
  verb: async (ctx, input) => ({ mcp_server: mcpServerToWire(await inspect(ctx, input)) }),
});

const removeAction = defineAction({
  permission: "configure",
  schema: z.object({ name }),
  verb: async (ctx, input) => {
    await remove(ctx, input);
    return { name: input.name };
  },
});

/** `version` null makes a new one; else only over the version that was read. `problem.issues` names fields. */
export async function putMcpServer(input: { name: string; version: number | null } & PutMcpServerWire) {
  return putAction(input);
}

/** Asks the server for its tools now; what went wrong is in its `last_error`. */
export async function inspectMcpServer(input: { name: string }) {
  return inspectAction(input);
}

export async function removeMcpServer(input: { name: string }) {
  return removeAction(input);
}
