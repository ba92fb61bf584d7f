import type { ConfigPatchWire } from "@/lib/contracts/config";
import { api } from "@/lib/paths";

/** The same save as a shell command. The version goes with it, so that it too refuses to overwrite somebody's change. */
export function configApiCall(baseUrl: string, patch: ConfigPatchWire, updatedAtMs: number): string {
  const body = JSON.stringify({ incident_monitor: { ...patch, updated_at_ms: updatedAtMs } }, null, 2);
  return [
    `curl -sS -X PATCH "${baseUrl}${api.config()}" \\`,
    '  -H "authorization: Bearer $INCIDENT_MONITOR_TOKEN" \\',
    '  -H "content-type: application/json" \\',
    `  -d '${body.replaceAll("'", "'\\''")}'`,
  ].join("\n");
}
