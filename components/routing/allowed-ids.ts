import type { ConfigWire } from "@/lib/contracts/config";
import type { RoutePreviewRequestWire } from "@/lib/contracts/route-preview";

/**
 * What the source a record says it comes from may reach; null when it may reach everything. A source's list and its
 * project's both count: what is on one alone is not allowed.
 */
export function allowedIdsOf(
  { monitored_projects: projects }: Pick<ConfigWire, "monitored_projects">,
  { project_id, log_source_id }: Pick<RoutePreviewRequestWire, "project_id" | "log_source_id">,
): readonly string[] | null {
  const project = projects.find((each) => each.project_id === project_id);
  const source = project?.log_sources.find((each) => each.source_id === log_source_id);
  const own = source?.allowed_destination_ids ?? [];
  const ofProject = project?.allowed_destination_ids ?? [];
  if (own.length === 0) return ofProject.length > 0 ? ofProject : null;
  return ofProject.length > 0 ? own.filter((id) => ofProject.includes(id)) : own;
}
