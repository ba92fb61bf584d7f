import {
  type ConfigListRef,
  type ConfigResource,
  type ConfigResourceRef,
  listResources,
  resourceId,
} from "@/lib/domain/config-resource";
import type { Context } from "../context";
import { AppError } from "../errors";
import { contentTag } from "./content-tag";
import { getConfig } from "./get-config";

/**
 * The rows of one list of the configuration, as the actor may see them.
 *
 * @throws AppError forbidden, not_found `project_not_found` for the sources of an unknown project
 */
export async function listConfigResources(
  ctx: Context,
  list: ConfigListRef,
): Promise<{ resources: ConfigResource[]; tag: string }> {
  const resources = listResources(await getConfig(ctx), list);
  if (!resources) throw projectMissing(list);
  return { resources, tag: contentTag(resources) };
}

/** One row. @throws AppError forbidden, not_found `<kind>_not_found` */
export async function getConfigResource(
  ctx: Context,
  ref: ConfigResourceRef,
): Promise<{ resource: ConfigResource; tag: string }> {
  const { resources } = await listConfigResources(ctx, ref);
  const resource = resources.find((row) => resourceId(row) === ref.id);
  if (!resource) throw resourceMissing(ref);
  return { resource, tag: contentTag(resource) };
}

export function resourceMissing({ kind, id }: ConfigResourceRef): AppError {
  const words = kind === "log_source" ? "log source" : kind;
  return new AppError("not_found", `${kind}_not_found`, `There is no ${words} with the id ${id}.`, { id });
}

export function projectMissing(list: ConfigListRef): AppError {
  const id = list.kind === "log_source" ? list.projectId : "";
  return new AppError("not_found", "project_not_found", `There is no project with the id ${id}.`, { id });
}
