import type { AuthorityGraphWire } from "@/lib/contracts/authority-graph";
import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { UserRow } from "@/lib/domain/authority-evidence";
import type { AuthorityGraph } from "@/lib/domain/authority-graph";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import type { MonitoredSourceRow } from "@/lib/domain/authority-topology";
import { snakeKeys } from "./casing";
import { sourceReadinessToWire } from "./readiness";

export function authorityInventoryToWire({
  inventory,
  ...envelope
}: AuthorityInventory): AuthorityInventoryWire {
  const { monitoredSources, users, ...rest } = inventory;
  return {
    ...snakeKeys(envelope),
    inventory: {
      ...snakeKeys(rest),
      monitored_sources: monitoredSources.map(monitoredSourceToWire),
      users: users.map(userToWire),
    },
  };
}

function monitoredSourceToWire({ readiness, ...row }: MonitoredSourceRow) {
  return { ...snakeKeys(row), readiness: readiness && sourceReadinessToWire(readiness) };
}

/** Ids of projects are people's words: they keep their case. */
function userToWire({ projectRoles, ...row }: UserRow) {
  return { ...snakeKeys(row), project_roles: { ...projectRoles } };
}

export function authorityGraphToWire({
  generatedAtMs,
  ...graph
}: AuthorityGraph & { generatedAtMs: number }): AuthorityGraphWire {
  return { schema_version: 1, generated_at_ms: generatedAtMs, ...snakeKeys(graph) };
}
