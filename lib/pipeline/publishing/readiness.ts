import { type DestinationHealth, readDestinationHealth } from "@/lib/db/destination-health-store";
import { adapterFor } from "@/lib/destinations/registry";
import { type Destination, effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import type { McpServers } from "@/lib/domain/mcp";
import type { DestinationReadiness } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Context } from "../context";
import { readMcpServersFor } from "../mcp/read-mcp-servers";

/** May this destination be published to now, and if not, everything that stands in the way. */
export function readinessOf(
  ctx: Context,
  destination: Destination,
  config: MonitorConfig,
  health: DestinationHealth | undefined,
  mcpServers: McpServers,
): DestinationReadiness {
  const missing: Reason[] = [];
  if (!config.enabled) missing.push(reason("monitor_disabled", "The monitor is disabled"));
  if (config.paused) missing.push(reason("monitor_paused", "The monitor is paused"));
  if (!destination.enabled) missing.push(reason("destination_disabled", "The destination is disabled"));
  if (health?.disabledReason) {
    missing.push(
      reason(
        "destination_stopped",
        `Stopped automatically: ${health.disabledReason.replace(/\.$/, "")}. A test that goes through lifts it`,
      ),
    );
  }
  missing.push(...adapterFor(destination.kind).readiness(destination, { ...ctx.services, mcpServers }));
  return {
    destinationId: destination.destinationId,
    kind: destination.kind,
    enabled: destination.enabled,
    ready: missing.length === 0,
    missing,
    ...(health && health.circuit !== "closed" && { circuit: health.circuit }),
  };
}

/** Readiness of every effective destination, by id. Asks the database for health, the network for nothing. */
export async function readReadiness(
  ctx: Context,
  config: MonitorConfig,
): Promise<Map<string, DestinationReadiness>> {
  const [health, mcpServers] = await Promise.all([
    readDestinationHealth(ctx.db),
    readMcpServersFor(ctx, effectiveDestinations(config)),
  ]);
  return new Map(
    effectiveDestinations(config).map((row) => [
      row.destinationId,
      readinessOf(ctx, row, config, health.get(row.destinationId), mcpServers),
    ]),
  );
}
