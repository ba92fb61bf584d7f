import {
  type ConfigResource,
  type ConfigResourceWrite,
  findResource,
  listResources,
  putResource,
} from "@/lib/domain/config-resource";
import type { Preconditions } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type ConfigOutcome, changeConfig, configSubject } from "./change-config";
import { contentTag } from "./content-tag";
import { projectMissing } from "./get-config-resource";
import { requireUnchanged } from "./require-unchanged";

export type PutConfigResourceInput = Preconditions & { write: ConfigResourceWrite; dryRun?: boolean };

export type PutConfigResourceResult = ConfigOutcome & {
  resource: ConfigResource;
  tag: string;
  created: boolean;
};

/**
 * Makes one row of the configuration, or replaces it whole, through the same path as a PATCH: its validation, history and
 * audit. `If-Match` and `If-None-Match` are of the row, so writers of other rows do not disturb.
 *
 * @throws AppError forbidden, conflict `config_stale` | `config_exists`, invalid `config_invalid`, not_found
 * `project_not_found`
 */
export async function putConfigResource(
  ctx: Context,
  { write, dryRun, ...conditions }: PutConfigResourceInput,
): Promise<PutConfigResourceResult> {
  await authorize(ctx, "configure", configSubject);
  let created = false;
  const outcome = await changeConfig(ctx, {
    dryRun,
    action: "incident_monitor.config.updated",
    change: (stored) => {
      if (!listResources(stored, write)) throw projectMissing(write);
      const current = findResource(stored, write);
      requireUnchanged(conditions, current);
      created = current === null;
      return putResource(stored, write);
    },
  });
  const resource = findResource(outcome.config, write);
  if (!resource) throw new AppError("internal", "config_row_lost", "The row was not stored.");
  return { ...outcome, resource, tag: contentTag(resource), created };
}
