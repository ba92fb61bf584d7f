import type { ConfigChange } from "@/lib/domain/config-diff";
import {
  type ConfigResourceRef,
  findResource,
  listResources,
  otherChanges,
  removeResource,
} from "@/lib/domain/config-resource";
import type { Preconditions } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type ConfigOutcome, changeConfig, configSubject } from "./change-config";
import { projectMissing, resourceMissing } from "./get-config-resource";
import { requireUnchanged } from "./require-unchanged";

export type DeleteConfigResourceInput = Preconditions & { ref: ConfigResourceRef; dryRun?: boolean };

/**
 * Takes one row out of the configuration, and a destination out of the defaults and routes that name it.
 *
 * @throws AppError forbidden, not_found, conflict `config_stale` | `destination_in_use` with `referenced_by`, invalid
 * `config_invalid`
 */
export async function deleteConfigResource(
  ctx: Context,
  { ref, dryRun, ...conditions }: DeleteConfigResourceInput,
): Promise<ConfigOutcome & { alsoChanged: ConfigChange[] }> {
  await authorize(ctx, "configure", configSubject);
  const outcome = await changeConfig(ctx, {
    dryRun,
    action: "incident_monitor.config.updated",
    change: (stored) => {
      if (!listResources(stored, ref)) throw projectMissing(ref);
      const current = findResource(stored, ref);
      if (!current) throw resourceMissing(ref);
      requireUnchanged(conditions, current);
      const removal = removeResource(stored, ref);
      if (!removal.ok) throw inUse(ref, removal.referencedBy);
      return removal.config;
    },
  });
  return { ...outcome, alsoChanged: otherChanges(ref, outcome.changes) };
}

function inUse({ id }: ConfigResourceRef, referencedBy: string[]): AppError {
  const message = `Projects or sources are bound to this destination: ${referencedBy.join(", ")}. Change those first.`;
  return new AppError("conflict", "destination_in_use", message, { id, referenced_by: referencedBy });
}
