import type { DestinationKind } from "@/lib/domain/config";
import type { DestinationAdapter } from "./destination";
import { eitherWay } from "./either-way";
import { githubAdapter } from "./github";
import { githubOverMcp } from "./github-over-mcp";
import { internalMemoryAdapter } from "./internal-memory";
import { linearAdapter } from "./linear";
import { linearOverMcp } from "./linear-over-mcp";
import { mcpToolAdapter } from "./mcp-tool";
import { telemetryAdapter } from "./telemetry";
import { webhookAdapter } from "./webhook";

/** Exhaustive by type: a new kind does not compile until it has an adapter here. */
export const destinationAdapters: Readonly<Record<DestinationKind, DestinationAdapter>> = {
  webhook: webhookAdapter,
  telemetry: telemetryAdapter,
  github_issue: eitherWay(githubAdapter, githubOverMcp),
  linear_issue: eitherWay(linearAdapter, linearOverMcp),
  mcp_tool: mcpToolAdapter,
  internal_memory: internalMemoryAdapter,
};

export function adapterFor(kind: DestinationKind): DestinationAdapter {
  return destinationAdapters[kind];
}
