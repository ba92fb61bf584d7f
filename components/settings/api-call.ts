import type { ConfigPatchWire } from "@/lib/contracts/config";
import { api } from "@/lib/paths";

type ApiCall = { baseUrl: string; method: "GET" | "POST" | "PATCH" | "PUT"; path: string; body?: object };

/** A call of the documented API as a shell command. The token stays a variable. */
export function apiCall({ baseUrl, method, path, body }: ApiCall): string {
  const lines = [
    `curl -sS${method === "GET" ? "" : ` -X ${method}`} "${baseUrl}${path}"`,
    '-H "authorization: Bearer $INCIDENT_MONITOR_TOKEN"',
  ];
  if (body) {
    const text = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
    lines.push('-H "content-type: application/json"', `-d '${text}'`);
  }
  return lines.join(" \\\n  ");
}

/** The same save as a shell command. The version goes with it, so that it too refuses to overwrite somebody's change. */
export function configApiCall(baseUrl: string, patch: ConfigPatchWire, updatedAtMs: number): string {
  const body = { incident_monitor: { ...patch, updated_at_ms: updatedAtMs } };
  return apiCall({ baseUrl, method: "PATCH", path: api.config(), body });
}
