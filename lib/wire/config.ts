import type { ConfigPatchWire, ConfigWire } from "@/lib/contracts/config";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigPatch } from "@/lib/domain/config-merge";
import { camelKeys, snakeKeys } from "./casing";

/** The version stays out: on the wire it is the ETag. */
export function configToWire({ version: _, ...config }: MonitorConfig): ConfigWire {
  return snakeKeys(config);
}

/**
 * Absent and null stay apart, for keys and for fields of rows. `updated_at_ms` is not part of a patch: the caller hands
 * it to the verb as what the writer has seen.
 */
export function configPatchFromWire({ updated_at_ms: _, ...body }: ConfigPatchWire): ConfigPatch {
  return camelKeys(body);
}
